// SPDX-License-Identifier: Apache-2.0
// Findings -> findings with a score: the wire between rules, graph and scorer.
#include "app/scoring.h"

#include <postern/base/parallel.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <string_view>

#include "risk/drift.h"
#include "risk/factors.h"
#include "risk/scorer.h"

namespace postern::app {
namespace {

using model::BaselineState;
using model::EntityIndex;
using model::Finding;
using model::RiskFactors;

/// Categories that are about what something is allowed, not about how it is reached.
constexpr std::array<std::string_view, 4> k_not_about_ways = {"identity", "removed-controls", "resilience", "third-parties"};
constexpr std::string_view k_attack_surface = "attack-surface";
constexpr std::string_view k_removed_controls = "removed-controls";
constexpr std::string_view k_secrets = "secrets";

const model::EntityId& subject_of(const Finding& finding) {
  return finding.subject.relation ? finding.subject.relation->source : finding.subject.entity;
}

class Scoring {
 public:
  explicit Scoring(const RiskSides& sides)
      : m_sides(sides), m_model(sides.model()), m_before(sides.before()), m_after(sides.after()), m_ways(sides.ways()) {}

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
    set_threat(finding, finding.factors);
    std::optional<RiskFactors> before;
    if (earlier) {
      before = m_sides.context_before().factors_for(*earlier);
      set_threat(finding, *before);
    }
    const RiskFactors fixed = fixed_factors(finding, gone ? std::nullopt : subject, before);
    finding.risk = risk::assess(m_model, finding.factors, fixed);
    finding.score_after_fix_tenths = finding.risk.score_after_fix_tenths;
    if (before && subject && !gone) add_drift(finding, *before);
  }

 private:
  /// How bad it is and how ready exploits are: the same on both sides, since knowledge is. Drifts of design need no exploit, nor do
  /// flaws of configuration and secrets.
  static void set_threat(const Finding& finding, RiskFactors& factors) {
    if (finding.weakness) return app::set_threat(*finding.weakness, finding.severity, factors);
    factors.severity = finding.severity;
    factors.maturity = model::ExploitMaturity::inherent;
  }

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

  /// The factors once the finding is fixed; writes into it what the fix closes, what stays open, and, where several ways are as
  /// easy, the one that it is about.
  RiskFactors fixed_factors(Finding& finding, std::optional<EntityIndex> subject, const std::optional<RiskFactors>& before) const {
    RiskFactors fixed = finding.factors;
    if (finding.category == k_secrets || finding.weakness) return risk::without(std::move(fixed), model::RiskFactorKind::severity);
    if (subject && !fixed.paths.empty() && is_about_way(finding, before.has_value())) {
      const std::optional<Way> way = m_ways.to(*subject);
      if (way && !way->fresh.empty()) return with_way_closed(finding, *subject, *way, before);
    }
    if (!before) return risk::without(std::move(fixed), model::RiskFactorKind::reachability);
    fixed = as_before(finding, subject, *before);
    // Where nothing changed, both score the same.
    if (*before != finding.factors && score_of(fixed) < score_of(finding.factors)) return fixed;
    finding.remaining.reset();
    return risk::without(finding.factors, model::RiskFactorKind::severity);
  }

  /// Whether a way in is what is wrong, or may be.
  [[nodiscard]] bool is_about_way(const Finding& finding, bool known_before) const {
    if (!model::is_fresh(finding)) return false;
    if (!known_before) return true;
    if (finding.subject.kind == model::SubjectKind::change) return finding.category == k_attack_surface;
    // Who brings a relation to what was there takes it away again.
    if (finding.subject.relation && !m_before.find(*finding.subject.relation)) return false;
    return std::ranges::find(k_not_about_ways, finding.category) == k_not_about_ways.end();
  }

