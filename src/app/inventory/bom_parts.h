// SPDX-License-Identifier: Apache-2.0
// Parts of CycloneDX documents: libraries, services, images.
#pragma once
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "app/inventory/bom.h"
#include "render/json_output.h"

namespace postern::app {

using render::Json;

/// The reference of a library within a document: its package URL with version, or `TYPE:NAME@VERSION`.
[[nodiscard]] std::string reference_of(const model::Library& row);
/// One component from all rows of the same library and version.
[[nodiscard]] Json library_json(const std::vector<const model::Library*>& rows);

/// The reference of a workload as a component, and as a service.
[[nodiscard]] std::string component_reference(const model::Entity& entity);
[[nodiscard]] std::string service_reference(const model::Entity& entity);
/// The workload as a component; with the package URL and digest of its image where it runs one.
[[nodiscard]] Json workload_json(const model::Entity& entity);
/// The workload as a service: endpoints, whether requests cross a boundary of trust, classes of data.
[[nodiscard]] Json service_json(const model::ArchitectureGraph& graph, model::EntityIndex index);
/// The workloads that it calls or keeps data in, each once, in the order of the graph.
[[nodiscard]] std::vector<model::EntityIndex> needed_by(const model::ArchitectureGraph& graph, model::EntityIndex index);

[[nodiscard]] Json property(const std::string& name, const std::string& value);

}  // namespace postern::app
