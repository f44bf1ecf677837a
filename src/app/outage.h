// SPDX-License-Identifier: Apache-2.0
// `region:eu-west-1`, `zone:eu-west-1a`, `service:orders`, `third-party:stripe` -> what of a state that means.
#pragma once
#include <postern/model/graph.h>
#include <postern/model/impact.h>

#include <string>

namespace postern::app {

/// The entity of that address, or the only one of that name; a workload before the objects that are called like it. Throws
/// UsageError where there is none, or several.
[[nodiscard]] model::EntityIndex entity_called(const model::ArchitectureGraph& graph, const std::string& text);

/// What the outage of `text` (KIND:NAME) reaches. Throws UsageError for an unknown kind, and where nothing of the state is meant.
[[nodiscard]] model::Impact impact_of_outage(const model::ArchitectureGraph& graph, const std::string& text);

}  // namespace postern::app
