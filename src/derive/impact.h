// SPDX-License-Identifier: Apache-2.0
// Follows an outage through the graph, against the direction in which things need one another.
#pragma once
#include <postern/model/graph.h>
#include <postern/model/impact.h>

#include <string_view>
#include <vector>

namespace postern::derive {

/// What an outage is of.
enum class OutageKind : std::uint8_t {
  region,  ///< as the provider writes it; every zone of it is gone as well
  zone,
  entity  ///< the entities themselves
};

struct Outage {
  OutageKind kind = OutageKind::entity;
  std::string_view place;                    ///< of a region or zone
  std::vector<model::EntityIndex> entities;  ///< otherwise
};

/// Everything of a classified and derived graph that the outage reaches. An entity fails when a datastore, queue, bucket, service
/// or third party that it needs is gone or fails and no other entity stands behind the same name; without a cache or what only
/// watches it, it is degraded. What has instances in several zones outlives one of them. Costs entities plus relations.
[[nodiscard]] model::Impact impact_of(const model::ArchitectureGraph& graph, const Outage& outage);

}  // namespace postern::derive
