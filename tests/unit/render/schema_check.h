// SPDX-License-Identifier: Apache-2.0
// A checker for the part of JSON Schema (draft 2020-12) that our schemas use; it refuses keywords that it does not know.
#pragma once
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

namespace postern::test {

/// Collects what in a value breaks a schema: `path: what`.
class SchemaCheck {
 public:
  using Json = nlohmann::ordered_json;
  explicit SchemaCheck(Json schema) : m_schema(std::move(schema)) {}

  std::vector<std::string> operator()(const Json& value) {
    m_troubles.clear();
    check(m_schema, value, "$");
    return m_troubles;
  }

 private:
  void trouble(const std::string& path, const std::string& what) { m_troubles.push_back(path + ": " + what); }

  void check(const Json& schema, const Json& value, const std::string& path) {
    if (schema.contains("$ref")) check(m_schema.at(Json::json_pointer(schema["$ref"].get<std::string>().substr(1))), value, path);
    check_keywords(schema, path);
    if (schema.contains("const") && schema["const"] != value) trouble(path, "not the constant");
    if (schema.contains("enum") && std::find(schema["enum"].begin(), schema["enum"].end(), value) == schema["enum"].end()) {
      trouble(path, "not one of the values: " + value.dump());
    }
    if (schema.contains("type") && !has_type(value, schema["type"].get<std::string>())) return trouble(path, "wrong type");
    if (schema.contains("minimum") && value.get<double>() < schema["minimum"].get<double>()) trouble(path, "too small");
    if (schema.contains("maximum") && value.get<double>() > schema["maximum"].get<double>()) trouble(path, "too large");
    if (schema.contains("pattern") && !matches(schema["pattern"].get<std::string>(), value.get<std::string>())) {
      trouble(path, "does not match " + schema["pattern"].get<std::string>());
    }
    if (schema.contains("items")) {
      for (std::size_t at = 0; at < value.size(); ++at) check(schema["items"], value[at], path + "[" + std::to_string(at) + "]");
    }
    if (schema.contains("properties")) check_object(schema, value, path);
  }

  void check_object(const Json& schema, const Json& value, const std::string& path) {
    const Json& properties = schema["properties"];
    for (const Json& key : schema["required"]) {
      if (!value.contains(key.get<std::string>())) trouble(path, "lacks " + key.get<std::string>());
    }
    for (const auto& [key, inner] : value.items()) {
      if (properties.contains(key)) check(properties[key], inner, path + "." + key);
      if (!properties.contains(key) && schema["additionalProperties"] == false) trouble(path, "unknown " + key);
    }
  }

  void check_keywords(const Json& schema, const std::string& path) {
    static const std::set<std::string> k_known = {"$ref",
                                                  "const",
                                                  "enum",
                                                  "type",
                                                  "minimum",
                                                  "maximum",
                                                  "pattern",
                                                  "items",
                                                  "properties",
                                                  "required",
                                                  "additionalProperties",
                                                  "description",
                                                  "$schema",
                                                  "title",
                                                  "$defs"};
    for (const auto& [key, ignored] : schema.items()) {
      if (!k_known.contains(key)) trouble(path, "the schema uses " + key);
    }
  }

  /// The patterns that our schemas use; any other matches nothing, so that a test says so.
  static bool matches(const std::string& pattern, const std::string& text) {
    const auto is_hexadecimal = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    const bool is_digest = text.size() == 64 && std::all_of(text.begin(), text.end(), is_hexadecimal);
    if (pattern == "^[0-9a-f]{64}$") return is_digest;
    if (pattern == "^([0-9a-f]{64})?$") return is_digest || text.empty();
    return pattern == "^P[0-9]{4}$" && text.size() == 5 && text[0] == 'P' && std::all_of(text.begin() + 1, text.end(), is_digit);
  }

  static bool has_type(const Json& value, const std::string& type) {
    if (type == "object") return value.is_object();
    if (type == "array") return value.is_array();
    if (type == "string") return value.is_string();
    if (type == "boolean") return value.is_boolean();
    if (type == "integer") return value.is_number_integer();
    return type == "number" && value.is_number();
  }

  Json m_schema;
  std::vector<std::string> m_troubles;
};

}  // namespace postern::test
