// SPDX-License-Identifier: Apache-2.0
// Hunts through states.
#include "app/inventory/hunt.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "app/scoring.h"
#include "policy/state_view.h"
#include "risk/context.h"
#include "risk/scorer.h"

namespace postern::app {
namespace {

using model::EntityId;
using model::Symbol;

template <typename T>
void settle(std::vector<T>& list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

/// The rows of one state.
class StateHunt {
 public:
  StateHunt(const Hunted& hunted, const InventoryState& state, base::DiagnosticSink& sink) : m_hunted(hunted), m_state(state) {
    const enrich::Intelligence intelligence = hunted.intelligence();
    const enrich::Enrichment found = enrich::enrich({state.view, state.linked.graph, state.components}, intelligence, sink);
    if (hunted.kind() != HuntedKind::weakness) add_components();
    for (const model::Weakness& weakness : found.after) add(weakness);
  }

  [[nodiscard]] std::vector<HuntRow> rows() {
    std::vector<HuntRow> list;
    if (m_rows.empty()) return list;
    const risk::RiskContext context(m_state.request.risk_model, m_state.linked.graph,
                                    m_state.request.environment.environment_class);
    for (auto& [key, row] : m_rows) {
      finish(row);
      if (const auto index = m_state.linked.graph.find(std::get<0>(key))) rate(context, *index, row);
      list.push_back(std::move(row));
    }
    return list;
  }

 private:
  /// Entity, package, and of a weakness without package its file.
  using Key = std::tuple<EntityId, Symbol, Symbol>;

  HuntRow& row_of(const EntityId& id, Symbol package, Symbol file) {
    const auto [at, fresh] = m_rows.try_emplace({id, package, file});
    if (!fresh) return at->second;
    if (const auto index = m_state.linked.graph.find(id)) at->second.entity = described(m_state, *index);
    at->second.package = package;
    at->second.is_certain = false;
    return at->second;
  }

  void add_components() {
    for (const model::Component& component : m_state.components) {
      const model::Library& library = *component.library;
      const std::optional<bool> is = m_hunted.is(library);
      if (is == false) continue;
      HuntRow& row = row_of(component.owner, library.purl, {});
      if (!library.version.empty()) row.versions.push_back(library.version);
      row.evidence.push_back({component.file, library.line, library.column});
      row.is_certain = row.is_certain || is.has_value();
    }
  }

  void add(const model::Weakness& weakness) {
    if (!m_hunted.is(weakness)) return;
    HuntRow& row = row_of(weakness.subject, weakness.package, weakness.package.empty() ? weakness.file : Symbol());
    row.versions.insert(row.versions.end(), weakness.versions.begin(), weakness.versions.end());
    row.fixed_in.insert(row.fixed_in.end(), weakness.fixed_in.begin(), weakness.fixed_in.end());
    row.evidence.insert(row.evidence.end(), weakness.evidence.begin(), weakness.evidence.end());
    row.is_certain = row.is_certain || weakness.is_certain;
    row.weaknesses.push_back(weakness);
  }

  static void finish(HuntRow& row) {
    settle(row.versions);
    settle(row.fixed_in);
    settle(row.evidence);
  }

  /// The score of a row is that of its worst weakness. A package without one counts as what nobody has scored: the model's default.
  void rate(const risk::RiskContext& context, model::EntityIndex index, HuntRow& row) const {
    const risk::RiskModel& model = m_state.request.risk_model;
    const model::RiskFactors plain = context.factors_for(index);
    std::vector<std::pair<std::int32_t, model::Weakness>> rated;
    for (model::Weakness& weakness : row.weaknesses) {
      model::RiskFactors factors = plain;
      set_threat(weakness, policy::severity_of(weakness), factors);
      rated.emplace_back(risk::score_tenths(model, factors), std::move(weakness));
    }
    std::stable_sort(rated.begin(), rated.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    row.weaknesses.clear();
    model::RiskFactors factors = plain;
    if (!rated.empty()) set_threat(rated.front().second, policy::severity_of(rated.front().second), factors);
    for (auto& [score, weakness] : rated) row.weaknesses.push_back(std::move(weakness));
    const model::RiskAssessment assessment = risk::assess(model, factors);
    row.entity.score_tenths = assessment.score_tenths;
    row.entity.band = assessment.band;
    if (assessment.path) row.entity.path = *assessment.path;
  }

  const Hunted& m_hunted;
  const InventoryState& m_state;
  std::map<Key, HuntRow> m_rows;
};

bool is_before(const HuntRow& a, const HuntRow& b) {
  // What is known to be weak comes before what only is there.
  const auto key = [](const HuntRow& row) { return std::tuple(row.weaknesses.empty(), -row.entity.score_tenths); };
  if (key(a) != key(b)) return key(a) < key(b);
  return std::tie(a.entity.id, a.package, a.entity.source) < std::tie(b.entity.id, b.package, b.entity.source);
}

}  // namespace

HuntAnswer run_hunt(const Hunted& hunted, const GateRequest& request, const std::vector<StateSources>& states, Talk talk) {
  std::vector<std::vector<HuntRow>> found(states.size());
  InventoryQuestion question;
  question.depth = [&](const model::StateView& view) { return hunted.may_be_in(view) ? Depth::full : Depth::counts; };
  question.answer = [&](std::size_t number, const InventoryState& state, base::DiagnosticSink& sink) {
    found[number] = StateHunt(hunted, state, sink).rows();
  };
  HuntAnswer answer;
  answer.looked = ask_states(request, states, question, talk);
  for (std::vector<HuntRow>& rows : found) std::move(rows.begin(), rows.end(), std::back_inserter(answer.rows));
  std::stable_sort(answer.rows.begin(), answer.rows.end(), is_before);
  return answer;
}

}  // namespace postern::app
