// SPDX-License-Identifier: Apache-2.0
// The gate's run from sources to decision: a list of steps that can be read aloud.
#include "app/pipeline.h"

#include <postern/base/lasting.h>
#include <postern/base/parallel.h>

#include <algorithm>
#include <array>

#include "acquire/ignore_rules.h"
#include "app/account.h"
#include "app/baseline_choice.h"
#include "app/context_drift.h"
#include "app/control_changes.h"
#include "app/images.h"
#include "app/scoring.h"
#include "app/service_settings.h"
#include "app/top_findings.h"
#include "classify/classify.h"
#include "compose/compose.h"
#include "compose/moves.h"
#include "derive/derive.h"
#include "diff/diff.h"
#include "enrich/enrich.h"
#include "gate/decide.h"
#include "gate/rank.h"
#include "policy/evaluate.h"
#include "resolve/attach.h"
#include "resolve/libraries/settle.h"
#include "resolve/resolve.h"

namespace postern::app {

LinkedState link(const model::StateView& view, const resolve::AddressBook& addresses, const ServiceSettings& services) {
  LinkedState state;
  resolve::Resolution resolution = resolve::resolve(view, addresses, state.diagnostics);
  state.graph = std::move(resolution.graph);
  state.facts = resolution.facts;
  for (const auto& [kind, count] : resolution.unread_kinds) state.unread_kinds.emplace_back(kind.str(), count);
  classify::classify(state.graph);
  state.graph = resolve::attach_descriptions(std::move(state.graph), state.diagnostics);
  classify::classify_contents(state.graph);
  apply_service_settings(services, state.graph);
  return state;
}

LinkedState link_and_derive(const model::StateView& view, const ServiceSettings& services) {
  LinkedState state = link(view, {}, services);
  derive::derive(state.graph);
  return state;
}

resolve::libraries::ServiceOfFile service_of_file(const Configuration& configuration) {
  return [&configuration](std::string_view path) -> std::optional<std::string> {
    for (const SbomSetting& setting : configuration.sboms) {
      // As in .gitignore a pattern also means what ends like it: sources of one repository are read from several roots.
      const bool matches = acquire::Glob(setting.file).matches(path) || acquire::Glob("**/" + setting.file).matches(path);
      if (matches) return setting.service;
    }
    return std::nullopt;
  };
}

namespace {

/// Reports of tools that the configuration believes, as far as the run was given them: what lies in the sources may be made up.
std::vector<const model::ReportFact*> believed_reports(const ReadSource& candidate, const Configuration& configuration) {
  const std::vector<std::string>& tools = configuration.trusted_reports.value;
  std::vector<const model::ReportFact*> believed;
  for (const auto& input : candidate.given_reports) {
    for (const model::Fact& fact : input->facts) {
      const auto* report = std::get_if<model::ReportFact>(&fact);
      if (report != nullptr && std::ranges::find(tools, report->tool.view()) != tools.end()) believed.push_back(report);
    }
  }
  return believed;
}

/// The reports that a source holds.
std::vector<const model::ReportFact*> reports_in(const ReadSource& source) {
  std::vector<const model::ReportFact*> reports;
  for (const model::Unit& unit : source.snapshot.units) {
    for (const auto& input : unit.inputs) {
      for (const model::Fact& fact : input->facts) {
        if (const auto* report = std::get_if<model::ReportFact>(&fact)) reports.push_back(report);
      }
    }
  }
  return reports;
}

}  // namespace

model::Decision run_gate(const GateRequest& request) {
  // acquire and read: bytes -> facts
  const std::vector<ControlChange> controls = changed_controls(request);
  SourceReader reader = reader_for(request, ignore_files_in_force(controls));
  const ChosenBaseline chosen = choose_baseline(request, reader);
  SourcePlace place = place_of(request, reader);
  // What is large is never taken apart: the process ends after the run.
  auto& baseline = base::make_lasting<ReadSource>(read_baseline(chosen, reader, place));
  auto& candidate = base::make_lasting<ReadSource>(reader.read(request.candidate, place, request.findings));
  replace_images(candidate, request.images);

  compose::adopt_moves(baseline.snapshot, candidate.snapshot);

  // compose: what the environment keeps, plus what this run brings
  const compose::Composition composed = compose::compose(baseline.snapshot, candidate.snapshot, request.configuration.scope.value);
  // Without any baseline nothing counts as new: the candidate is compared with itself, and the verdict says why.
  const bool comparable = is_known(chosen, baseline) || !baseline.snapshot.units.empty();
  const model::StateView before_view = comparable ? compose::view_of(baseline.snapshot) : composed.state;

  // resolve and classify: settings once, then both sides in the same way; what the candidate says about itself may raise risk,
  // never lower it
  const unsigned threads = request.threads;
  const auto& addresses = base::make_lasting<resolve::AddressBook>(std::array{&before_view, &composed.state}, threads);
  auto& before = base::make_lasting<LinkedState>();
  auto& after = base::make_lasting<LinkedState>();
  base::run_both(
      threads, [&] { before = link(before_view, addresses, request.configuration.services); },
      [&] { after = link(composed.state, addresses, request.configuration.services); });
  report_unused_service_settings(request.configuration.services, after.graph, after.diagnostics);
  classify::keep_claims(before.graph, after.graph);

  // derive (const from here)
  base::run_both(
      threads, [&] { derive::derive(before.graph); }, [&] { derive::derive(after.graph); });
  const resolve::libraries::Contents contents = resolve::libraries::add_libraries(
      {before_view, before.graph, before.diagnostics}, {composed.state, after.graph, after.diagnostics},
      service_of_file(request.configuration), resolve::libraries::LibraryDetail::differences);

  // diff, enrich, evaluate, score
  const model::Delta delta = diff::diff(before.graph, after.graph);
  const Threats threats(request.threats, request.now);
  const ReadSource vex = reader.read({}, place, request.vex);
  const enrich::Enrichment enrichment = enrich::enrich(
      {before_view, before.graph, contents.before}, {composed.state, after.graph, contents.after}, threats.intelligence(),
      {reports_in(vex), believed_reports(candidate, request.configuration)}, after.diagnostics);
  after.diagnostics.merge(vex.diagnostics);
  policy::Evaluation evaluation =
      policy::evaluate(request.packs, {before.graph, enrichment.before}, {after.graph, enrichment.after}, delta,
                       request.environment, {threads, policy::Candidates::guarded});
  const auto news = find_context_drift(request.configuration.threat_data, request.now, evaluation.findings);
  const auto& sides =
      base::make_lasting<RiskSides>(request.risk_model, before.graph, after.graph, request.environment.environment_class, threads);
  score(evaluation.findings, sides, threads);
  gate::block_from(evaluation.findings, request.block_at);
  add_findings(controls, request, evaluation.findings);
  gate::readmit(evaluation.findings, baseline.snapshot.admitted, request.now);
  gate::rank(evaluation.findings);
  explain_top(evaluation.findings, sides, threads);

  // decide, and account for everything that decided
  Account account{request, chosen,     baseline, candidate,  before, after,
                  delta,   evaluation, threats,  enrichment, news,   place.application};
  const gate::Outcome outcome = gate::decide(evidence_of(account));
  return decision_of(std::move(account), outcome);
}

}  // namespace postern::app
