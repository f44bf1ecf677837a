// SPDX-License-Identifier: Apache-2.0
// Turns what a rule fired for into findings, and compares the two states.
#pragma once
#include <vector>

#include "policy/judge.h"

namespace postern::policy {

/// What one rule said.
struct RuleOutcome {
  std::vector<model::Finding> findings;  ///< by subject
  model::RuleProblem problem;
  std::uint64_t judged = 0;
};

/// Findings of an entity or relation rule, from its judgements on both states.
[[nodiscard]] RuleOutcome compare_states(const Rule& rule, const Subjects& before, const Judgement& judged_before,
                                         const Subjects& after, const Judgement& judged_after);

/// Findings of a change rule.
[[nodiscard]] RuleOutcome report_changes(const Rule& rule, const Subjects& changes, const Judgement& judgement,
                                         const model::Delta& delta);

}  // namespace postern::policy
