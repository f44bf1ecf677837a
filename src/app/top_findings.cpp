// SPDX-License-Identifier: Apache-2.0
// What the findings that people see first say beyond the others.
#include "app/top_findings.h"

#include <algorithm>
#include <string_view>

#include "gate/rank.h"
#include "risk/scorer.h"

namespace postern::app {
namespace {

using model::ArchitectureGraph;
using model::EntityIndex;
using model::Finding;
using Cut = risk::RiskContext::Cut;

/// A cut that saves nearly as much as the best one is as good: the scores are no finer than that.
constexpr double k_nearly = 0.8;

/// The category whose fixes close ways in.
constexpr std::string_view k_attack_surface = "attack-surface";

std::vector<model::SameCause> same_cause(const std::vector<Finding>& findings, const Finding& top) {
  std::vector<model::SameCause> others;
  for (const Finding& finding : findings) {
    const bool same = &finding != &top && !top.root_cause.empty() && finding.root_cause == top.root_cause;
    if (!same || !model::is_risky(finding)) continue;
    const model::EntityId& id = finding.subject.relation ? finding.subject.relation->source : finding.subject.entity;
    others.push_back({finding.fingerprint, finding.rule, id.address.str()});
  }
  return others;
}

class Cutting {
 public:
  Cutting(const RiskSides& sides, unsigned threads)
      : m_model(sides.model()),
        m_before(sides.before()),
        m_after(sides.after()),
        m_context(sides.context_after()),
        m_threads(threads) {}

  void add_cut(std::vector<Finding>& findings, std::size_t top) const {
    Finding& finding = findings[top];
    const auto subject = m_after.find(finding.subject.relation ? finding.subject.relation->source : finding.subject.entity);
    if (!subject) return;
    std::vector<Cut> cuts = m_context.cuts(*subject, finding.factors, m_threads);
    // An entrance that was open before serves somebody: closing it is no advice.
    std::erase_if(cuts, [&](const Cut& cut) { return !cut.from && !is_new(cut); });
    std::int32_t best = 0;
    for (const Cut& cut : cuts) best = std::max(best, saved_by(finding, cut));
    if (best <= 0) return;
    const Cut* chosen = nullptr;
    for (const Cut& cut : cuts) {
      const std::int32_t saved = saved_by(finding, cut);
      if (saved < best * k_nearly) continue;
      const bool better = chosen == nullptr || (is_new(cut) && !is_new(*chosen)) ||
                          (is_new(cut) == is_new(*chosen) && saved > saved_by(finding, *chosen));
      if (better) chosen = &cut;
    }
    finding.cut = described(*chosen, finding, findings);
    // Closing the way in cannot do more than cutting it: other ways may be left.
    const bool closes = !chosen->from && finding.score_after_fix_tenths && finding.category == k_attack_surface;
    if (closes) finding.score_after_fix_tenths = std::max(*finding.score_after_fix_tenths, finding.cut->score_tenths);
  }

 private:
  [[nodiscard]] std::int32_t saved_by(const Finding& finding, const Cut& cut) const {
    return finding.risk.score_tenths - risk::score_tenths(m_model, cut.factors);
  }

  /// Whether the baseline has neither this step nor, for the way in, this entrance as open as it is now.
  [[nodiscard]] bool is_new(const Cut& cut) const {
    if (cut.relation && cut.from) {
      const model::Relation& relation = m_after.relation(*cut.relation);
      const auto source = m_before.find(m_after.entity(*cut.from).id);
      if (!source) return true;
      const auto out = m_before.outgoing(*source);
      return std::none_of(out.begin(), out.end(), [&](const model::RelationIndex index) {
        const model::Relation& other = m_before.relation(index);
        return model::family_of(other.kind) == model::family_of(relation.kind) &&
               m_before.entity(other.target).id == m_after.entity(relation.target).id;
      });
    }
    const model::Entity& entrance = m_after.entity(cut.to);
    const auto earlier = m_before.find(entrance.id);
    if (!earlier) return true;
    const auto& attributes = m_before.entity(*earlier).attributes;
    const auto same = [&](const model::AttributeDefinition& definition) {
      return attributes.text(definition) == entrance.attributes.text(definition);
    };
    return !same(model::attribute::exposure) || !same(model::attribute::endpoint_type);
  }

  [[nodiscard]] model::CheapestCut described(const Cut& cut, const Finding& finding, const std::vector<Finding>& findings) const {
    model::CheapestCut result;
    result.from = cut.from ? m_after.entity(*cut.from).id.address.str() : std::string(to_string(cut.zone));
    result.to = m_after.entity(cut.to).id.address.str();
    result.is_new = is_new(cut);
    result.score_tenths = risk::score_tenths(m_model, cut.factors);
    if (cut.relation) {
      const auto& evidence = m_after.relation(*cut.relation).evidence;
      if (!evidence.empty()) result.location = evidence.front().location;
    } else if (const auto& locations = m_after.entity(cut.to).locations; !locations.empty()) {
      result.location = locations.front();
    }
    for (const Finding& other : findings) {
      const bool counts = &other != &finding && model::is_risky(other) && other.risk.path;
      if (counts && has_step(*other.risk.path, cut.from ? result.from : std::string(), result.to)) ++result.other_findings;
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
  const ArchitectureGraph& m_before;
  const ArchitectureGraph& m_after;
  const risk::RiskContext& m_context;
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
