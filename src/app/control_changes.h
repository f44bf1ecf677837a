// SPDX-License-Identifier: Apache-2.0
// What a merge request changes about its own judges: it has no effect on this run, and people should know it before they merge.
#pragma once
#include <postern/model/decision.h>

#include <vector>

#include "app/pipeline.h"

namespace postern::app {

/// The rule that these findings name. Its enforcement is informative: what decides was read from the protected side.
[[nodiscard]] model::JudgedRule control_rule();

/// Adds one finding for each file that decides, or helps to decide who may decide (configuration, policy packs, risk model,
/// baseline, ignore files, code owners, pipeline definitions), that the candidate adds, removes or changes compared with both the
/// protected commit and the commit that it branched off; nothing where no merge request is judged.
void add_control_changes(const GateRequest& request, std::vector<model::Finding>& findings);

}  // namespace postern::app
