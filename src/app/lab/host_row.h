// SPDX-License-Identifier: Apache-2.0
// `postern lab host`: one line with a host name in, one line with what the name says out.
#pragma once
#include <string>
#include <string_view>

namespace postern::app::lab {

/// Answers `{"host": ".."}` with `{"vendor", "category", "region", "jurisdiction"}` and more facts; what the name does not say is
/// null. A bad row gives `{"error": ".."}`; never throws. No newline at the end.
[[nodiscard]] std::string host_row(std::string_view json_line);

}  // namespace postern::app::lab
