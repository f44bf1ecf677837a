// SPDX-License-Identifier: Apache-2.0
// Runs the cases of packs; how text becomes a state is the caller's (the stages before this one).
#pragma once
#include <postern/model/delta.h>

#include <functional>
#include <string>
#include <vector>

#include "policy/evaluate.h"

namespace postern::policy {

/// Two linked, classified and derived states and their difference.
struct StatePair {
  model::ArchitectureGraph baseline;
  model::ArchitectureGraph candidate;
  model::Delta delta;
  std::vector<model::Weakness> weaknesses_before;  ///< sorted
  std::vector<model::Weakness> weaknesses_after;   ///< sorted
};

/// Makes the states of a case from its manifests (empty text: an empty state).
using MakeStates = std::function<StatePair(const PackCase&)>;

/// How one case went.
struct CaseResult {
  std::string pack;
  std::string rule;
  std::string name;
  base::Location location;
  bool passed = false;
  std::vector<std::string> expected;  ///< subjects, sorted
  std::vector<std::string> actual;    ///< subjects of the rule's new and updated findings, sorted
  std::string trouble;                ///< the rule could not be decided or failed, or the states could not be made; empty otherwise
};

/// A part of a condition that no case needed: without it every case would come out the same.
struct IdleTerm {
  std::string expression;
  cel::TermRole role = cel::TermRole::whole;
  cel::Tally tally;
};

/// What the cases show about one rule.
struct RuleCoverage {
  std::string pack;
  std::string rule;
  base::Location location;
  std::size_t firing = 0;  ///< cases that name subjects
  std::size_t silent = 0;  ///< cases that must not fire
  std::vector<IdleTerm> idle;
};

/// Evaluates every rule on every subject of all its cases, and finds what decided nothing there: an operand of `&&` that was never
/// false, an operand of `||` that was never true. Cases whose states cannot be made count for nothing.
[[nodiscard]] std::vector<RuleCoverage> cover_rules(const PackSet& packs, const MakeStates& make_states);

/// Runs every case of every pack, in their order. A case passes when the rule's new and updated findings are exactly about the
/// subjects that it names, and the rule had no trouble. A postern::Error of `make_states` fails its case only.
[[nodiscard]] std::vector<CaseResult> run_pack_tests(const PackSet& packs, const MakeStates& make_states);

/// How cases name the subject of a finding: the address; `SOURCE -> TARGET` for relations, `ADDRESS: WEAKNESS` for
/// weaknesses.
[[nodiscard]] std::string case_subject(const model::FindingSubject& subject);

}  // namespace postern::policy
