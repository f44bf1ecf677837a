// SPDX-License-Identifier: Apache-2.0
// The account of a run: everything that it used and found, written into the decision.
#include "app/account.h"

#include <postern/base/path.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <set>

#include "app/ci_system.h"
#include "app/control_changes.h"
#include "app/version.h"
#include "connection/technology.h"
#include "gate/rank.h"
#include "render/picture.h"

namespace postern::app {
namespace {

using gate::MetTrouble;
using gate::Trouble;

constexpr const char* k_record_hint =
    "record one: postern map PATH --format snapshot > baseline.json, then --baseline snapshot:baseline.json; "
    "for a first run without any: --baseline none";

std::string first_error(const base::DiagnosticSink& sink) {
  for (const base::Diagnostic& diagnostic : sink.all()) {
    if (diagnostic.severity != base::Severity::error) continue;
    return base::to_string(diagnostic.location) + ": " + diagnostic.message + " [" + diagnostic.code + "]";
  }
  return {};
}

std::string counted(std::size_t errors, const std::string& first) {
  return errors == 1 ? first : first + " (and " + std::to_string(errors - 1) + " more)";
}

bool discovered(const ReadSource& source) { return !source.snapshot.units.empty(); }

void add_baseline_troubles(const Account& account, std::vector<MetTrouble>& troubles) {
  if (!account.chosen.trouble.empty()) troubles.push_back({Trouble::baseline_missing, account.chosen.trouble, k_record_hint});
  const base::DiagnosticSink& diagnostics = account.baseline.diagnostics;
  if (diagnostics.has_errors()) {
    troubles.push_back({Trouble::baseline_unreadable,
                        "the baseline could not be read in full: " + counted(diagnostics.error_count(), first_error(diagnostics)),
                        {}});
  } else if (!account.chosen.sources.empty() && !account.chosen.has(acquire::SourceKind::none) && !discovered(account.baseline)) {
    troubles.push_back({Trouble::baseline_unreadable,
                        "the baseline " + account.chosen.text() + " holds nothing that any reader knows",
                        "an intended first run says so with --baseline none"});
  }
}

/// Workloads of the candidate's application before, and how many of them the candidate would remove.
std::pair<std::size_t, std::size_t> lost_workloads(const Account& account) {
  std::size_t before = 0;
  std::size_t lost = 0;
  for (const model::Entity& entity : account.before.graph.entities()) {
    if (!model::is_workload(entity.kind) || entity.id.application.empty()) continue;
    ++before;
    if (!account.after.graph.find(entity.id)) ++lost;
  }
  return {before, lost};
}

/// A partial candidate judged as a whole one looks as if it removed the rest. Who means it says so: --scope full.
void add_shrink_trouble(const Account& account, std::vector<MetTrouble>& troubles) {
  const auto [before, lost] = lost_workloads(account);
  const bool meant = account.request.configuration.scope.origin.text != "default";
  if (meant || lost < 2 || lost * 2 <= before) return;
  troubles.push_back({Trouble::candidate_shrank,
                      "the candidate would remove " + std::to_string(lost) + " of " + std::to_string(before) + " workloads",
                      "a part of the application is gated with --scope units; if the removal is meant, say so with --scope full"});
}

/// Whether something that the baseline has is gone from this file of the candidate.
bool lost_something(const Account& account, base::Symbol file) {
  const std::string_view name = base::file_name(file.view());
  const auto same_file = [&](const base::Location& location) {
    return location.file == file || base::file_name(location.file.view()) == name;
  };
  for (const model::EntityChange& change : account.delta.entities) {
    if (change.kind == model::ChangeKind::added) continue;
    const model::Entity& before = account.before.graph.entity(*change.before);
    const bool here = std::any_of(before.locations.begin(), before.locations.end(), same_file);
    if (!here) continue;
    if (change.kind == model::ChangeKind::removed) return true;
    const auto gone = [](const model::AttributeChange& each) {
      return each.before && !each.after && each.definition->origin == model::AttributeOrigin::declared;
    };
    if (std::any_of(change.attributes.begin(), change.attributes.end(), gone)) return true;
  }
  return false;
}

/// A text that ends in the middle of a line and says less than before was probably cut off on its way here.
void add_cut_off_troubles(const Account& account, std::vector<MetTrouble>& troubles) {
  for (const base::Symbol file : account.candidate.cut_off) {
    if (!lost_something(account, file)) continue;
    troubles.push_back({Trouble::input_unreadable,
                        file.str() + " ends in the middle of a line and lacks things that the baseline has: it may be cut off",
                        "check that the file is whole; a whole file ends with a line feed"});
  }
}

/// Objects of kinds that no reader knows pass unjudged: those that the release adds are said, and are no pass.
void add_unread_trouble(const Account& account, std::vector<MetTrouble>& troubles) {
  std::string kinds;
  for (const auto& [kind, count] : account.after.unread_kinds) {
    const auto at = std::find_if(account.before.unread_kinds.begin(), account.before.unread_kinds.end(),
                                 [&](const auto& row) { return row.first == kind; });
    const std::uint64_t before = at == account.before.unread_kinds.end() ? 0 : at->second;
    if (count > before) kinds += (kinds.empty() ? "" : ", ") + kind + " (" + std::to_string(count - before) + ")";
  }
  if (kinds.empty()) return;
  troubles.push_back({Trouble::kinds_unread,
                      "the release adds objects of kinds that are not read yet, so they were not judged: " + kinds,
                      "look at them by hand; `postern list formats` prints what is read"});
}

void add_candidate_troubles(const Account& account, std::vector<MetTrouble>& troubles) {
  const std::array<const base::DiagnosticSink*, 2> sinks = {&account.candidate.diagnostics, &account.after.diagnostics};
  for (const base::DiagnosticSink* sink : sinks) {
    if (!sink->has_errors()) continue;
    troubles.push_back(
        {Trouble::input_unreadable, "not everything could be judged: " + counted(sink->error_count(), first_error(*sink)), {}});
  }
  if (account.before.diagnostics.has_errors()) {
    const base::DiagnosticSink& sink = account.before.diagnostics;
    troubles.push_back({Trouble::baseline_unreadable, "in the baseline: " + counted(sink.error_count(), first_error(sink)), {}});
  }
  if (!discovered(account.candidate)) {
    troubles.push_back({Trouble::nothing_discovered, "nothing was discovered in " + account.candidate.judged.description,
                        "check the path; `postern list formats` prints what can be read"});
  }
}

/// What the environment expects of every candidate, and this one did not bring.
void add_missing_troubles(const Account& account, std::vector<MetTrouble>& troubles) {
  for (const model::InputKind expected : account.request.expected) {
    const auto& units = account.candidate.snapshot.units;
    const auto is_expected = [&](const model::Unit& unit) { return unit.id.kind == expected && !unit.inputs.empty(); };
    if (std::any_of(units.begin(), units.end(), is_expected)) continue;
    troubles.push_back({Trouble::input_missing,
                        "the candidate brings no input of the kind " + std::string(model::to_string(expected)) +
                            ", which the environment " + account.request.environment.name + " expects",
                        "add it to the sources of the run, or take the kind out of `expect` in the configuration"});
  }
}

/// A bill of materials that went missing must not hide what it would have shown: where weaknesses are judged, or bills of materials
/// are expected, what nobody lists cannot be judged.
void add_component_troubles(const Account& account, std::vector<MetTrouble>& troubles) {
  constexpr std::string_view k_unknown_libraries = "P2007";
  constexpr std::string_view k_empty_bill = "P1220";
  const auto& expected = account.request.expected;
  const bool is_asked = account.threats.is_there() || std::ranges::find(expected, model::InputKind::sbom) != expected.end();
  if (!is_asked) return;
  for (const base::Diagnostic& each : account.after.diagnostics.all()) {
    if (each.code == k_unknown_libraries) troubles.push_back({Trouble::components_unknown, each.message, each.hint});
  }
  const auto is_empty = [&](const base::Diagnostic& each) { return each.code == k_empty_bill; };
  const auto& before = account.baseline.diagnostics.all();
  const auto& after = account.candidate.diagnostics.all();
  const auto first = std::ranges::find_if(after, is_empty);
  if (std::ranges::count_if(before, is_empty) < std::ranges::count_if(after, is_empty))
    troubles.push_back({Trouble::components_unknown, first->message + " (" + base::to_string(first->location) + ")", first->hint});
}

/// News that nobody has fetched cannot be judged.
void add_threat_troubles(const Account& account, std::vector<MetTrouble>& troubles) {
  constexpr const char* k_hint = "bring it up to date: postern threatdb update, or postern threatdb import FILE...";
  if (!account.threats.is_there()) return;
  const std::string ages = account.threats.age_text();
  switch (account.threats.freshness()) {
    case threatdb::Freshness::fresh:
      return;
    case threatdb::Freshness::aging:
      troubles.push_back({Trouble::threat_data_aging, "the threat database is getting old: " + ages, k_hint});
      return;
    case threatdb::Freshness::stale:
      troubles.push_back({Trouble::threat_data_stale, "the threat database is too old: " + ages, k_hint});
      return;
    case threatdb::Freshness::missing:
      troubles.push_back({Trouble::threat_data_missing, "the threat database holds no advisories", k_hint});
      return;
  }
}

/// Whether a soft rule in use would block earlier by itself.
bool is_weakened_by_threshold(const GateRequest& request) {
  for (const policy::Pack& pack : request.packs.packs) {
    for (const policy::Rule& rule : pack.rules) {
      if (rule.enforcement == model::Enforcement::soft && request.block_at && rule.block_at < *request.block_at) return true;
    }
  }
  return false;
}

void add_rule_troubles(const Account& account, std::vector<MetTrouble>& troubles) {
  if (account.request.packs.rule_count() == 0) troubles.push_back({Trouble::no_rules, "there is no rule to judge by", {}});
  for (const model::RuleProblem& problem : account.evaluation.problems) {
    if (!problem.makes_indeterminate) continue;
    troubles.push_back({Trouble::rule_undecided, "rule " + problem.rule + " could not be decided: " + problem.first_message, {}});
  }
}

std::vector<model::Weakening> weakenings_of(const Account& account) {
  std::vector<model::Weakening> weakenings;
  const GateRequest& request = account.request;
  const bool production = request.environment.environment_class == model::EnvironmentClass::production;
  if (account.chosen.has(acquire::SourceKind::none)) {
    weakenings.push_back({"no-baseline", "compared with nothing: everything counts as new", "--baseline none"});
  }
  if (production && account.chosen.has(acquire::SourceKind::git)) {
    weakenings.push_back({"baseline-is-a-commit",
                          "compared with a commit instead of a recorded state: what is merged but not yet deployed "
                          "looks unchanged",
                          "--baseline " + account.chosen.text()});
  }
  if (request.configuration.warn_exit_code.value != 0) {
    weakenings.push_back({"warn-exit-code",
                          "warnings end with exit code " + std::to_string(request.configuration.warn_exit_code.value),
                          request.configuration.warn_exit_code.origin.text});
  }
  if (const auto& tools = request.configuration.trusted_reports; !tools.value.empty()) {
    weakenings.push_back(
        {"reports-trusted",
         "findings count as closed, and weak code as not called, where " + base::join(tools.value, ", ") + " says so",
         tools.origin.text});
  }
  if (request.foreign_owner == acquire::ForeignOwner::allowed) {
    weakenings.push_back({"foreign-owner", "the git repository may belong to another user", "--allow-foreign-owner"});
  }
  if (is_weakened_by_threshold(request)) {
    weakenings.push_back({"threshold",
                          "soft rules block from the band " + std::string(model::to_string(*request.block_at)) + " on only",
                          request.configuration.environments.at(request.environment.name).block_at_origin});
  }
  if (!request.inputs.trouble().empty()) weakenings.push_back({"unprotected-inputs", request.inputs.trouble(), "the CI system"});
  if (!request.configuration.risk_model.value.empty()) {
    weakenings.push_back({"risk-model", "numbers of the risk model are overridden", request.configuration.risk_model.origin.text});
  }
  weakenings.insert(weakenings.end(), request.packs.weakenings.begin(), request.packs.weakenings.end());
  return weakenings;
}

model::JudgedSource judged(const ReadSource& source, const LinkedState& state) {
  model::JudgedSource result = source.judged;
  const auto is_library = [](const model::Entity& entity) { return entity.kind == model::EntityKind::library; };
  const auto contains = [](const model::Relation& relation) { return relation.kind == model::RelationKind::contains; };
  const auto entities = state.graph.entities();
  const auto relations = state.graph.relations();
  // Libraries are told by their owners' numbers; as entities there are only as many as the comparison needs.
  result.entities = entities.size() - static_cast<std::size_t>(std::count_if(entities.begin(), entities.end(), is_library));
  result.relations = relations.size() - static_cast<std::size_t>(std::count_if(relations.begin(), relations.end(), contains));
  result.unread_kinds = state.unread_kinds;
  return result;
}

model::Funnel funnel_of(const Account& account, const std::vector<model::Finding>& findings) {
  model::Funnel funnel{account.after.facts, account.delta.change_count(), 0, 0};
  for (const model::Finding& finding : findings) {
    if (model::is_risky(finding)) ++funnel.risky;
    if (model::is_blocking(finding)) ++funnel.blocking;
  }
  return funnel;
}

/// `before`: what was there before the release; else what will be there after it.
void count_bands(const std::vector<model::Finding>& findings, model::Posture& before, model::Posture& after) {
  for (const model::Finding& finding : findings) {
    const auto band = static_cast<std::size_t>(finding.risk.band);
    const bool was = finding.state != model::BaselineState::added;
    const bool is = finding.state != model::BaselineState::absent;
    if (was) ++before.findings_per_band.at(band);
    if (is) ++after.findings_per_band.at(band);
  }
}

std::vector<base::Diagnostic> all_diagnostics(const Account& account) {
  std::set<base::Diagnostic> sorted;
  const std::array<const base::DiagnosticSink*, 4> sinks = {&account.baseline.diagnostics, &account.candidate.diagnostics,
                                                            &account.before.diagnostics, &account.after.diagnostics};
  for (const base::DiagnosticSink* sink : sinks) {
    sorted.insert(sink->all().begin(), sink->all().end());
  }
  return {sorted.begin(), sorted.end()};
}

void describe_judges(const GateRequest& request, model::Decision& decision) {
  decision.policy_digest = request.packs.digest();
  for (const policy::Pack& pack : request.packs.packs) decision.packs.emplace_back(pack.name, pack.version);
  decision.rules = request.packs.rule_count();
  decision.judged_rules = judged_rules(request.packs);
  decision.protected_side = request.inputs.side();
  if (decision.protected_side) decision.judged_rules.push_back(control_rule());
  const risk::RiskModel& risk_model = request.risk_model;
  decision.risk_model_version = risk_model.version;
  decision.risk_model_digest = risk_model.digest;
  decision.knowledge_digest = knowledge_digest();
  decision.configuration_digest = request.configuration.digest;
}

/// How many rows of each report are about something that the architecture has.
void count_bound(const enrich::Enrichment& enrichment, std::vector<model::JudgedReport>& reports) {
  std::vector<const enrich::ReportCount*> left;
  for (const enrich::ReportCount& count : enrichment.reports) left.push_back(&count);
  for (model::JudgedReport& report : reports) {
    const auto same = [&](const enrich::ReportCount* count) {
      return count->file.view() == report.path && count->tool.view() == report.tool && count->rows == report.findings;
    };
    const auto at = std::find_if(left.begin(), left.end(), same);
    if (at == left.end()) continue;
    report.bound = (*at)->rows - (*at)->closed - (*at)->unbound;
    left.erase(at);
  }
}

}  // namespace

gate::Evidence evidence_of(const Account& account) {
  gate::Evidence evidence;
  evidence.environment = account.request.environment.environment_class;
  evidence.findings = account.evaluation.findings;
  evidence.baseline_known = is_known(account.chosen, account.baseline);
  evidence.warn_exit_code = account.request.configuration.warn_exit_code.value;
  add_baseline_troubles(account, evidence.troubles);
  add_candidate_troubles(account, evidence.troubles);
  add_shrink_trouble(account, evidence.troubles);
  add_unread_trouble(account, evidence.troubles);
  add_cut_off_troubles(account, evidence.troubles);
  add_missing_troubles(account, evidence.troubles);
  add_component_troubles(account, evidence.troubles);
  add_threat_troubles(account, evidence.troubles);
  add_rule_troubles(account, evidence.troubles);
  return evidence;
}

model::Decision decision_of(Account account, const gate::Outcome& outcome) {
  model::Decision decision;
  const GateRequest& request = account.request;
  decision.tool_version = version();
  decision.application = account.candidate.snapshot.units.empty() ? account.application
                                                                  : account.candidate.snapshot.units.front().id.application.str();
  decision.environment = request.environment.name;
  decision.environment_class = model::environment_class_name(request.environment.environment_class);
  decision.scope = model::to_string(request.configuration.scope.value);
  decision.verdict = outcome.verdict;
  decision.exit_code = outcome.exit_code;
  decision.reasons = outcome.reasons;
  decision.weakenings = weakenings_of(account);
  decision.baseline = judged(account.baseline, account.before);
  if (decision.baseline.description.empty()) decision.baseline.description = "none";
  decision.candidate = judged(account.candidate, account.after);
  count_bound(account.enrichment, decision.candidate.reports);
  decision.version_control = version_control();
  describe_judges(request, decision);
  decision.threat_digest = account.threats.digest();
  decision.context_drift = account.context_drift;
  decision.findings = std::move(account.evaluation.findings);
  name_kinds(decision.findings, account.before.graph, account.after.graph);
  decision.top = gate::top_three(decision.findings);
  decision.problems = account.evaluation.problems;
  decision.funnel = funnel_of(account, decision.findings);
  decision.before = posture_of(account.before.graph);
  decision.after = posture_of(account.after.graph);
  count_bands(decision.findings, decision.before, decision.after);
  decision.changes = reported_changes(account.delta, account.before.graph, account.after.graph);
  for (const model::Rename& rename : account.delta.renames) {
    decision.renames.emplace_back(rename.removed.address.str(), rename.added.address.str());
  }
  decision.flows = reported_flows(account.delta, account.before.graph, account.after.graph);
  decision.services = reported_services(account.delta, account.after.graph);
  decision.picture = picture_of(account.delta, account.before.graph, account.after.graph);
  decision.map = map_of(account.delta, account.before.graph, account.after.graph, render::picture_options_for(decision).deciding);
  decision.diagnostics = all_diagnostics(account);
  return decision;
}

}  // namespace postern::app
