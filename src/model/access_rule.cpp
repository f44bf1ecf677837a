// SPDX-License-Identifier: Apache-2.0
// One rule of a role as text, and back.
#include <postern/base/text.h>
#include <postern/model/access_rule.h>

#include <algorithm>
#include <array>

namespace postern::model {
namespace {

struct PartRow {
  std::string_view label;
  std::vector<Symbol> AccessRule::*values;
};
/// In the order of the text.
constexpr std::array k_parts = {
    PartRow{"verbs:", &AccessRule::verbs}, PartRow{"resources:", &AccessRule::resources}, PartRow{"groups:", &AccessRule::groups},
    PartRow{"names:", &AccessRule::names}, PartRow{"urls:", &AccessRule::urls},
};

/// How the core group is written beside others.
constexpr std::string_view k_core = "core";

struct EscapeRow {
  char character;
  std::string_view text;
};
constexpr std::array k_escapes = {EscapeRow{' ', "%20"}, EscapeRow{',', "%2C"}, EscapeRow{'%', "%25"}};

std::string escaped(std::string_view value) {
  std::string text;
  for (const char character : value) {
    const auto row = std::find_if(k_escapes.begin(), k_escapes.end(), [&](const EscapeRow& e) { return e.character == character; });
    if (row == k_escapes.end()) {
      text += character;
    } else {
      text += row->text;
    }
  }
  return text;
}

std::string unescaped(std::string_view text) {
  std::string value;
  while (!text.empty()) {
    const auto row = std::find_if(k_escapes.begin(), k_escapes.end(), [&](const EscapeRow& e) { return text.starts_with(e.text); });
    value += row == k_escapes.end() ? text.front() : row->character;
    text.remove_prefix(row == k_escapes.end() ? 1 : row->text.size());
  }
  return value;
}

std::string values_text(const std::vector<Symbol>& values) {
  if (values.size() == 1) return escaped(values.front().view());
  std::string text;
  for (const Symbol value : values) {
    text += (text.empty() ? "" : ",") + (value.empty() ? std::string(k_core) : escaped(value.view()));
  }
  return text;
}

std::vector<Symbol> values_from(std::string_view text, bool groups) {
  std::vector<Symbol> values;
  for (const std::string_view value : base::split(text, ',')) {
    values.emplace_back(groups && value == k_core ? std::string() : unescaped(value));
  }
  std::sort(values.begin(), values.end());
  return values;
}

}  // namespace

std::string to_string(const AccessRule& rule) {
  std::string text;
  for (const PartRow& part : k_parts) {
    const std::string values = values_text(rule.*part.values);
    if (values.empty()) continue;
    text.append(text.empty() ? "" : " ").append(part.label).append(" ").append(values);
  }
  return text;
}

std::optional<AccessRule> access_rule_from(std::string_view text) {
  AccessRule rule;
  const std::vector<std::string_view> words = base::split(text, ' ');
  if (words.size() % 2 != 0) return std::nullopt;
  for (std::size_t at = 0; at < words.size(); at += 2) {
    const auto part = std::find_if(k_parts.begin(), k_parts.end(), [&](const PartRow& row) { return row.label == words[at]; });
    if (part == k_parts.end()) return std::nullopt;
    rule.*part->values = values_from(words[at + 1], part->values == &AccessRule::groups);
  }
  if (rule.groups.empty() && !rule.resources.empty()) rule.groups.emplace_back();
  return rule;
}

}  // namespace postern::model
