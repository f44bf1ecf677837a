// SPDX-License-Identifier: Apache-2.0
// Who asks for an identity on the ways from the internet to a workload, as far as the files say so.
#pragma once
#include <postern/model/graph.h>

#include <string>
#include <vector>

namespace postern::policy {

/// A phrase for each check on the ways in from the internet, and for each way without any; nothing where no way has one.
[[nodiscard]] std::vector<std::string> checks_on_ways(const model::ArchitectureGraph& graph, model::EntityIndex workload);

}  // namespace postern::policy
