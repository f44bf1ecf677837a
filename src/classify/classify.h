// SPDX-License-Identifier: Apache-2.0
// What things are: technology and kind, vendor and region of outside hosts, classes of data. Attributes only; nothing is added.
#pragma once
#include <postern/model/graph.h>

namespace postern::classify {

/// Classifies every entity and relation of a linked graph. Explicit metadata wins over names.
void classify(model::ArchitectureGraph& graph);

/// What a candidate says about itself may raise risk and never lower it: classes of data that the baseline names stay, and of two
/// tiers the higher counts; `low` counts only where the baseline says so too. Both graphs are classified already.
void keep_claims(const model::ArchitectureGraph& baseline, model::ArchitectureGraph& candidate);

}  // namespace postern::classify
