// SPDX-License-Identifier: Apache-2.0
// Paths into documents.
#include <ingest/scanners/fields.h>
#include <postern/base/text.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

namespace postern::ingest::scanners {
namespace {

/// Cuts the text before `separator` off `rest`.
std::string_view take(std::string_view& rest, char separator) {
  const std::size_t end = rest.find(separator);
  const std::string_view part = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  return part;
}

std::optional<std::size_t> index_of(std::string_view step) {
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(step.data(), step.data() + step.size(), index);
  return error == std::errc() && end == step.data() + step.size() ? std::optional(index) : std::nullopt;
}

Node step_into(const Node& node, std::string_view step) {
  if (node.is_mapping()) return node[step];
  const auto index = node.is_sequence() ? index_of(step) : std::nullopt;
  return index ? node.at(*index) : Node();
}

/// All values at `path`, in order.
void collect(const Node& node, std::string_view path, std::vector<Node>& found) {
  Node value = node;
  while (!path.empty()) {
    if (!value) return;
    const std::string_view step = take(path, '.');
    if (step != "*") {
      value = step_into(value, step);
      continue;
    }
    for (const Node item : value.items()) collect(item, path, found);
    for (const document::Entry entry : value.entries()) collect(entry.value, path, found);
    return;
  }
  if (value && !value.is_null()) found.push_back(value);
}

}  // namespace

std::string_view text_of(const Node& node) {
  if (node.is_mapping()) return text_of(node["#text"]);
  return node.is_null() ? std::string_view() : base::trim(node.text());
}

Node at(const Node& node, std::string_view path) {
  Node value = node;
  while (!path.empty() && value) value = step_into(value, take(path, '.'));
  return value;
}

std::vector<std::string_view> texts(const Node& node, std::string_view paths) {
  std::vector<std::string_view> result;
  while (!paths.empty() && result.empty()) {
    std::vector<Node> found;
    collect(node, take(paths, '|'), found);
    for (const Node& value : found) {
      // A list where a path names one value means all of them.
      if (value.is_sequence()) {
        for (const Node item : value.items()) result.push_back(text_of(item));
      } else {
        result.push_back(text_of(value));
      }
    }
    std::erase_if(result, [](std::string_view text) { return text.empty(); });
  }
  return result;
}

std::string_view text(const Node& node, std::string_view paths) {
  const std::vector<std::string_view> all = texts(node, paths);
  return all.empty() ? std::string_view() : all.front();
}

std::uint32_t number(const Node& node, std::string_view paths) {
  const std::string_view written = text(node, paths);
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(written.data(), written.data() + written.size(), value);
  return error == std::errc() ? value : 0;
}

bool is_true(const Node& node, std::string_view paths) { return base::equals_ignoring_case(text(node, paths), "true"); }

bool has(const Node& node, std::initializer_list<std::string_view> keys) {
  return node.is_mapping() &&
         std::all_of(keys.begin(), keys.end(), [&](std::string_view key) { return static_cast<bool>(node[key]); });
}

bool has_columns(const Node& root, std::initializer_list<std::string_view> columns) {
  if (!has(root, {"columns", "rows"})) return false;
  const auto names = root["columns"].items();
  return std::all_of(columns.begin(), columns.end(), [&](std::string_view column) {
    return std::any_of(names.begin(), names.end(), [&](const Node& name) { return name.text() == column; });
  });
}

bool any_item(const Node& node, const std::function<bool(const Node&)>& is_like) {
  constexpr std::size_t k_most = 64;
  if (!node.is_sequence()) return is_like(node);
  std::size_t looked_at = 0;
  for (const Node item : node.items()) {
    if (is_like(item)) return true;
    if (++looked_at == k_most) break;
  }
  return false;
}

std::vector<Node> each(const Node& node) {
  if (node.is_sequence()) return {node.items().begin(), node.items().end()};
  if (!node || node.is_null()) return {};
  return {node};
}

std::vector<Node> each(const Node& node, std::string_view paths) {
  std::vector<Node> found;
  while (!paths.empty() && found.empty()) collect(node, take(paths, '|'), found);
  std::vector<Node> result;
  for (const Node& value : found) {
    const std::vector<Node> items = each(value);
    result.insert(result.end(), items.begin(), items.end());
  }
  return result;
}

}  // namespace postern::ingest::scanners
