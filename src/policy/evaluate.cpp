// SPDX-License-Identifier: Apache-2.0
// Runs all rules, on several threads, and puts their findings together in one order.
#include "policy/evaluate.h"

#include <postern/base/error.h>
#include <postern/base/parallel.h>

#include <algorithm>
#include <array>
#include <utility>

#include "policy/comparison.h"
#include "policy/reference.h"

namespace postern::policy {
namespace {

using model::SubjectKind;

/// Subjects with their index.
struct Field {
  Subjects subjects;
  GuardIndex index;
  explicit Field(Subjects list)
      : subjects(list), index(list.size(), cel_environment(list.kind()), [list](std::size_t subject, std::size_t variable) {
          return list.variable(subject, variable);
        }) {}
};

/// All that is judged; rules only read it.
class Bench {
 public:
  Bench(const State& baseline, const State& candidate, const model::Delta& delta, const model::Environment& environment)
      : m_delta(delta),
        m_renames(delta),
        m_before(baseline.graph, baseline.weaknesses),
        m_after(candidate.graph, candidate.weaknesses),
        m_environment(environment),
        m_change_records(changes_of(delta, m_before, m_after)),
        m_entities_before(Subjects(SubjectKind::entity, m_before, m_environment)),
        m_entities_after(Subjects(SubjectKind::entity, m_after, m_environment)),
        m_relations_before(Subjects(SubjectKind::relation, m_before, m_environment)),
        m_relations_after(Subjects(SubjectKind::relation, m_after, m_environment)),
        m_weaknesses_before(Subjects(SubjectKind::finding, m_before, m_environment)),
        m_weaknesses_after(Subjects(SubjectKind::finding, m_after, m_environment)),
        m_changes(Subjects(m_change_records, m_environment)) {}

  /// Makes the columns that the rules can use, each by itself.
  void prepare(const std::vector<const Rule*>& rules, unsigned threads) {
    for (const Rule* rule : rules) {
      for (Field* field : fields_of(*rule)) field->index.prepare(*rule->when);
    }
    std::vector<std::pair<Field*, std::string>> columns;
    for (Field* field : {&m_entities_before, &m_entities_after, &m_relations_before, &m_relations_after, &m_weaknesses_before,
                         &m_weaknesses_after, &m_changes}) {
      for (std::string& path : field->index.unfilled()) columns.emplace_back(field, std::move(path));
    }
    base::for_each_index(columns.size(), threads, [&](std::size_t i) { columns[i].first->index.fill(columns[i].second); });
  }

  [[nodiscard]] RuleOutcome run(const Rule& rule, Candidates candidates) const {
    if (rule.subject == SubjectKind::change) {
      return report_changes(rule, m_changes.subjects, judge(rule, m_changes.subjects, m_changes.index, candidates), m_delta);
    }
    const auto [before_field, after_field] = sides_of(rule.subject);
    const Field& before = *before_field;
    const Field& after = *after_field;
    return compare_states(rule, before.subjects, judge(rule, before.subjects, before.index, candidates), after.subjects,
                          judge(rule, after.subjects, after.index, candidates), m_renames);
  }

 private:
  [[nodiscard]] std::pair<const Field*, const Field*> sides_of(SubjectKind kind) const {
    if (kind == SubjectKind::relation) return {&m_relations_before, &m_relations_after};
    if (kind == SubjectKind::finding) return {&m_weaknesses_before, &m_weaknesses_after};
    return {&m_entities_before, &m_entities_after};
  }
  std::vector<Field*> fields_of(const Rule& rule) {
    if (rule.subject == SubjectKind::change) return {&m_changes};
    if (rule.subject == SubjectKind::relation) return {&m_relations_before, &m_relations_after};
    if (rule.subject == SubjectKind::finding) return {&m_weaknesses_before, &m_weaknesses_after};
    return {&m_entities_before, &m_entities_after};
  }

  const model::Delta& m_delta;
  Renames m_renames;
  StateView m_before;
  StateView m_after;
  EnvironmentRecord m_environment;
  std::vector<ChangeRecord> m_change_records;
  Field m_entities_before;
  Field m_entities_after;
  Field m_relations_before;
  Field m_relations_after;
  Field m_weaknesses_before;
  Field m_weaknesses_after;
  Field m_changes;
};

std::vector<RuleOutcome> run_all(const std::vector<const Rule*>& rules, const Bench& bench, const EvaluationOptions& options) {
  std::vector<RuleOutcome> outcomes(rules.size());
  base::for_each_index(rules.size(), options.threads,
                       [&](std::size_t i) { outcomes[i] = bench.run(*rules[i], options.candidates); });
  return outcomes;
}

void assert_unique(const std::vector<model::Finding>& findings) {
  std::vector<std::string_view> fingerprints;
  fingerprints.reserve(findings.size());
  for (const model::Finding& finding : findings) fingerprints.push_back(finding.fingerprint);
  std::sort(fingerprints.begin(), fingerprints.end());
  POSTERN_ASSERT(std::adjacent_find(fingerprints.begin(), fingerprints.end()) == fingerprints.end());
}

}  // namespace

Evaluation evaluate(const PackSet& packs, const State& baseline, const State& candidate, const model::Delta& delta,
                    const model::Environment& environment, const EvaluationOptions& options) {
  Bench bench(baseline, candidate, delta, environment);
  std::vector<const Rule*> rules;
  for (const Pack& pack : packs.packs) {
    for (const Rule& rule : pack.rules) rules.push_back(&rule);
  }
  if (options.candidates == Candidates::guarded) bench.prepare(rules, options.threads);
  Evaluation evaluation;
  for (RuleOutcome& outcome : run_all(rules, bench, options)) {
    evaluation.judged_subjects += outcome.judged;
    std::move(outcome.findings.begin(), outcome.findings.end(), std::back_inserter(evaluation.findings));
    const bool trouble = outcome.problem.undecided_subjects + outcome.problem.failed_subjects != 0;
    if (trouble) evaluation.problems.push_back(std::move(outcome.problem));
  }
  assert_unique(evaluation.findings);
  return evaluation;
}

}  // namespace postern::policy
