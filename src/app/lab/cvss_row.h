// SPDX-License-Identifier: Apache-2.0
// `postern lab cvss`: the scores of a vector.
#pragma once
#include <string>
#include <string_view>

namespace postern::app::lab {

/// Answers `{"vector": ".."}` with `{"version", "base", "temporal", "environmental", "overall", "severity"}`, for version 4.0 also
/// `"macrovector"` and `"nomenclature"`. A bad row and a malformed vector give `{"error": ".."}`; never throws. No newline at the
/// end.
[[nodiscard]] std::string cvss_row(std::string_view json_line);

}  // namespace postern::app::lab
