// SPDX-License-Identifier: Apache-2.0
// Finds what the cases of packs leave unproved.
#include <postern/base/error.h>

#include <algorithm>

#include "policy/pack_tests.h"
#include "policy/subjects.h"

namespace postern::policy {
namespace {

void count_subjects(const Rule& rule, const Subjects& subjects, cel::Tallies& tallies) {
  Activation activation;
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    const bool looked_at = subjects.kind() != model::SubjectKind::change ||
                           std::find(rule.on.begin(), rule.on.end(), subjects.change(i).kind()) != rule.on.end();
    if (!looked_at) continue;
    subjects.bind(i, activation);
    (void)rule.when->count(activation.values(), tallies);
  }
}

void count_case(const Rule& rule, const PackCase& test, const MakeStates& make_states, cel::Tallies& tallies) {
  try {
    const StatePair states = make_states(test);
    const model::Environment environment{test.environment, test.environment_class, {}};
    const EnvironmentRecord where(environment);
    const StateView before(states.baseline, states.weaknesses_before);
    const StateView after(states.candidate, states.weaknesses_after);
    if (rule.subject == model::SubjectKind::change) {
      const std::vector<ChangeRecord> changes = changes_of(states.delta, before, after);
      count_subjects(rule, Subjects(changes, where), tallies);
      return;
    }
    count_subjects(rule, Subjects(rule.subject, before, where), tallies);
    count_subjects(rule, Subjects(rule.subject, after, where), tallies);
  } catch (const Error&) {
    return;  // the run of the cases tells it
  }
}

bool decided(const cel::Term& term, const cel::Tally& tally) {
  switch (term.role) {
    case cel::TermRole::conjunct:
      return tally.no + tally.unknown + tally.failed != 0;
    case cel::TermRole::disjunct:
      return tally.yes + tally.unknown + tally.failed != 0;
    case cel::TermRole::whole:
      return tally.yes != 0 && tally.no != 0;
  }
  return false;
}

}  // namespace

std::vector<RuleCoverage> cover_rules(const PackSet& packs, const MakeStates& make_states) {
  std::vector<RuleCoverage> rules;
  for (const Pack& pack : packs.packs) {
    for (const Rule& rule : pack.rules) {
      RuleCoverage coverage{pack.name, rule.id, rule.location, 0, 0, {}};
      cel::Tallies tallies;
      for (const PackCase& test : pack.cases) {
        if (test.rule != rule.id) continue;
        ++(test.fires.empty() ? coverage.silent : coverage.firing);
        count_case(rule, test, make_states, tallies);
      }
      for (const cel::Term& term : rule.when->terms()) {
        const cel::Tally tally = term.node < tallies.size() ? tallies[term.node] : cel::Tally{};
        if (!decided(term, tally)) coverage.idle.push_back({term.expression, term.role, tally});
      }
      rules.push_back(std::move(coverage));
    }
  }
  return rules;
}

}  // namespace postern::policy
