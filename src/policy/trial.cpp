// SPDX-License-Identifier: Apache-2.0
// Tries an expression.
#include "policy/trial.h"

#include <algorithm>
#include <array>
#include <set>

#include "policy/codes.h"
#include "policy/reference.h"
#include "policy/subjects.h"

namespace postern::policy {
namespace {

constexpr std::array k_kinds = {model::SubjectKind::entity, model::SubjectKind::relation, model::SubjectKind::change,
                                model::SubjectKind::finding};
constexpr std::size_t k_shown = 200;  ///< bytes of a value

bool lies_within(std::uint32_t begin, std::uint32_t end, const cel::Observation& outer) {
  return outer.begin <= begin && end <= outer.end && (outer.begin != begin || outer.end != end);
}

/// The parts in the order of the source, each below what it belongs to.
std::vector<TrialStep> steps_of(std::vector<cel::Observation> parts) {
  std::stable_sort(parts.begin(), parts.end(), [](const cel::Observation& a, const cel::Observation& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
  });
  std::vector<TrialStep> steps;
  std::vector<const cel::Observation*> around;
  for (const cel::Observation& part : parts) {
    if (part.value.is(cel::Kind::record)) continue;  // its name tells nothing
    while (!around.empty() && !lies_within(part.begin, part.end, *around.back())) around.pop_back();
    steps.push_back({around.size(), part.expression, to_text(part.value, k_shown)});
    around.push_back(&part);
  }
  return steps;
}

TrialSubject explain(const cel::Program& program, const Subjects& subjects, std::size_t subject) {
  Activation activation;
  subjects.bind(subject, activation);
  std::vector<cel::Observation> parts;
  const cel::Value value = program.explain(activation.values(), parts);
  return {subjects.name_of(subject), {}, to_text(value, k_shown), steps_of(std::move(parts))};
}

/// Names of the subjects for which `program` is true.
std::set<std::string> matching_names(const cel::Program& program, const Subjects& subjects) {
  std::set<std::string> names;
  Activation activation;
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    subjects.bind(i, activation);
    if (program.evaluate(activation.values()).is_true()) names.insert(subjects.name_of(i));
  }
  return names;
}

std::vector<TrialTerm> terms_of(const cel::Program& program, const cel::Tallies& tallies) {
  std::vector<TrialTerm> terms;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> around;  // begin and end
  for (const cel::Term& term : program.terms()) {
    const std::uint32_t begin = term.position.offset;
    const auto end = static_cast<std::uint32_t>(begin + term.expression.size());
    while (!around.empty() && around.back().second < end) around.pop_back();
    while (!around.empty() && around.back().second <= begin) around.pop_back();
    terms.push_back({around.size(), term.expression, term.node < tallies.size() ? tallies[term.node] : cel::Tally{}});
    around.emplace_back(begin, end);
  }
  return terms;
}

void judge_all(const cel::Program& program, const Subjects& subjects, const std::set<std::string>& before, Trial& trial) {
  cel::Tallies tallies;
  Activation activation;
  trial.subjects = subjects.size();
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    subjects.bind(i, activation);
    const cel::Value value = program.count(activation.values(), tallies);
    if (value.is_false()) continue;
    std::vector<TrialSubject>& list = value.is_unknown() ? trial.undecided : value.is_error() ? trial.failed : trial.matches;
    list.push_back(explain(program, subjects, i));
    const bool was_there = before.contains(list.back().name);
    list.back().state = subjects.kind() == model::SubjectKind::change ? model::to_string(subjects.change(i).kind())
                        : !trial.is_condition                         ? ""
                        : was_there                                   ? "unchanged"
                                                                      : "new";
  }
  trial.terms = terms_of(program, tallies);
}

void add_gone(const cel::Program& program, const Subjects& before, Trial& trial) {
  std::set<std::string> now;
  for (const auto* list : {&trial.matches, &trial.undecided, &trial.failed})
    for (const TrialSubject& subject : *list) now.insert(subject.name);
  Activation activation;
  for (std::size_t i = 0; i < before.size(); ++i) {
    before.bind(i, activation);
    if (!program.evaluate(activation.values()).is_true() || now.contains(before.name_of(i))) continue;
    trial.matches.push_back(explain(program, before, i));
    trial.matches.back().state = "gone";
  }
}

}  // namespace

std::optional<TrialExpression> compile_trial(const std::string& expression, base::DiagnosticSink& sink) {
  std::vector<cel::Issue> fewest;
  for (const model::SubjectKind kind : k_kinds) {
    cel::Compilation compilation = cel::compile(expression, cel_environment(kind));
    if (compilation.program) return TrialExpression{kind, std::move(*compilation.program)};
    if (fewest.empty() || compilation.issues.size() < fewest.size()) fewest = std::move(compilation.issues);
  }
  for (const cel::Issue& issue : fewest) sink.error(std::string(k_bad_expression), {}, format_issue(expression, issue), issue.hint);
  return std::nullopt;
}

Trial try_expression(const TrialExpression& expression, const model::ArchitectureGraph& baseline,
                     const model::ArchitectureGraph& candidate, const model::Delta& delta, const model::Environment& environment) {
  const StateView before(baseline);
  const StateView after(candidate);
  const EnvironmentRecord where(environment);
  const std::vector<ChangeRecord> changes = changes_of(delta, before, after);
  const cel::Program& program = expression.program;
  Trial trial;
  const std::string type = program.result_type().text();
  trial.is_condition = type == "bool" || type == "dyn";
  if (expression.subject == model::SubjectKind::change) {
    judge_all(program, Subjects(changes, where), {}, trial);
    return trial;
  }
  const Subjects old_subjects(expression.subject, before, where);
  judge_all(program, Subjects(expression.subject, after, where), matching_names(program, old_subjects), trial);
  if (trial.is_condition) add_gone(program, old_subjects, trial);
  return trial;
}

}  // namespace postern::policy
