// SPDX-License-Identifier: Apache-2.0
// What rows of `postern lab` have in common.
#include "app/lab/row_text.h"

#include <nlohmann/json.hpp>

namespace postern::app::lab {

Json refusal(std::string_view why) { return Json{{"error", why}}; }

const std::string* text_member(const Json& row, const char* name) {
  const auto at = row.find(name);
  return at == row.end() ? nullptr : at->get_ptr<const std::string*>();
}

std::string answer_line(std::string_view line, Json (*answer)(const Json& row)) {
  Json result;
  try {
    const Json row = Json::parse(line);
    result = row.is_object() ? answer(row) : refusal("expected an object");
  } catch (const Json::exception& error) {
    result = refusal(std::string("not a row of JSON: ") + error.what());
  }
  return result.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace postern::app::lab
