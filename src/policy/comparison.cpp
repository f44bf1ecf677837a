// SPDX-License-Identifier: Apache-2.0
// new, unchanged, updated, absent: the comparison of what a rule says about the same subject in two states.
#include "policy/comparison.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include "policy/description.h"
#include "policy/evidence.h"

namespace postern::policy {
namespace {

using model::BaselineState;
using model::Finding;

model::RuleProblem problem_of(const Rule& rule, const Judgement& judgement) {
  model::RuleProblem problem;
  problem.rule = rule.id;
  problem.pack = rule.pack;
  problem.undecided_subjects = judgement.undecided;
  problem.failed_subjects = judgement.failed;
  problem.first_message = judgement.failed != 0 ? judgement.first_failure : judgement.first_unknown;
  problem.makes_indeterminate =
      judgement.failed != 0 || (judgement.undecided != 0 && rule.on_unknown == model::OnUnknown::indeterminate);
  return problem;
}

/// A finding whose texts failed stands, and the rule counts as failed.
void note_trouble(RuleOutcome& outcome, const std::string& subject_name, const Description& description) {
  if (description.trouble.empty()) return;
  if (outcome.problem.failed_subjects++ == 0) outcome.problem.first_message = subject_name + ": " + description.trouble;
  outcome.problem.makes_indeterminate = true;
}

Finding finding_of(const Rule& rule, model::FindingSubject subject, Description description) {
  Finding finding;
  finding.rule = rule.id;
  finding.pack = rule.pack;
  finding.title = rule.title;
  finding.category = rule.category;
  finding.fingerprint = fingerprint_of(rule.id, subject);
  finding.enforcement = rule.enforcement;
  finding.block_at = rule.block_at;
  finding.severity = description.severity;
  finding.message = std::move(description.message);
  finding.why = std::move(description.why);
  finding.remediation = rule.remediation;
  finding.references = rule.references;
  finding.salient = std::move(description.salient);
  finding.root_cause = description.root_cause.empty() ? rule.id + " " + to_string(subject) : std::move(description.root_cause);
  finding.subject = std::move(subject);
  return finding;
}

std::string owner_of(const model::Entity& entity) { return entity.attributes.text(model::attribute::owner).str(); }

/// The finding about subject `index` of one state.
Finding state_finding(const Rule& rule, const Subjects& subjects, std::uint32_t index, Description description) {
  const StateView& state = subjects.state();
  model::FindingSubject subject;
  subject.kind = rule.subject;
  if (rule.subject == model::SubjectKind::relation) {
    const RelationRecord& record = state.relation(index);
    subject.relation = state.graph().id_of(record.relation());
    subject.entity = subject.relation->source;
    Finding finding = finding_of(rule, std::move(subject), std::move(description));
    finding.owner = owner_of(state.graph().entity(record.relation().source));
    finding.evidence = evidence_of_relation(record);
    return finding;
  }
  if (rule.subject == model::SubjectKind::finding) {
    const WeaknessRecord& record = state.weaknesses()[index];
    subject.entity = record.weakness().subject;
    subject.attribute = key_of(record.weakness());
    Finding finding = finding_of(rule, std::move(subject), std::move(description));
    finding.owner = owner_of(state.graph().entity(record.entity()));
    finding.evidence = evidence_of_weakness(record.weakness());
    finding.weakness = record.weakness();
    return finding;
  }
  const EntityRecord& record = state.entity(index);
  subject.entity = record.entity().id;
  Finding finding = finding_of(rule, std::move(subject), std::move(description));
  finding.owner = owner_of(record.entity());
  finding.evidence = evidence_of_entity(rule, record);
  return finding;
}

Description describe_subject(const Rule& rule, const Subjects& subjects, std::uint32_t index) {
  Activation activation;
  subjects.bind(index, activation);
  return describe(rule, activation, subjects.name_of(index));
}

const model::EntityId& renamed(const model::EntityId& id, const IdMap& names) {
  const auto at = names.find(id);
  return at == names.end() ? id : at->second;
}

std::optional<std::uint32_t> find_weakness(const StateView& state, const model::Weakness& wanted) {
  const auto all = state.weaknesses();
  const auto less = [](const WeaknessRecord& record, const model::Weakness& weakness) {
    return is_before(record.weakness(), weakness);
  };
  const auto at = std::lower_bound(all.begin(), all.end(), wanted, less);
  const bool same = at != all.end() && !is_before(wanted, at->weakness());
  return same ? std::optional(static_cast<std::uint32_t>(at - all.begin())) : std::nullopt;
}

/// The same subject in the other state, also under another name.
std::optional<std::uint32_t> counterpart(const Subjects& here, std::uint32_t index, const Subjects& there, const IdMap& names) {
  const model::ArchitectureGraph& from = here.state().graph();
  const model::ArchitectureGraph& to = there.state().graph();
  if (here.kind() == model::SubjectKind::relation) {
    model::RelationId id = from.id_of(from.relation(index));
    if (const auto same = to.find(id)) return same;
    id.source = renamed(id.source, names);
    id.target = renamed(id.target, names);
    return to.find(id);
  }
  if (here.kind() == model::SubjectKind::finding) {
    model::Weakness wanted = here.state().weaknesses()[index].weakness();
    if (const auto same = find_weakness(there.state(), wanted)) return same;
    wanted.subject = renamed(wanted.subject, names);
    return find_weakness(there.state(), wanted);
  }
  const model::EntityId& id = from.entity(index).id;
  const auto same = to.find(id);
  return same ? same : to.find(renamed(id, names));
}

const Hit* find_hit(const Judgement& judgement, std::optional<std::uint32_t> subject) {
  if (!subject) return nullptr;
  const auto less = [](const Hit& hit, std::uint32_t wanted) { return hit.subject < wanted; };
  const auto at = std::lower_bound(judgement.hits.begin(), judgement.hits.end(), *subject, less);
  return at != judgement.hits.end() && at->subject == *subject ? &*at : nullptr;
}

BaselineState state_of(const Hit& now, const Description& description, const Hit* before, const Description* description_before) {
  if (before == nullptr) return BaselineState::added;
  const bool became_certain = before->undecided && !now.undecided;
  const bool grew = !std::includes(description_before->salient.begin(), description_before->salient.end(),
                                   description.salient.begin(), description.salient.end());
  const bool rose = description.severity > description_before->severity;
  return became_certain || grew || rose ? BaselineState::updated : BaselineState::unchanged;
}

void sort_by_subject(std::vector<Finding>& findings) {
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
    return std::tie(a.subject.entity, a.subject.relation, a.subject.attribute) <
           std::tie(b.subject.entity, b.subject.relation, b.subject.attribute);
  });
}

