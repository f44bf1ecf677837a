// SPDX-License-Identifier: Apache-2.0
// `postern lab escape`: one line with a text and a sink in, one line with the text as it is shown there out.
#pragma once
#include <string>
#include <string_view>

namespace postern::app::lab {

/// Answers `{"sink": "markdown", "text": ".."}` with `{"text": ".."}`; `postern list sinks` names the sinks. A bad row gives
/// `{"error": ".."}`; never throws.
[[nodiscard]] std::string escape_row(std::string_view line);

}  // namespace postern::app::lab
