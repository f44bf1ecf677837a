// SPDX-License-Identifier: Apache-2.0
// Findings -> findings with a score: the wire between rules, graph and scorer.
#pragma once
#include <postern/model/finding.h>
#include <postern/model/graph.h>

#include <optional>
#include <vector>

#include "app/ways_in.h"
#include "risk/context.h"
#include "risk/model.h"

namespace postern::app {

/// What scores depend on, for both sides of a comparison. Everything is borrowed and must outlive it.
class RiskSides {
 public:
  RiskSides(const risk::RiskModel& model, const model::ArchitectureGraph& before, const model::ArchitectureGraph& after,
            model::EnvironmentClass environment, unsigned threads);

  [[nodiscard]] const risk::RiskModel& model() const { return m_model; }
  [[nodiscard]] const model::ArchitectureGraph& before() const { return m_before; }
  [[nodiscard]] const model::ArchitectureGraph& after() const { return m_after; }
  [[nodiscard]] const risk::RiskContext& context_before() const { return *m_context_before; }
  [[nodiscard]] const risk::RiskContext& context_after() const { return *m_context_after; }
  /// Of the candidate.
  [[nodiscard]] WaysIn ways() const { return {*m_context_before, *m_context_after}; }

 private:
  const risk::RiskModel& m_model;
  const model::ArchitectureGraph& m_before;
  const model::ArchitectureGraph& m_after;
  std::optional<risk::RiskContext> m_context_before;
  std::optional<risk::RiskContext> m_context_after;
};

/// Puts into the factors how bad a weakness is (`severity`, 0..10) and how ready exploits are. Flaws of configuration and secrets
/// need no exploit.
void set_threat(const model::Weakness& weakness, double severity, model::RiskFactors& factors);

/// Sets factors, assessment, reach, owner, drift and the score after the fix of every finding, on up to `threads` threads. The fix
/// of a finding closes one way in, if it is about one: the easiest that the release brings. Others stay open and count.
void score(std::vector<model::Finding>& findings, const RiskSides& sides, unsigned threads);

}  // namespace postern::app
