// SPDX-License-Identifier: Apache-2.0
// What things are: technology and kind, vendor and region of outside hosts, classes of data. Attributes only; nothing is added.
#pragma once
#include <postern/model/graph.h>

namespace postern::classify {

/// Says what every entity of a linked graph is, and what its relations do. Explicit metadata wins over names.
void classify(model::ArchitectureGraph& graph);
/// Says which data stores hold and interfaces take and give, once schemas and interfaces are attached to them.
void classify_contents(model::ArchitectureGraph& graph);

/// What a candidate says about itself may raise risk and never lower it: classes of data that the baseline names stay, and of two
/// tiers the higher counts; `low` counts only where the baseline says so too. Both graphs are classified already.
void keep_claims(const model::ArchitectureGraph& baseline, model::ArchitectureGraph& candidate);

}  // namespace postern::classify
