// SPDX-License-Identifier: Apache-2.0
// One function a version of CVSS: reads what follows the prefix and scores it.
#pragma once
#include <string_view>

#include "cvss/cvss.h"

namespace postern::cvss {

[[nodiscard]] Scoring score_v2(std::string_view metrics);
/// Versions 3.0 and 3.1, which differ in how they round and in the impact of a changed scope under an environment.
[[nodiscard]] Scoring score_v3(Version version, std::string_view metrics);
[[nodiscard]] Scoring score_v4(std::string_view metrics);

}  // namespace postern::cvss
