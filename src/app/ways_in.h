// SPDX-License-Identifier: Apache-2.0
// The ways to one subject of the candidate, and which of their steps the release brings.
#pragma once
#include <postern/model/finding.h>

#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include "risk/context.h"

namespace postern::app {

using Way = risk::RiskContext::Way;
using ClosedSteps = std::set<risk::PathStep>;

/// Steps that are closed one after the other, and what is left then.
struct CutStep {
  risk::PathStep step;
  model::EntryZone zone;    ///< in which the way that it was taken from begins
  std::optional<Way> rest;  ///< the easiest way without the step and those before it
};

/// Borrows everything; the contexts must outlive it. Safe to ask from several threads.
class WaysIn {
 public:
  WaysIn(const risk::RiskContext& before, const risk::RiskContext& after) : m_before(before), m_after(after) {}

  /// The easiest way without the closed steps; a step that the baseline does not have is fresh.
  [[nodiscard]] std::optional<Way> to(model::EntityIndex subject, const ClosedSteps& closed = {}) const;
  /// The easiest way whose last step the baseline has: what a control in front of the subject let through.
  [[nodiscard]] std::optional<Way> over_old_callers(model::EntityIndex subject) const;

  /// The fewest steps that the release brings and without which no easiest way of it is left, in the order in which they lower the
  /// risk; none where there are none or more than anybody would read. Ways of which `matters` is false are left alone.
  template <typename Matters>
  [[nodiscard]] std::vector<CutStep> fewest_cuts(model::EntityIndex subject, Matters matters) const {
    Obstacles obstacles;
    ClosedSteps closed;
    while (true) {
      const std::optional<Way> way = to(subject, closed);
      if (!way || way->fresh.empty() || !matters(*way)) break;
      if (!obstacles.add(*way)) return {};
      closed = obstacles.fewest();
      if (closed.empty()) return {};
    }
    return in_order(subject, std::move(closed));
  }

  [[nodiscard]] bool is_new(const risk::PathStep& step) const { return !m_before.has_step_of(m_after, step); }
  /// A step in words; `zone` is that of its way.
  [[nodiscard]] model::WayStep described(const risk::PathStep& step, model::EntryZone zone) const;
  /// A way that is left, in words.
  [[nodiscard]] model::RemainingWay described(const Way& way) const;

 private:
  /// The fresh steps of ways, each of which must lose one.
  class Obstacles {
   public:
    /// False: so many ways that nobody would read on.
    bool add(const Way& way);
    /// The smallest set of steps that holds one of each way; among equally small ones that of the outermost steps. Empty where it
    /// would be larger than anybody reads.
    [[nodiscard]] ClosedSteps fewest() const;

   private:
    [[nodiscard]] bool complete(ClosedSteps& chosen, std::size_t most) const;
    std::vector<std::vector<risk::PathStep>> m_ways;
  };
  [[nodiscard]] std::vector<CutStep> in_order(model::EntityIndex subject, ClosedSteps steps) const;

  const risk::RiskContext& m_before;
  const risk::RiskContext& m_after;
};

/// A way of the baseline that the release took away, in words.
[[nodiscard]] model::RemainingWay described_as_restored(const model::EntryPath& path);

}  // namespace postern::app
