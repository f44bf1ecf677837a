// SPDX-License-Identifier: Apache-2.0
// What `postern map --impact` prints.
#pragma once
#include <postern/model/graph.h>
#include <postern/model/impact.h>

#include <string>

#include "render/text.h"

namespace postern::render {

/// What is gone, what fails with it and through what, and what is only degraded; the most critical first within each.
[[nodiscard]] std::string impact_text(const model::ArchitectureGraph& graph, const model::Impact& impact,
                                      const TextOptions& options = {});
/// {"schema_version", "outage", "entities": [{"entity", "name", "kind", "effect", "distance", "tier", "owner", "data_classes",
/// "through": {"entity", "evidence"}}]}, in the same order.
[[nodiscard]] std::string impact_json(const model::ArchitectureGraph& graph, const model::Impact& impact);

}  // namespace postern::render
