// SPDX-License-Identifier: Apache-2.0
// `postern lab host`: what the name of a host says.
#include "app/lab/host_row.h"

#include <nlohmann/json.hpp>

#include "connection/host.h"

namespace postern::app::lab {
namespace {

using Json = nlohmann::ordered_json;

Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

Json answer(const Json& row) {
  if (!row.is_object() || row.size() != 1 || !row.contains("host") || !row["host"].is_string()) {
    return Json{{"error", "expected {\"host\": \"..\"}"}};
  }
  const connection::HostFacts facts = connection::describe_host(row["host"].get<std::string>());
  if (facts.host_class == connection::HostClass::invalid) return Json{{"error", "not a host name or address"}};
  return Json{{"vendor", text_or_null(facts.vendor)},
              {"category", text_or_null(facts.category)},
              {"region", text_or_null(facts.region)},
              {"jurisdiction", text_or_null(facts.jurisdiction)},
              {"class", connection::to_string(facts.host_class)},
              {"technology", text_or_null(facts.technology)},
              {"provider", text_or_null(facts.provider)},
              {"protection", connection::to_string(facts.protection)}};
}

}  // namespace

std::string host_row(std::string_view json_line) {
  Json result;
  try {
    result = answer(Json::parse(json_line));
  } catch (const Json::exception& error) {
    result = Json{{"error", std::string("not a row of JSON: ") + error.what()}};
  }
  return result.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace postern::app::lab
