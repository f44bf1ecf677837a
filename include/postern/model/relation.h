// SPDX-License-Identifier: Apache-2.0
// How entities depend on one another, with the evidence for it.
#pragma once
#include <postern/model/entity.h>

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace postern::model {

/// What a relation does.
enum class RelationKind : std::uint8_t {
  calls,
  uses,
  reads,
  writes,
  publishes,
  consumes,
  sends_to,  // network
  routes_to,
  exposes,  // routing
  mounts,   // consumption of configuration, secrets and volumes
  assumes,
  binds,    // identity
  runs_in,  // placement
  scales,
  protects,
  configures,  // control
  contains     // containment: the libraries that something is made of
};
[[nodiscard]] const char* to_string(RelationKind kind);
[[nodiscard]] std::optional<RelationKind> relation_kind_from(std::string_view text);

/// The part of a kind that facts decide; the rest is classification. Only the family is part of a relation's identity.
enum class RelationFamily : std::uint8_t { network, routing, mount, identity, placement, control, containment };
[[nodiscard]] RelationFamily family_of(RelationKind kind);
[[nodiscard]] const char* to_string(RelationFamily family);

/// Why we believe something: the place, and what stands there in the reader's words ("environment variable DATABASE_URL").
struct Evidence {
  Location location;
  Symbol note;
  friend auto operator<=>(const Evidence&, const Evidence&) = default;
};

/// source, family, target: stable under moved settings, other ports and better classification.
struct RelationId {
  EntityId source;
  RelationFamily family = RelationFamily::network;
  EntityId target;
  friend bool operator==(const RelationId&, const RelationId&) = default;
  friend std::strong_ordering operator<=>(const RelationId&, const RelationId&) = default;
};
/// `SOURCE -family-> TARGET`.
[[nodiscard]] std::string to_string(const RelationId& id);

using EntityIndex = std::uint32_t;
using RelationIndex = std::uint32_t;

/// One directed relation of a linked graph.
struct Relation {
  EntityIndex source = 0;
  EntityIndex target = 0;
  RelationKind kind = RelationKind::calls;
  Attributes attributes;
  std::vector<Evidence> evidence;  ///< sorted
};

}  // namespace postern::model
