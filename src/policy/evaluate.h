// SPDX-License-Identifier: Apache-2.0
// Judges two states of an architecture and their delta by the rules of the packs in use.
#pragma once
#include <postern/model/environment.h>
#include <postern/model/finding.h>

#include <cstdint>
#include <span>
#include <vector>

#include "policy/pack.h"

namespace postern::policy {

/// One state, linked, classified and derived. The graph must outlive the evaluation. No baseline is an empty graph.
struct State {
  const model::ArchitectureGraph& graph;
  std::span<const model::Weakness> weaknesses = {};  ///< sorted
};

/// Whether subjects that a rule's constant guards exclude are skipped. Both give the same result; `everything` is for tests.
enum class Candidates : std::uint8_t { guarded, everything };

struct EvaluationOptions {
  unsigned threads = 2;  ///< the result does not depend on it; at least 1
  Candidates candidates = Candidates::guarded;
};

/// What the rules said.
struct Evaluation {
  std::vector<model::Finding> findings;      ///< by rule (in the packs' order), then by subject; risk and factors are left default
  std::vector<model::RuleProblem> problems;  ///< by rule; only rules with undecided or failed subjects
  std::uint64_t judged_subjects = 0;         ///< conditions that were evaluated, both states and the delta
};

/// Evaluates every rule.
///
/// Entity, relation and finding rules are judged on every subject of both states; the subjects are matched by identity, and the
/// comparison gives the state of the finding: fires now only (or was undecided before): `new`; on both sides: `unchanged`, or
/// `updated` when a salient value came in, the severity rose, or an undecided finding became certain; fired before only: `absent`,
/// told from the baseline. Change rules are judged on `delta`; their findings are always `new`.
///
/// Unknown conditions follow the rule's on_unknown; a failed condition is counted and makes the verdict indeterminate. Only the
/// candidate's side and the delta are counted as undecided or failed: the baseline's side merely leaves a finding `new`.
/// Fingerprints are unique (asserted). Never throws on account of its input.
[[nodiscard]] Evaluation evaluate(const PackSet& packs, const State& baseline, const State& candidate, const model::Delta& delta,
                                  const model::Environment& environment, const EvaluationOptions& options = {});

}  // namespace postern::policy
