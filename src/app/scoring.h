// SPDX-License-Identifier: Apache-2.0
// Findings -> findings with a score: the wire between rules, graph and scorer.
#pragma once
#include <postern/model/finding.h>
#include <postern/model/graph.h>

#include <vector>

#include "app/configuration.h"
#include "risk/model.h"

namespace postern::app {

/// The shipped risk model, or with the numbers that the configuration's file overrides. Throws UsageError when that cannot be used.
[[nodiscard]] const risk::RiskModel& risk_model_of(const Configuration& configuration);

/// Sets factors, assessment, reach, owner, drift and the score after the fix of every finding, on up to `threads` threads.
void score(std::vector<model::Finding>& findings, const risk::RiskModel& model, const model::ArchitectureGraph& before,
           const model::ArchitectureGraph& after, model::EnvironmentClass environment, unsigned threads);

}  // namespace postern::app
