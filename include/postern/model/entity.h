// SPDX-License-Identifier: Apache-2.0
// The things that an architecture is made of, and how they are identified.
#pragma once
#include <postern/model/attribute.h>

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace postern::model {

/// What an entity is. An attribute, not part of the identity: a better classifier breaks no fingerprint.
enum class EntityKind : std::uint8_t {
  service,
  function,
  job,
  api,
  datastore,
  cache,
  queue,
  bucket,
  endpoint,
  gateway,
  third_party,
  external,
  unresolved,
  identity,
  role,
  role_binding,
  secret,
  configuration,
  volume,
  network_policy,
  autoscaler,
  disruption_budget,
  namespace_,
  ingress_class,
  library,
  region,
  route,           ///< decides which requests to a gateway or name go to which endpoint
  access_policy,   ///< says who may call, and how callers prove who they are
  traffic_policy,  ///< says how callers talk to a name
  provider,        ///< gives secrets or certificates to others
  application,     ///< what a bill of materials describes when no workload is known to run it
  network,         ///< a virtual network, a subnet, a peering
  key,             ///< encrypts what others store
  host,            ///< a machine, or a group of machines that others run on (a cluster, a node pool)
  resource         ///< infrastructure that none of the other kinds is for
};
[[nodiscard]] const char* to_string(EntityKind kind);
[[nodiscard]] std::optional<EntityKind> entity_kind_from(std::string_view text);
/// Runs code or holds data: what people call a box in an architecture picture.
[[nodiscard]] bool is_workload(EntityKind kind);
/// Holds data for others: datastore, cache, queue or bucket.
[[nodiscard]] bool is_store(EntityKind kind);

/// application / target / declared address. Application and target are empty for what belongs to nobody in particular
/// (third parties, external hosts), so that the graphs of several applications join there.
struct EntityId {
  Symbol application;
  Symbol target;
  Symbol
      address;  ///< `NAMESPACE/NAME` for workloads, `NAMESPACE/PLURAL/NAME` for other objects, `external/HOST`, `unresolved/NAME`

  friend bool operator==(const EntityId&, const EntityId&) = default;
  friend std::strong_ordering operator<=>(const EntityId&, const EntityId&) = default;
};
/// `application/target/address`, or the address alone where there is no application.
[[nodiscard]] std::string to_string(const EntityId& id);

/// How addresses of identities begin that no object declares: they are there as soon as something names them. A colon is in no name
/// of a namespace.
inline constexpr std::string_view k_group_prefix = "group:";
inline constexpr std::string_view k_user_prefix = "user:";
inline constexpr std::string_view k_cloud_identity_prefix = "cloud-identity:";

struct EntityIdHash {
  std::size_t operator()(const EntityId& id) const noexcept;
};

/// Another name of an entity, by which facts from elsewhere may mean it.
enum class AliasKind : std::uint8_t { dns_name, image, host, container_name, resource_name };
[[nodiscard]] const char* to_string(AliasKind kind);
struct Alias {
  AliasKind kind = AliasKind::dns_name;
  Symbol text;
  friend auto operator<=>(const Alias&, const Alias&) = default;
};

using Label = std::pair<Symbol, Symbol>;  ///< key, value
using Labels = std::vector<Label>;        ///< sorted by key

/// One entity of a linked graph.
struct Entity {
  EntityId id;
  EntityKind kind = EntityKind::service;
  Symbol name;            ///< what people call it
  Symbol namespace_name;  ///< empty where there is none
  Attributes attributes;
  Labels labels;  ///< of what runs (pod labels), for selectors
  std::vector<Alias> aliases;
  std::vector<Location> locations;  ///< where it is declared; sorted
};

}  // namespace postern::model
