// SPDX-License-Identifier: Apache-2.0
// Types, keys and names of what is read back.
#include "render/json_reader.h"

#include <postern/base/text.h>

#include <algorithm>

#include "render/codes.h"

namespace postern::render {
namespace {

std::string in_quotes(std::string_view text) { return "'" + std::string(text) + "'"; }

std::string hint_for(std::string_view word, const std::vector<std::string_view>& known) {
  const auto nearest = base::did_you_mean(word, known);
  return nearest ? "did you mean " + in_quotes(*nearest) + "?" : std::string();
}

}  // namespace

JsonReader::JsonReader(document::Node node, base::DiagnosticSink& sink) : m_node(node), m_sink(&sink) {
  if (!node.is_mapping()) expected(node, "an object");
}

void JsonReader::expected(document::Node node, std::string_view what) {
  const std::string found = node.is_scalar() && !node.is_null() ? " " + in_quotes(node.text().substr(0, 40)) : std::string();
  m_sink->error(std::string(k_wrong_type), node.location(),
                "found " + std::string(document::to_string(node.kind())) + found + ", expected " + std::string(what));
}

void JsonReader::unknown_name(document::Node node, const std::vector<std::string_view>& names) {
  std::string message = "found " + in_quotes(node.text().substr(0, 40)) + ", expected one of";
  for (const std::string_view name : names) message += (name == names.front() ? " " : ", ") + std::string(name);
  m_sink->error(std::string(k_wrong_type), node.location(), std::move(message), hint_for(node.text(), names));
}

document::Node JsonReader::known(std::string_view key) {
  m_known.push_back(key);
  return m_node[key];
}

document::Node JsonReader::required(std::string_view key) {
  const document::Node node = known(key);
  if (!node && m_node.is_mapping()) {
    m_sink->error(std::string(k_missing_key), m_node.location(), "the key " + in_quotes(key) + " is missing here",
                  "write the decision anew with the version of Postern that is to read it");
  }
  return node;
}

std::vector<document::Node> JsonReader::sequence(document::Node node) {
  if (node && !node.is_sequence()) expected(node, "an array");
  return {node.items().begin(), node.items().end()};
}

void JsonReader::finish() {
  for (const document::Entry entry : m_node.entries()) {
    const std::string_view key = entry.key.text();
    if (std::find(m_known.begin(), m_known.end(), key) != m_known.end()) continue;
    m_sink->error(std::string(k_unknown_key), entry.key.location(),
                  "the key " + in_quotes(key.substr(0, 40)) + " means nothing here", hint_for(key, m_known));
  }
}

void JsonReader::read(document::Node node, std::string& value) {
  if (const auto text = node.as_string()) {
    value = *text;
  } else {
    expected(node, "a string");
  }
}

void JsonReader::read(document::Node node, base::Symbol& value) {
  std::string text;
  read(node, text);
  value = base::Symbol(text);
}

void JsonReader::read(document::Node node, bool& value) {
  if (const auto boolean = node.as_boolean()) {
    value = *boolean;
  } else {
    expected(node, "true or false");
  }
}

void JsonReader::read(document::Node node, double& value) {
  if (const auto number = node.as_number()) {
    value = *number;
  } else {
    expected(node, "a number");
  }
}

void JsonReader::tenths(std::string_view key, std::int32_t& value) {
  const document::Node node = required(key);
  if (!node) return;
  const double scaled = node.as_number().value_or(std::numeric_limits<double>::quiet_NaN()) * 10;
  // Written as the double nearest to a decimal with one digit.
  if (std::abs(scaled) < 1e9 && std::abs(scaled - std::round(scaled)) < 1e-4) {
    value = static_cast<std::int32_t>(std::lround(scaled));
  } else {
    expected(node, "a number with at most one decimal");
  }
}

void JsonReader::tenths(std::string_view key, std::optional<std::int32_t>& value) {
  if (known(key)) tenths(key, value.emplace());
}

void JsonReader::optional(std::string_view key, std::string& value, bool& is_there) {
  const document::Node node = known(key);
  is_there = static_cast<bool>(node);
  if (node) read(node, value);
}

void JsonReader::version(std::string_view key, std::int64_t value) {
  const document::Node node = required(key);
  if (!node || node.as_integer() == value) return;
  m_sink->error(std::string(k_other_version), node.location(),
                "schema version " + std::string(node.text().substr(0, 40)) + ", expected " + std::to_string(value),
                "read it with the version of Postern that wrote it");
}

}  // namespace postern::render
