// SPDX-License-Identifier: Apache-2.0
// Asks a condition of every entity of many states.
#include "app/inventory/query.h"

#include <algorithm>
#include <tuple>

#include "risk/context.h"
#include "risk/scorer.h"

namespace postern::app {
namespace {

struct Part {
  std::vector<InventoryEntity> matches;
  std::vector<InventoryEntity> undecided;
  std::uint64_t asked = 0;
  std::uint64_t failed = 0;
  std::string first_failure;
};

InventoryEntity rated(const InventoryState& state, const risk::RiskContext& context, model::EntityIndex index) {
  InventoryEntity row = described(state, index);
  model::RiskFactors factors = context.factors_for(index);
  factors.maturity = model::ExploitMaturity::inherent;
  const model::RiskAssessment assessment = risk::assess(state.request.risk_model, factors);
  row.score_tenths = assessment.score_tenths;
  row.band = assessment.band;
  if (assessment.path) row.path = *assessment.path;
  return row;
}

Part ask_state(const policy::Query& query, const enrich::Intelligence& intelligence, const InventoryState& state,
               base::DiagnosticSink& sink) {
  enrich::Enrichment known;
  if (query.asks_weaknesses) known = enrich::enrich({state.view, state.linked.graph, state.components}, intelligence, sink);
  const policy::StateView view(state.linked.graph, known.after, state.components);
  const policy::QueryAnswer answer = policy::ask(query, view, state.request.environment);
  Part part;
  part.asked = answer.asked;
  part.failed = answer.failed.size();
  part.first_failure = answer.first_failure;
  if (answer.matches.empty() && answer.unknown.empty()) return part;
  const risk::RiskContext context(state.request.risk_model, state.linked.graph, state.request.environment.environment_class);
  for (const model::EntityIndex index : answer.matches) part.matches.push_back(rated(state, context, index));
  for (const model::EntityIndex index : answer.unknown) part.undecided.push_back(rated(state, context, index));
  return part;
}

void sort_by_risk(std::vector<InventoryEntity>& rows) {
  std::stable_sort(rows.begin(), rows.end(), [](const InventoryEntity& a, const InventoryEntity& b) {
    if (a.score_tenths != b.score_tenths) return a.score_tenths > b.score_tenths;
    return std::tie(a.id, a.source) < std::tie(b.id, b.source);
  });
}

}  // namespace

QueryResult run_query(const policy::Query& query, const Threats& threats, const GateRequest& request,
                      const std::vector<StateSources>& states, Talk talk) {
  const enrich::Intelligence intelligence = threats.intelligence();
  std::vector<Part> parts(states.size());
  InventoryQuestion question;
  question.depth = [](const model::StateView&) { return Depth::full; };
  question.answer = [&](std::size_t number, const InventoryState& state, base::DiagnosticSink& sink) {
    parts[number] = ask_state(query, intelligence, state, sink);
  };
  QueryResult result;
  result.looked = ask_states(request, states, question, talk);
  for (Part& part : parts) {
    result.asked += part.asked;
    result.failed += part.failed;
    if (result.first_failure.empty()) result.first_failure = part.first_failure;
    std::move(part.matches.begin(), part.matches.end(), std::back_inserter(result.matches));
    std::move(part.undecided.begin(), part.undecided.end(), std::back_inserter(result.undecided));
  }
  sort_by_risk(result.matches);
  sort_by_risk(result.undecided);
  return result;
}

}  // namespace postern::app
