// SPDX-License-Identifier: Apache-2.0
// Names of kinds and ids.
#include <postern/model/entity.h>

#include <algorithm>
#include <array>

namespace postern::model {
namespace {

constexpr std::array k_entity_kinds = {"service",
                                       "function",
                                       "job",
                                       "api",
                                       "datastore",
                                       "cache",
                                       "queue",
                                       "bucket",
                                       "endpoint",
                                       "gateway",
                                       "third_party",
                                       "external",
                                       "unresolved",
                                       "identity",
                                       "role",
                                       "role_binding",
                                       "secret",
                                       "configuration",
                                       "volume",
                                       "network_policy",
                                       "autoscaler",
                                       "disruption_budget",
                                       "namespace",
                                       "ingress_class",
                                       "library",
                                       "region",
                                       "route",
                                       "access_policy",
                                       "traffic_policy",
                                       "provider",
                                       "application",
                                       "network",
                                       "key",
                                       "host",
                                       "resource"};

constexpr std::array k_alias_kinds = {"dns_name", "image", "host", "container_name", "resource_name"};

}  // namespace

const char* to_string(EntityKind kind) { return k_entity_kinds.at(static_cast<std::size_t>(kind)); }

std::optional<EntityKind> entity_kind_from(std::string_view text) {
  const auto at = std::find(k_entity_kinds.begin(), k_entity_kinds.end(), text);
  if (at == k_entity_kinds.end()) return std::nullopt;
  return static_cast<EntityKind>(at - k_entity_kinds.begin());
}

bool is_store(EntityKind kind) {
  return kind == EntityKind::datastore || kind == EntityKind::cache || kind == EntityKind::queue || kind == EntityKind::bucket;
}

bool is_workload(EntityKind kind) {
  return is_store(kind) || kind == EntityKind::service || kind == EntityKind::job || kind == EntityKind::function;
}

std::string to_string(const EntityId& id) {
  if (id.application.empty()) return id.address.str();
  return id.application.str() + '/' + id.target.str() + '/' + id.address.str();
}

std::size_t EntityIdHash::operator()(const EntityId& id) const noexcept {
  constexpr std::size_t k_mix = 0x9E3779B97F4A7C15ULL;
  std::size_t hash = std::hash<Symbol>{}(id.address);
  hash = hash * k_mix + std::hash<Symbol>{}(id.target);
  return (hash * k_mix + std::hash<Symbol>{}(id.application)) * k_mix;
}

const char* to_string(AliasKind kind) { return k_alias_kinds.at(static_cast<std::size_t>(kind)); }

}  // namespace postern::model
