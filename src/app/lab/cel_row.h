// SPDX-License-Identifier: Apache-2.0
// One line of `postern lab cel`.
#pragma once
#include <string>
#include <string_view>

namespace postern::app {

/// Takes a row of the CEL conformance suite as JSON (`expr`, `bindings`, `container`, `type_env`, `disable_check`,
/// `disable_macros`, `check_only`) and gives `{"value": {"t": ..., "v": ...}, "type": "..."}`, for `check_only` `{"type": "..."}`,
/// or `{"error": "..."}`
/// (`{"unknown": [...]}` when the outcome is unknown). Never throws: a malformed line gives an error as well. No newline at the
/// end.
[[nodiscard]] std::string cel_row(std::string_view json_line);

}  // namespace postern::app
