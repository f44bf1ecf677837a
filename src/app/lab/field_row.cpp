// SPDX-License-Identifier: Apache-2.0
// `postern lab field`: what kind of data a field holds.
#include "app/lab/field_row.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "connection/data_class.h"

namespace postern::app::lab {
namespace {

using Json = nlohmann::ordered_json;

bool is_row(const Json& row) {
  if (!row.is_object() || !row.contains("name") || !row["name"].is_string()) return false;
  if (!row.contains("context")) return row.size() == 1;
  return row.size() == 2 && (row["context"].is_string() || row["context"].is_null());
}

Json answer(const Json& row) {
  if (!is_row(row)) return Json{{"error", "expected {\"name\": \"..\", \"context\": \"..\"}"}};
  const bool has_context = row.contains("context") && row["context"].is_string();
  const auto context = has_context ? row["context"].get<std::string>() : std::string();
  const connection::FieldClass found = connection::classify_field(row["name"].get<std::string>(), context);
  return Json{{"class", found.data_class},
              {"subtype", found ? Json(found.subtype) : Json()},
              {"confidence", std::round(found.confidence * 100) / 100}};
}

}  // namespace

std::string field_row(std::string_view json_line) {
  Json result;
  try {
    result = answer(Json::parse(json_line));
  } catch (const Json::exception& error) {
    result = Json{{"error", std::string("not a row of JSON: ") + error.what()}};
  }
  return result.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace postern::app::lab
