// SPDX-License-Identifier: Apache-2.0
// Reads one rule of a pack.
#pragma once
#include <vector>

#include "policy/pack.h"
#include "policy/reading.h"

namespace postern::policy {

/// A rule with the test files that it names, relative to its pack.
struct RuleDraft {
  explicit RuleDraft(Reading& where) : reading(where) {}
  Reading& reading;
  Rule rule;
  std::vector<std::pair<std::string, base::Location>> test_files;
};

/// Reads `node`; what is wrong is reported, and the rest is read all the same.
[[nodiscard]] RuleDraft read_rule(Reading& reading, const Node& node);

}  // namespace postern::policy
