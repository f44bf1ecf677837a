// SPDX-License-Identifier: Apache-2.0
// Facts that only the whole graph tells: exposure, ways in, isolation, data in reach. Computed on both states before they are
// compared.
#pragma once
#include <postern/model/graph.h>

namespace postern::derive {

/// Adds the derived attributes to a classified graph.
void derive(model::ArchitectureGraph& graph);

}  // namespace postern::derive
