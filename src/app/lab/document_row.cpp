// SPDX-License-Identifier: Apache-2.0
// `postern lab document`: documents as JSON.
#include "app/lab/document_row.h"

#include <postern/document/document.h>

#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

namespace postern::app::lab {
namespace {

using Json = nlohmann::ordered_json;

std::string in_quotes(std::string_view text) { return Json(std::string(text)).dump(); }

std::string infinity_or_nan(double value) {
  if (std::isnan(value)) return "\".nan\"";
  return value < 0 ? "\"-.inf\"" : "\".inf\"";
}

/// A number whose notation JSON does not know: +1.5, .5, 1., 0x1F, 010.
std::string in_json_notation(document::Node node) {
  std::string_view digits = node.text();
  if (const auto integer = node.as_integer()) return std::to_string(*integer);
  const auto value = node.as_number();
  if (value && !std::isfinite(*value)) return infinity_or_nan(*value);
  const bool is_negative = digits.starts_with('-');
  if (is_negative || digits.starts_with('+')) digits.remove_prefix(1);
  if (!digits.empty() && digits.find_first_not_of("0123456789") == std::string_view::npos) {
    digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size() - 1));
    return (is_negative ? "-" : "") + std::string(digits);
  }
  if (!value) return in_quotes(node.text());
  char buffer[32];
  return {buffer, std::to_chars(buffer, buffer + sizeof buffer, *value).ptr};
}

std::string number(document::Node node) { return Json::accept(node.text()) ? std::string(node.text()) : in_json_notation(node); }

void append(std::string& out, document::Node node);

void append_mapping(std::string& out, document::Node node) {
  const char* separator = "{";
  for (const document::Entry entry : node.entries()) {
    out += separator;
    out += in_quotes(entry.key.text()) + ": ";
    append(out, entry.value);
    separator = ", ";
  }
  out += node.size() == 0 ? "{}" : "}";
}

void append_sequence(std::string& out, document::Node node) {
  const char* separator = "[";
  for (const document::Node item : node.items()) {
    out += separator;
    append(out, item);
    separator = ", ";
  }
  out += node.size() == 0 ? "[]" : "]";
}

void append(std::string& out, document::Node node) {
  switch (node.kind()) {
    case document::Kind::null:
      out += "null";
      break;
    case document::Kind::boolean:
      out += *node.as_boolean() ? "true" : "false";
      break;
    case document::Kind::integer:
    case document::Kind::number:
      out += number(node);
      break;
    case document::Kind::string:
      out += in_quotes(node.text());
      break;
    case document::Kind::sequence:
      append_sequence(out, node);
      break;
    case document::Kind::mapping:
      append_mapping(out, node);
      break;
  }
}

std::string error_row(const std::string& message) { return Json{{"error", message}}.dump(); }

Json trouble_row(const char* severity, const base::Diagnostic& found) {
  return {{severity, found.message}, {"code", found.code}, {"line", found.location.line}, {"column", found.location.column}};
}

std::optional<document::Format> format_of(const Json& row) {
  const std::string name = row.value("format", "detect");
  if (name == "yaml") return document::Format::yaml;
  if (name == "json") return document::Format::json;
  return name == "detect" ? std::optional(document::Format::detect) : std::nullopt;
}

std::string read(const std::string& text, document::Format format) {
  base::DiagnosticSink sink;
  document::Limits limits;
  if (format == document::Format::json) limits.duplicate_keys = document::DuplicateKeys::warn;
  const document::Documents documents = document::read_documents(text, format, base::Symbol("text"), limits, sink);
  Json warnings = Json::array();
  for (const base::Diagnostic& found : sink.all()) {
    if (found.severity == base::Severity::error) return trouble_row("error", found).dump();
    warnings.push_back(trouble_row("warning", found));
  }
  std::string out = "{\"values\": [";
  for (const document::Document& document : documents) {
    if (out.back() != '[') out += ", ";
    append(out, document.root());
  }
  return out + (warnings.empty() ? "]}" : "], \"warnings\": " + warnings.dump() + "}");
}

}  // namespace

std::string document_row(std::string_view json_line) {
  try {
    const Json row = Json::parse(json_line);
    if (!row.is_object() || !row.contains("text"))
      return error_row("expected {\"format\": \"yaml\" or \"json\", \"text\": \"..\"}");
    const auto format = format_of(row);
    if (!format) return error_row("unknown format; known are yaml, json, detect");
    return read(row.at("text").get<std::string>(), *format);
  } catch (const Json::exception& error) {
    return error_row(std::string("not a row of JSON: ") + error.what());
  }
}

}  // namespace postern::app::lab