/// Findings that were there before and are gone.
void add_absent(const Rule& rule, const Subjects& before, const Judgement& judged_before, const Subjects& after,
                const Judgement& judged_after, const Renames& renames, RuleOutcome& outcome) {
  for (const Hit& hit : judged_before.hits) {
    const auto now = counterpart(before, hit.subject, after, renames.to_after);
    if (find_hit(judged_after, now) != nullptr) continue;
    const auto& silent = judged_after.without_word;
    if (now && std::binary_search(silent.begin(), silent.end(), *now)) continue;  // nobody knows whether it is gone
    Finding finding = state_finding(rule, before, hit.subject, describe_subject(rule, before, hit.subject));
    finding.state = BaselineState::absent;
    finding.undecided = hit.undecided;
    outcome.findings.push_back(std::move(finding));
  }
}

model::FindingSubject subject_of(const Rule& rule, const ChangeRecord& change) {
  model::FindingSubject subject;
  subject.kind = model::SubjectKind::change;
  if (change.relation_change() != nullptr) {
    subject.relation = change.relation_change()->id;
    subject.entity = subject.relation->source;
    subject.change = change.relation_change()->kind;
  } else {
    subject.entity = change.entity_change()->id;
    subject.change = change.entity_change()->kind;
  }
  if (rule.group_by == GroupBy::attribute && change.attribute_change() != nullptr) {
    subject.attribute = path_of(*change.attribute_change());
    subject.change = change.kind();
  }
  return subject;
}

