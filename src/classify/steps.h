// SPDX-License-Identifier: Apache-2.0
// The steps of classification, in their order.
#pragma once
#include <postern/model/graph.h>

#include <string_view>

namespace postern::classify {

/// Sets `technology` and `role` of workloads by image, or by name, port and mention together; makes datastores, caches and queues
/// of services whose technology says so.
void classify_technology(model::ArchitectureGraph& graph);
/// Sets `technology`, `role`, `region` and `jurisdictions` of declared infrastructure.
void classify_infrastructure(model::ArchitectureGraph& graph);
/// Sets vendor, category, technology, region and jurisdictions of outside hosts; makes third parties and managed stores of them.
void classify_outside(model::ArchitectureGraph& graph);
/// Sets region and jurisdictions of what is our own: as declared, by its zones, by the target when that is a region, or by the
/// variables that tell programs where they run.
void classify_places(model::ArchitectureGraph& graph);
/// Makes `uses` and `sends_to` of relations whose target is a store or is outside.
void classify_relations(model::ArchitectureGraph& graph);
/// Sets `field_classes` of columns and of what operations take and give, by the names of fields and of what they are part of.
void classify_fields(model::ArchitectureGraph& graph);
/// Sets `data_classes` of stores and interfaces by their fields, of stores also by their names, databases and explicit metadata.
void classify_data(model::ArchitectureGraph& graph);
/// Sets `business_function` of workloads by their names, and where no tier is declared `criticality` by function, data and
/// position.
void classify_business(model::ArchitectureGraph& graph);
/// Sets `business_function` of workloads by their names, and where no tier is declared `criticality` by function, data and
/// position.
void classify_business(model::ArchitectureGraph& graph);

/// The kind that an entity of that technology has when it runs it: a store, or nothing special (`service`).
[[nodiscard]] model::EntityKind kind_of_technology(std::string_view technology);

}  // namespace postern::classify