  RiskFactors with_way_closed(Finding& finding, EntityIndex subject, const Way& way,
                              const std::optional<RiskFactors>& before) const {
    std::vector<model::EntryPath>& paths = finding.factors.paths;
    const model::EntryPath* easiest = risk::easiest_of(m_model, finding.factors);
    const auto shown = std::ranges::find_if(paths, [&](const model::EntryPath& path) { return &path == easiest; });
    if (shown != paths.end() && risk::chance_of(m_model, *shown) == risk::chance_of(m_model, way.path)) *shown = way.path;
    RiskFactors fixed = finding.factors;
    // What is left of the easiest way; ways without declared relations are nobody's step to close.
    if (!fixed.paths.empty()) fixed.paths.erase(fixed.paths.begin());
    const risk::PathStep& step = way.steps[way.fresh.front()];
    finding.fix_closes = m_ways.described(step, way.path.entry);
    const std::optional<Way> rest = m_ways.to(subject, {step});
    if (rest) fixed.paths.push_back(rest->path);
    if (restores(finding, fixed, before)) {
      const model::EntryPath earlier = *risk::easiest_of(m_model, *before);
      fixed.paths.push_back(earlier);
      finding.remaining = described_as_restored(earlier);
    } else if (rest) {
      finding.remaining = m_ways.described(*rest);
    }
    return fixed;
  }

  /// Whether the release took an easier way away than all that would be left: then that one is what the fix goes back to. Never one
  /// that is worse than what is there now.
  [[nodiscard]] bool restores(const Finding& finding, const RiskFactors& fixed, const std::optional<RiskFactors>& before) const {
    const model::EntryPath* earlier = before ? risk::easiest_of(m_model, *before) : nullptr;
    if (earlier == nullptr) return false;
    const double chance = risk::chance_of(m_model, *earlier);
    return chance > risk::reachability_of(m_model, fixed) && chance <= risk::reachability_of(m_model, finding.factors);
  }

  /// The control is back or the change is undone, and ways that have nothing to do with it stay open.
  RiskFactors as_before(Finding& finding, std::optional<EntityIndex> subject, const RiskFactors& before) const {
    RiskFactors fixed = before;
    if (!subject || finding.factors.paths.empty() || !model::is_fresh(finding)) return fixed;
    const bool control = finding.category == k_removed_controls;
    const std::optional<Way> way = control ? m_ways.over_old_callers(*subject) : m_ways.to(*subject);
    if (!way || way->fresh.empty()) return fixed;
    if (risk::chance_of(m_model, way->path) <= risk::reachability_of(m_model, fixed)) return fixed;
    fixed.paths = {way->path};
    finding.remaining = m_ways.described(*way);
    return fixed;
  }

  [[nodiscard]] std::int32_t score_of(const RiskFactors& factors) const { return risk::score_tenths(m_model, factors); }

  void add_drift(Finding& finding, const RiskFactors& before) const {
    if (before == finding.factors || risk::score_tenths(m_model, before) == finding.risk.score_tenths) return;
    finding.drift = risk::drift(m_model, before, finding.factors);
    const bool by_place = std::ranges::find(k_not_about_ways, finding.category) == k_not_about_ways.end();
    if (finding.state == model::BaselineState::unchanged && by_place && is_worse(*finding.drift))
      finding.state = model::BaselineState::updated;
  }

  /// The same flaw in a worse place. A little more in reach is no reason to stop a release; a band or a tenth of the scale is.
  [[nodiscard]] bool is_worse(const model::RiskDrift& drift) const {
    constexpr std::int32_t k_much_tenths = 100;
    return drift.after_tenths - drift.before_tenths >= k_much_tenths ||
           risk::band_of(m_model, drift.after_tenths) > risk::band_of(m_model, drift.before_tenths);
  }

  const RiskSides& m_sides;
  const risk::RiskModel& m_model;
  const model::ArchitectureGraph& m_before;
  const model::ArchitectureGraph& m_after;
  WaysIn m_ways;
};

}  // namespace

RiskSides::RiskSides(const risk::RiskModel& model, const model::ArchitectureGraph& before, const model::ArchitectureGraph& after,
                     model::EnvironmentClass environment, unsigned threads)
    : m_model(model), m_before(before), m_after(after) {
  base::run_both(
      threads, [&] { m_context_before.emplace(model, before, environment); },
      [&] { m_context_after.emplace(model, after, environment); });
}

void set_threat(const model::Weakness& weakness, double severity, RiskFactors& factors) {
  factors.severity = severity;
  const model::FindingCategory category = weakness.category;
  const bool needs_exploit = category == model::FindingCategory::vulnerability || category == model::FindingCategory::code ||
                             category == model::FindingCategory::dynamic;
  factors.maturity = needs_exploit ? weakness.maturity : model::ExploitMaturity::inherent;
  factors.epss = weakness.epss;
  factors.code = weakness.code;
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
