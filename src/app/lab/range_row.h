// SPDX-License-Identifier: Apache-2.0
// `postern lab range`: whether a range of versions holds a version.
#pragma once
#include <string>
#include <string_view>

namespace postern::app::lab {

/// Answers `{"ecosystem": "..", "range": "..", "version": ".."}` with `{"in": true|false, "vers": ".."}`. The range is VERS
/// (`vers:npm/>=1.0.0|<2.0.0`, whose own scheme counts) or what the tools of the ecosystem write; without a version only its
/// canonical VERS is told. `"options": {"loose": .., "includePrerelease": ..}` are those of npm. What is no version
/// is in no range, and `"reason"` says so. A bad row gives `{"error": ".."}`;
/// never throws. No newline at the end.
[[nodiscard]] std::string range_row(std::string_view json_line);

}  // namespace postern::app::lab
