// SPDX-License-Identifier: Apache-2.0
// What rows of `postern lab` have in common: a line of JSON in, a line of JSON out, trouble as {"error": ".."}.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace postern::app::lab {

using Json = nlohmann::ordered_json;

[[nodiscard]] Json refusal(std::string_view why);

/// The member as a text; nothing where it is absent or no text.
[[nodiscard]] const std::string* text_member(const Json& row, const char* name);

/// Parses the line, answers it, and writes the answer on one line. Never throws for what the line holds.
[[nodiscard]] std::string answer_line(std::string_view line, Json (*answer)(const Json& row));

}  // namespace postern::app::lab
