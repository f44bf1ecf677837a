// SPDX-License-Identifier: Apache-2.0
// Strict reading of our own YAML.
#include "policy/reading.h"

#include <postern/base/text.h>

#include <algorithm>

#include "policy/codes.h"

namespace postern::policy {
namespace {

std::string choices_text(std::span<const std::string_view> choices) {
  std::string text;
  for (const std::string_view choice : choices) text += (text.empty() ? "" : ", ") + std::string(choice);
  return text;
}

std::string suggestion(std::string_view word, std::span<const std::string_view> choices, std::string_view verb) {
  if (const auto near = base::did_you_mean(word, choices)) return "did you mean '" + *near + "'?";
  return std::string(verb) + ": " + choices_text(choices);
}

}  // namespace

void Reading::report(std::string_view code, base::Severity severity, const base::Location& location, std::string message,
                     std::string hint) {
  m_sink.add({std::string(code), severity, location, std::move(message), std::move(hint), m_context});
}

void check_keys(Reading& reading, const Node& mapping, std::span<const std::string_view> known,
                std::span<const std::string_view> required) {
  for (const document::Entry entry : mapping.entries()) {
    const std::string_view key = entry.key.text();
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    reading.error(k_unknown_key, entry.key.location(), "unknown key '" + std::string(key) + "'",
                  suggestion(key, known, "known keys are"));
  }
  for (const std::string_view key : required) {
    if (mapping[key]) continue;
    reading.error(k_missing_key, mapping.location(), "the key '" + std::string(key) + "' is missing");
  }
}

bool expect_mapping(Reading& reading, const Node& node, std::string_view what) {
  if (node.is_mapping()) return true;
  reading.error(k_wrong_type, node.location(),
                std::string(what) + " must be a mapping of keys to values, not a " + to_string(node.kind()));
  return false;
}

std::string read_text(Reading& reading, const Node& node, std::string_view what) {
  const auto text = node.as_string();
  if (text && !base::trim(*text).empty()) return std::string(base::trim(*text));
  reading.error(
      k_wrong_type, node.location(),
      std::string(what) + " must be a text" + (text ? " that is not empty" : std::string(", not a ") + to_string(node.kind())));
  return {};
}

std::vector<std::string> read_texts(Reading& reading, const Node& node, std::string_view what) {
  std::vector<std::string> texts;
  if (!node.is_sequence()) {
    reading.error(k_wrong_type, node.location(), std::string(what) + " must be a list of texts, not a " + to_string(node.kind()));
    return texts;
  }
  for (const Node item : node.items()) texts.push_back(read_text(reading, item, what));
  return texts;
}

std::optional<std::size_t> read_choice(Reading& reading, const Node& node, std::string_view what,
                                       std::span<const std::string_view> choices) {
  const auto at = std::find(choices.begin(), choices.end(), node.text());
  if (node.is_scalar() && at != choices.end()) return static_cast<std::size_t>(at - choices.begin());
  const std::string found = node.is_scalar() ? "'" + std::string(node.text()) + "'" : std::string("a ") + to_string(node.kind());
  reading.error(k_wrong_value, node.location(), std::string(what) + " cannot be " + found,
                suggestion(node.text(), choices, "possible values are"));
  return std::nullopt;
}

}  // namespace postern::policy
