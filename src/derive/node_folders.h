// SPDX-License-Identifier: Apache-2.0
// Folders of nodes that workloads mount through claims.
#pragma once
#include <postern/model/graph.h>

namespace postern::derive {

/// Adds `hostPath:PATH` to the `volumes` of workloads whose claim is bound, or may be bound, to a volume that is a folder of a
/// node.
void derive_node_folders(model::ArchitectureGraph& graph);

}  // namespace postern::derive
