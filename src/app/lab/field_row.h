// SPDX-License-Identifier: Apache-2.0
// `postern lab field`: one line with a field's name in, one line with the class of its data out.
#pragma once
#include <string>
#include <string_view>

namespace postern::app::lab {

/// Answers `{"name": "..", "context": "table or schema"}` (context may be left out) with `{"class", "subtype", "confidence"}`; the
/// subtype is null for class "none". A bad row gives `{"error": ".."}`; never throws. No newline at the end.
[[nodiscard]] std::string field_row(std::string_view json_line);

}  // namespace postern::app::lab
