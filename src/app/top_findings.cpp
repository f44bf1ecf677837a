// SPDX-License-Identifier: Apache-2.0
// What the findings that people see first say beyond the others.
#include "app/top_findings.h"

#include <postern/base/parallel.h>

#include <algorithm>
#include <utility>

#include "app/ways_in.h"
#include "gate/rank.h"
#include "risk/scorer.h"

namespace postern::app {
namespace {

using model::ArchitectureGraph;
using model::EntityIndex;
using model::Finding;

/// A cut that saves nearly as much as the best one is as good: the scores are no finer than that.
constexpr double k_nearly = 0.8;

/// A way that the release brings is left alone where it counts for less than this share of what is to be saved.
constexpr double k_trifle = 0.05;

std::vector<model::SameCause> same_cause(const std::vector<Finding>& findings, const Finding& top) {
  std::vector<model::SameCause> others;
  for (const Finding& finding : findings) {
    const bool same = &finding != &top && !top.root_cause.empty() && finding.root_cause == top.root_cause;
    if (!same || !model::is_risky(finding)) continue;
    const model::EntityId& id = finding.subject.relation ? finding.subject.relation->source : finding.subject.entity;
    const bool of_weakness = finding.subject.kind == model::SubjectKind::finding;
    others.push_back({finding.fingerprint, finding.rule, id.address.str() + (of_weakness ? ": " + finding.subject.attribute : "")});
  }
  return others;
}

/// What is saved by cutting steps: the scores of the finding after each of them.
struct Proposal {
  std::vector<CutStep> steps;
  std::vector<std::int32_t> scores;
};

class Cutting {
 public:
  Cutting(const RiskSides& sides, unsigned threads)
      : m_model(sides.model()), m_after(sides.after()), m_ways(sides.ways()), m_threads(threads) {}

  void add_cut(std::vector<Finding>& findings, std::size_t top) const {
    Finding& finding = findings[top];
    const auto subject = m_after.find(finding.subject.relation ? finding.subject.relation->source : finding.subject.entity);
    if (!subject || finding.factors.paths.size() != 1) return;
    Proposal chosen = of_release(finding, *subject);
    Proposal single = single_step(finding, *subject);
    if (saved_by(finding, chosen) < saved_by(finding, single) * k_nearly) std::swap(chosen, single);
    if (saved_by(finding, chosen) <= 0) return;
    for (std::size_t at = 0; at < chosen.steps.size(); ++at) {
      model::CheapestCut cut = described(chosen.steps[at], finding, findings);
      cut.score_tenths = chosen.scores[at];
      if (at == 0) {
        finding.cut = std::move(cut);
      } else {
        finding.further_cuts.push_back(std::move(cut));
      }
    }
  }

 private:
  [[nodiscard]] std::int32_t saved_by(const Finding& finding, const Proposal& proposal) const {
    return proposal.scores.empty() ? 0 : finding.risk.score_tenths - proposal.scores.back();
  }

  /// The score of the finding with that way and no other.
  [[nodiscard]] std::int32_t score_with(const Finding& finding, const std::optional<Way>& way) const {
    model::RiskFactors factors = finding.factors;
    factors.paths.clear();
    if (way) factors.paths.push_back(way->path);
    return risk::score_tenths(m_model, factors);
  }

  [[nodiscard]] Proposal scored(const Finding& finding, std::vector<CutStep> steps) const {
    Proposal proposal{std::move(steps), {}};
    for (const CutStep& step : proposal.steps) proposal.scores.push_back(score_with(finding, step.rest));
    return proposal;
  }

  /// All ways that the release brings lose a step, but for those that hardly count.
  [[nodiscard]] Proposal of_release(const Finding& finding, EntityIndex subject) const {
    const std::int32_t least = score_with(finding, std::nullopt);
    const auto matters = [&](const Way& way) {
      return score_with(finding, way) - least > (finding.risk.score_tenths - least) * k_trifle;
    };
    return scored(finding, m_ways.fewest_cuts(subject, matters));
  }

  /// The step of the easiest way that saves most. An entrance that was open before, with what it leads to straight away, serves
  /// somebody: closing it is no advice.
  [[nodiscard]] Proposal single_step(const Finding& finding, EntityIndex subject) const {
    const std::optional<Way> way = m_ways.to(subject);
    if (!way) return {};
    std::vector<CutStep> steps;
    for (const risk::PathStep& step : way->steps) {
      if (m_ways.is_new(step) || !is_front_door(*way, step)) steps.push_back({step, way->path.entry, std::nullopt});
    }
    base::for_each_index(steps.size(), m_threads, [&](std::size_t at) { steps[at].rest = m_ways.to(subject, {steps[at].step}); });
    const auto best = std::ranges::min_element(steps, {}, [&](const CutStep& step) { return score_with(finding, step.rest); });
    return best == steps.end() ? Proposal() : scored(finding, {*best});
  }

  /// The way in itself, or what a gateway or load balancer does with what it lets in.
  [[nodiscard]] bool is_front_door(const Way& way, const risk::PathStep& step) const {
    if (!step.from) return true;
    const model::EntityKind kind = m_after.entity(*step.from).kind;
    return *step.from == way.steps.front().to && (kind == model::EntityKind::gateway || kind == model::EntityKind::endpoint);
  }

  [[nodiscard]] model::CheapestCut described(const CutStep& step, const Finding& finding,
                                             const std::vector<Finding>& findings) const {
    model::CheapestCut result{m_ways.described(step.step, step.zone), m_ways.is_new(step.step)};
    for (const Finding& other : findings) {
      const bool counts = &other != &finding && model::is_risky(other) && other.risk.path;
      if (counts && has_step(*other.risk.path, step.step.from ? result.from : std::string(), result.to)) ++result.other_findings;
    }
    return result;
  }

  /// An empty `from` is the way in.
  static bool has_step(const model::EntryPath& path, const std::string& from, const std::string& to) {
    for (std::size_t i = 0; i < path.nodes.size(); ++i) {
      const bool matches = path.nodes[i] == to && (from.empty() ? i == 0 : i > 0 && path.nodes[i - 1] == from);
      if (matches) return true;
    }
    return false;
  }

  const risk::RiskModel& m_model;
  const ArchitectureGraph& m_after;
  WaysIn m_ways;
  unsigned m_threads;
};

}  // namespace

void explain_top(std::vector<Finding>& findings, const RiskSides& sides, unsigned threads) {
  const Cutting cutting(sides, threads);
  for (const std::size_t index : gate::top_three(findings)) {
    findings[index].also_fixed = same_cause(findings, findings[index]);
    cutting.add_cut(findings, index);
  }
}

}  // namespace postern::app
