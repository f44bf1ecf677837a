// SPDX-License-Identifier: Apache-2.0
// Findings -> findings with a score: the wire between rules, graph and scorer.
#include "app/scoring.h"

#include <postern/base/parallel.h>

#include <algorithm>
#include <numeric>

#include "risk/drift.h"
#include "risk/scorer.h"

namespace postern::app {
namespace {

using model::BaselineState;
using model::EntityIndex;
using model::Finding;
using model::RiskFactors;

/// Why the score falls when the finding is mended.
enum class FixEffect : std::uint8_t {
  gone,        ///< nothing of it is left: the secret is out of the manifest
  as_before,   ///< the control is back, the route is closed: what the baseline had
  unreachable  ///< new subjects: the way in is closed
};

FixEffect fix_effect_of(const Finding& finding, bool known_before) {
  if (finding.category == "secrets") return FixEffect::gone;
  return known_before ? FixEffect::as_before : FixEffect::unreachable;
}

const model::EntityId& subject_of(const Finding& finding) {
  return finding.subject.relation ? finding.subject.relation->source : finding.subject.entity;
}

class Scoring {
 public:
  explicit Scoring(const RiskSides& sides)
      : m_sides(sides), m_model(sides.model()), m_before(sides.before()), m_after(sides.after()) {}

  void score(Finding& finding) const {
    const bool gone = finding.state == BaselineState::absent;
    const auto& graph = gone ? m_before : m_after;
    const auto& context = gone ? m_sides.context_before() : m_sides.context_after();
    const model::EntityId& id = subject_of(finding);
    const auto subject = find_attacked(graph, id);
    const auto earlier = find_attacked(m_before, id);
    const auto lateral = !gone && lost_isolation(subject, earlier) ? risk::Lateral::possible : risk::Lateral::no;
    if (subject) {
      finding.factors = context.factors_for(*subject, lateral);
      finding.reach = reach_of(context, graph, *subject);
      if (finding.owner.empty()) finding.owner = graph.entity(*subject).attributes.text(model::attribute::owner).str();
    } else if (earlier) {
      finding.factors = m_sides.context_before().factors_for(*earlier);  // removed: what it was
    }
    finding.factors.severity = finding.severity;
    finding.factors.maturity = model::ExploitMaturity::inherent;
    std::optional<RiskFactors> before;
    if (earlier) {
      before = m_sides.context_before().factors_for(*earlier);
      before->severity = finding.severity;
    }
    finding.risk = risk::assess(m_model, finding.factors, fixed_factors(finding, before));
    finding.score_after_fix_tenths = finding.risk.score_after_fix_tenths;
    if (before && subject && !gone) add_drift(finding, *before);
  }

 private:
  /// Whether nothing keeps connections away any more: then an attacker inside needs no declared relation.
  [[nodiscard]] bool lost_isolation(std::optional<EntityIndex> subject, std::optional<EntityIndex> earlier) const {
    return subject && earlier && m_before.entity(*earlier).attributes.is_true(model::attribute::ingress_isolated) &&
           !m_after.entity(*subject).attributes.is_true(model::attribute::ingress_isolated);
  }

  /// The entity that is attacked: of a library what contains it.
  static std::optional<EntityIndex> find_attacked(const model::ArchitectureGraph& graph, const model::EntityId& id) {
    const auto subject = graph.find(id);
    if (!subject || graph.entity(*subject).kind != model::EntityKind::library) return subject;
    for (const model::RelationIndex incoming : graph.incoming(*subject)) {
      if (graph.relation(incoming).kind == model::RelationKind::contains) return graph.relation(incoming).source;
    }
    return subject;
  }

  static std::vector<model::EntityId> reach_of(const risk::RiskContext& context, const model::ArchitectureGraph& graph,
                                               EntityIndex subject) {
    constexpr std::size_t k_most = 20;
    std::vector<model::EntityId> ids;
    for (const EntityIndex entity : context.reach(subject, k_most)) ids.push_back(graph.entity(entity).id);
    return ids;
  }

  [[nodiscard]] RiskFactors fixed_factors(const Finding& finding, const std::optional<RiskFactors>& before) const {
    RiskFactors fixed = finding.factors;
    switch (fix_effect_of(finding, before.has_value())) {
      case FixEffect::gone:
        fixed.severity = 0;
        return fixed;
      case FixEffect::unreachable:
        return risk::without(std::move(fixed), model::RiskFactorKind::reachability);
      case FixEffect::as_before:
        break;
    }
    // Where nothing changed, both score the same.
    const bool better = *before != fixed && risk::score_tenths(m_model, *before) < risk::score_tenths(m_model, fixed);
    return better ? *before : risk::without(std::move(fixed), model::RiskFactorKind::severity);
  }

  void add_drift(Finding& finding, const RiskFactors& before) const {
    if (before == finding.factors || risk::score_tenths(m_model, before) == finding.risk.score_tenths) return;
    finding.drift = risk::drift(m_model, before, finding.factors);
  }

  const RiskSides& m_sides;
  const risk::RiskModel& m_model;
  const model::ArchitectureGraph& m_before;
  const model::ArchitectureGraph& m_after;
};

}  // namespace

RiskSides::RiskSides(const risk::RiskModel& model, const model::ArchitectureGraph& before, const model::ArchitectureGraph& after,
                     model::EnvironmentClass environment, unsigned threads)
    : m_model(model), m_before(before), m_after(after) {
  base::run_both(
      threads, [&] { m_context_before.emplace(model, before, environment); },
      [&] { m_context_after.emplace(model, after, environment); });
}

void score(std::vector<model::Finding>& findings, const RiskSides& sides, unsigned threads) {
  const Scoring scoring(sides);
  // Findings about one subject one after the other: what it reaches is then looked for once.
  std::vector<std::size_t> order(findings.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return subject_of(findings[a]) < subject_of(findings[b]); });
  base::for_each_index(order.size(), threads, [&](std::size_t i) { scoring.score(findings[order[i]]); });
}

}  // namespace postern::app
