// SPDX-License-Identifier: Apache-2.0
// What the cases of packs came to, for people and for CI systems.
#pragma once
#include <string>
#include <vector>

#include "policy/pack_tests.h"

namespace postern::app {

/// A run of the cases of packs.
struct CaseRun {
  std::vector<policy::CaseResult> results;
  std::vector<policy::RuleCoverage> coverage;
};

/// What failed (all with `all`), the number that held, and what the cases leave unproved (one line, or all of it with `coverage`).
[[nodiscard]] std::string cases_as_text(const CaseRun& run, bool all, bool coverage);
/// One suite a pack, one test case a case.
[[nodiscard]] std::string cases_as_junit(const CaseRun& run);
/// Everything.
[[nodiscard]] std::string cases_as_json(const CaseRun& run);

}  // namespace postern::app
