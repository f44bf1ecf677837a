// SPDX-License-Identifier: Apache-2.0
// Runs the cases of packs.
#include "policy/pack_tests.h"

#include <postern/base/error.h>

#include <algorithm>

namespace postern::policy {
namespace {

/// A set of packs with that one rule.
PackSet only(const Pack& pack, const Rule& rule) {
  PackSet set;
  set.packs.push_back({pack.name, pack.version, pack.title, pack.category, pack.frameworks, pack.digest, {rule}, {}, {}});
  return set;
}

CaseResult run_case(const Pack& pack, const PackCase& test, const MakeStates& make_states) {
  CaseResult result{pack.name, test.rule, test.name, test.location, false, test.fires, {}, {}};
  const auto rule = std::find_if(pack.rules.begin(), pack.rules.end(), [&](const Rule& row) { return row.id == test.rule; });
  if (rule == pack.rules.end()) {
    result.trouble = "the pack has no rule '" + test.rule + "'";
    return result;
  }
  try {
    const StatePair states = make_states(test);
    const model::Environment environment{test.environment, test.environment_class, {}};
    const Evaluation evaluation = evaluate(only(pack, *rule), {states.baseline, states.weaknesses_before},
                                           {states.candidate, states.weaknesses_after}, states.delta, environment, {.threads = 1});
    for (const model::Finding& finding : evaluation.findings) {
      if (model::is_fresh(finding)) result.actual.push_back(case_subject(finding.subject));
    }
    for (const model::RuleProblem& problem : evaluation.problems) result.trouble = problem.first_message;
  } catch (const Error& error) {
    result.trouble = error.what();
  }
  std::sort(result.actual.begin(), result.actual.end());
  result.passed = result.trouble.empty() && result.actual == result.expected;
  return result;
}

}  // namespace

std::string case_subject(const model::FindingSubject& subject) {
  if (subject.kind == model::SubjectKind::finding) return subject.entity.address.str() + ": " + subject.attribute;
  if (!subject.relation) return subject.entity.address.str();
  return subject.relation->source.address.str() + " -> " + subject.relation->target.address.str();
}

std::vector<CaseResult> run_pack_tests(const PackSet& packs, const MakeStates& make_states) {
  std::vector<CaseResult> results;
  for (const Pack& pack : packs.packs) {
    for (const PackCase& test : pack.cases) results.push_back(run_case(pack, test, make_states));
  }
  return results;
}

}  // namespace postern::policy
