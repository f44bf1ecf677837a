// SPDX-License-Identifier: Apache-2.0
// Turns what a rule fired for into findings, and compares the two states.
#pragma once
#include <map>
#include <vector>

#include "policy/judge.h"

namespace postern::policy {

/// What one rule said.
struct RuleOutcome {
  std::vector<model::Finding> findings;  ///< by subject
  model::RuleProblem problem;
  std::uint64_t judged = 0;
};

using IdMap = std::map<model::EntityId, model::EntityId>;

/// Under which name a renamed entity stands on the other side: what it was before is no news under a new name.
struct Renames {
  explicit Renames(const model::Delta& delta);
  IdMap to_before;
  IdMap to_after;
};

/// Findings of an entity or relation rule, from its judgements on both states.
[[nodiscard]] RuleOutcome compare_states(const Rule& rule, const Subjects& before, const Judgement& judged_before,
                                         const Subjects& after, const Judgement& judged_after, const Renames& renames);

/// Findings of a change rule.
[[nodiscard]] RuleOutcome report_changes(const Rule& rule, const Subjects& changes, const Judgement& judgement,
                                         const model::Delta& delta);

}  // namespace postern::policy
