// SPDX-License-Identifier: Apache-2.0
// Values that can be changed.
#include <ingest/compose_file/value.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>

namespace postern::ingest::compose_file {
namespace {

Mark mark_of(std::string_view tag) {
  if (tag == "!reset") return Mark::reset;
  return tag == "!override" ? Mark::replace : Mark::merge;
}

Value like(const Value& other, document::Kind kind) {
  Value value;
  value.kind = kind;
  value.location = other.location;
  value.folder = other.folder;
  return value;
}

}  // namespace

bool Value::is_true() const {
  constexpr std::array<std::string_view, 4> k_true = {"on", "true", "y", "yes"};
  const auto same = [&](std::string_view word) { return base::equals_ignoring_case(text, word); };
  return is_text() && std::any_of(k_true.begin(), k_true.end(), same);
}

const Value& Value::operator[](std::string_view key) const {
  static const Value k_missing;
  const auto at = std::find_if(entries.begin(), entries.end(), [&](const Entry& entry) { return entry.first == key; });
  return at == entries.end() ? k_missing : at->second;
}

Value* Value::find(std::string_view key) {
  const auto at = std::find_if(entries.begin(), entries.end(), [&](const Entry& entry) { return entry.first == key; });
  return at == entries.end() ? nullptr : &at->second;
}

void Value::set(std::string key, Value value) {
  if (Value* present = find(key)) {
    *present = std::move(value);
  } else {
    entries.emplace_back(std::move(key), std::move(value));
  }
}

void Value::erase(std::string_view key) {
  std::erase_if(entries, [&](const Entry& entry) { return entry.first == key; });
}

std::size_t Value::size() const {
  std::size_t size = 1;
  for (const Value& item : items) size += item.size();
  for (const Entry& entry : entries) size += entry.second.size();
  return size;
}

Value make_text(std::string text, const Value& at) {
  Value value = like(at, document::Kind::string);
  value.text = std::move(text);
  return value;
}

Value make_mapping(const Value& at) { return like(at, document::Kind::mapping); }

Value copy_node(const document::Node& node, Symbol folder,
                const std::function<std::string(std::string_view, const Location&)>& fill) {
  Value value;
  value.kind = node.kind();
  value.mark = mark_of(node.tag());
  value.location = node.location();
  value.folder = folder;
  if (value.kind == document::Kind::string) {
    value.text = fill(node.text(), value.location);
  } else if (node.is_scalar()) {
    value.text = node.text();
  }
  for (const document::Node item : node.items()) value.items.push_back(copy_node(item, folder, fill));
  for (const document::Entry entry : node.entries()) {
    value.entries.emplace_back(entry.key.text(), copy_node(entry.value, folder, fill));
  }
  return value;
}

}  // namespace postern::ingest::compose_file
