// SPDX-License-Identifier: Apache-2.0
// Findings -> findings with a score: the wire between rules, graph and scorer.
#pragma once
#include <postern/model/finding.h>
#include <postern/model/graph.h>

#include <vector>

#include "risk/model.h"

namespace postern::app {

/// Sets factors, assessment, reach, owner, drift and the score after the fix of every finding, on up to `threads` threads.
void score(std::vector<model::Finding>& findings, const risk::RiskModel& model, const model::ArchitectureGraph& before,
           const model::ArchitectureGraph& after, model::EnvironmentClass environment, unsigned threads);

}  // namespace postern::app
