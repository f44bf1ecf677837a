// SPDX-License-Identifier: Apache-2.0
// `postern lab version`: the order of two versions.
#pragma once
#include <string>
#include <string_view>

namespace postern::app::lab {

/// Answers `{"ecosystem": "..", "a": "..", "b": ".."}` with `{"order": "<"|"="|">"}`. A bad row, an ecosystem that is not known and
/// a text that is no version give `{"error": ".."}`; never throws. No newline at the end.
[[nodiscard]] std::string version_row(std::string_view json_line);

}  // namespace postern::app::lab
