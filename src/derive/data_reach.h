// SPDX-License-Identifier: Apache-2.0
// Which classes of data a workload holds or uses.
#pragma once
#include <postern/model/graph.h>

namespace postern::derive {

/// Sets `data_reach`: the classes of data that a workload holds itself and those of the stores that it uses directly. What lies
/// further away is found along paths, where each hop counts.
void derive_data_reach(model::ArchitectureGraph& graph);

}  // namespace postern::derive
