// SPDX-License-Identifier: Apache-2.0
// What rows of `postern lab` have in common: a line of JSON in, a line of JSON out, trouble as {"error": ".."}.
#pragma once
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace postern::app::lab {

using Json = nlohmann::ordered_json;

[[nodiscard]] inline Json refusal(std::string_view why) { return Json{{"error", why}}; }

/// The member as a text; nothing where it is absent or no text.
[[nodiscard]] inline const std::string* text_member(const Json& row, const char* name) {
  const auto at = row.find(name);
  return at == row.end() ? nullptr : at->get_ptr<const std::string*>();
}

/// Parses the line, answers it, and writes the answer on one line. Never throws for what the line holds.
template <typename Answer>
[[nodiscard]] std::string answer_line(std::string_view line, Answer answer) {
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
