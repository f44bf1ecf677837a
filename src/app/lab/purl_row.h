// SPDX-License-Identifier: Apache-2.0
// `postern lab purl`: the parts of a package URL and its canonical form.
#pragma once
#include <string>
#include <string_view>

namespace postern::app::lab {

/// Answers `{"purl": ".."}`, or the parts `{"type", "namespace", "name", "version", "qualifiers", "subpath"}`, with the parts as
/// the type has them (null where there is none) and `"canonical"`, which is also told as `"purl"`. A bad row and what is no package
/// URL give
/// `{"error": ".."}`; never throws. No newline at the end.
[[nodiscard]] std::string purl_row(std::string_view json_line);

}  // namespace postern::app::lab
