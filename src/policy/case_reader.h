// SPDX-License-Identifier: Apache-2.0
// Reads the test files of a pack.
#pragma once
#include <vector>

#include "policy/pack.h"
#include "policy/reading.h"

namespace postern::policy {

/// Reads the cases of one file (kind PolicyTests).
[[nodiscard]] std::vector<PackCase> read_cases(Reading& reading, const Node& root);

}  // namespace postern::policy
