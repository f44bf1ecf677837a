// SPDX-License-Identifier: Apache-2.0
// What `postern map --paths` and `postern map --why A B` print.
#pragma once
#include <postern/model/graph.h>

#include <functional>
#include <string>
#include <string_view>

#include "render/text.h"

namespace postern::render {

/// Every attack path of the state by target, those to sensitive data first, step by step with the place that says the step.
[[nodiscard]] std::string paths_text(const model::ArchitectureGraph& graph, const TextOptions& options = {});
/// {"schema_version", "paths": [{"entry", "target", "target_kind", "data_classes", "controls", "steps": [{"entity", "evidence":
/// [...]}]}]}, in the same order.
[[nodiscard]] std::string paths_json(const model::ArchitectureGraph& graph);

/// All relations between two entities in both directions, each with the link rule that joined them (`describe` gives its words) and
/// the places that say so; where there is none, what the first one is related to.
[[nodiscard]] std::string why_text(const model::ArchitectureGraph& graph, model::EntityIndex a, model::EntityIndex b,
                                   const std::function<std::string_view(std::string_view)>& describe,
                                   const TextOptions& options = {});

}  // namespace postern::render