bool same_subject(const ChangeRecord& a, const ChangeRecord& b) {
  return a.entity_change() == b.entity_change() && a.relation_change() == b.relation_change();
}

Finding change_finding(const Rule& rule, const Subjects& changes, std::span<const Hit> group, const model::Delta& delta,
                       RuleOutcome& outcome) {
  std::vector<const ChangeRecord*> records;
  std::vector<cel::Value> values;
  for (const Hit& hit : group) {
    records.push_back(&changes.change(hit.subject));
    values.push_back(cel::Value::record(*records.back()));
  }
  Activation activation;
  changes.bind(group.front().subject, activation);
  activation.append(cel::Value::own_list(std::move(values)));
  const std::string name = changes.name_of(group.front().subject);
  Description description = describe(rule, activation, name);
  note_trouble(outcome, name, description);
  Finding finding = finding_of(rule, subject_of(rule, *records.front()), std::move(description));
  finding.evidence = evidence_of_changes(records, delta);
  const EntityRecord* after = records.front()->entity_after();
  const EntityRecord* entity = after != nullptr ? after : records.front()->entity_before();
  if (entity != nullptr) finding.owner = owner_of(entity->entity());
  finding.undecided = std::all_of(group.begin(), group.end(), [](const Hit& hit) { return hit.undecided; });
  return finding;
}

}  // namespace

Renames::Renames(const model::Delta& delta) {
  for (const model::Rename& rename : delta.renames) {
    to_before[rename.added] = rename.removed;
    to_after[rename.removed] = rename.added;
  }
}

RuleOutcome compare_states(const Rule& rule, const Subjects& before, const Judgement& judged_before, const Subjects& after,
                           const Judgement& judged_after, const Renames& renames) {
  RuleOutcome outcome{{}, problem_of(rule, judged_after), judged_before.judged + judged_after.judged};
  outcome.findings.reserve(judged_after.hits.size());
  for (const Hit& hit : judged_after.hits) {
    const auto old_index = counterpart(after, hit.subject, before, renames.to_before);
    const Hit* old_hit = find_hit(judged_before, old_index);
    const Description description = describe_subject(rule, after, hit.subject);
    const std::optional<Description> old_description =
        old_hit == nullptr ? std::nullopt : std::optional(describe_subject(rule, before, *old_index));
    note_trouble(outcome, after.name_of(hit.subject), description);
    Finding finding = state_finding(rule, after, hit.subject, description);
    finding.state = state_of(hit, description, old_hit, old_description ? &*old_description : nullptr);
    finding.undecided = hit.undecided;
    outcome.findings.push_back(std::move(finding));
  }
  add_absent(rule, before, judged_before, after, judged_after, renames, outcome);
  sort_by_subject(outcome.findings);
  return outcome;
}

RuleOutcome report_changes(const Rule& rule, const Subjects& changes, const Judgement& judgement, const model::Delta& delta) {
  RuleOutcome outcome{{}, problem_of(rule, judgement), judgement.judged};
  const std::span<const Hit> hits(judgement.hits);
  for (std::size_t first = 0; first < hits.size();) {
    std::size_t last = first + 1;
    const auto joins = [&](const Hit& hit) {
      return rule.group_by == GroupBy::subject && same_subject(changes.change(hits[first].subject), changes.change(hit.subject));
    };
    while (last < hits.size() && joins(hits[last])) ++last;
    outcome.findings.push_back(change_finding(rule, changes, hits.subspan(first, last - first), delta, outcome));
    first = last;
  }
  sort_by_subject(outcome.findings);
  return outcome;
}

}  // namespace postern::policy
