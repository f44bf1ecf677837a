// SPDX-License-Identifier: Apache-2.0
// What `postern map` prints: the architecture of one state.
#pragma once
#include <postern/model/graph.h>

#include <string>

#include "render/render_options.h"

namespace postern::render {

/// Entities grouped by kind, each with exposure, technology, data and its relations; with Detail::full also places and evidence.
[[nodiscard]] std::string map_text(const model::ArchitectureGraph& graph, const RenderOptions& options = {});
/// {"schema_version", "counts", "unread", "entities": [...], "relations": [...]}: everything, in the order of the graph, attributes
/// with their types (unknown values are {"unknown": true}), relations with their evidence.
[[nodiscard]] std::string map_json(const model::ArchitectureGraph& graph, const UnreadInputs& unread = {});

}  // namespace postern::render
