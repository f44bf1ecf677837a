// SPDX-License-Identifier: Apache-2.0
// What things are: technology and kind, vendor and region of outside hosts, classes of data. Attributes only; nothing is added.
#pragma once
#include <postern/model/graph.h>

namespace postern::classify {

/// Classifies every entity and relation of a linked graph. Explicit metadata wins over names.
void classify(model::ArchitectureGraph& graph);

}  // namespace postern::classify
