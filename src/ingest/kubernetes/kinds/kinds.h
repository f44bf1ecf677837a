// SPDX-License-Identifier: Apache-2.0
// The table of kinds: which objects are read, by which function. One file a kind (or close family), one row a kind.
#pragma once
#include <ingest/kubernetes/object_reader.h>

#include <cstdint>
#include <span>
#include <string_view>

namespace postern::ingest::kubernetes {

enum class Scope : std::uint8_t { namespaced, cluster };

/// One kind. All texts live as long as the process.
struct KindRow {
  std::string_view kind;
  std::string_view plural;  ///< middle part of the address; empty for what runs
  Scope scope;
  std::span<const std::string_view> groups;  ///< API groups that define it, superseded ones included; every version is read
  void (*read)(ObjectReader& reader);
};

/// All kinds, alphabetically.
[[nodiscard]] std::span<const KindRow> all_kinds();
/// The row of a kind of a group ("" is the core group), or null.
[[nodiscard]] const KindRow* find_kind(std::string_view group, std::string_view kind);

// What runs
void read_cron_job(ObjectReader& reader);
void read_job(ObjectReader& reader);
void read_pod_object(ObjectReader& reader);
void read_replicated(ObjectReader& reader);  ///< DaemonSet, Deployment, ReplicaSet, ReplicationController, StatefulSet
void read_rollout(ObjectReader& reader);
// Network
void read_endpoints(ObjectReader& reader);
void read_endpoint_slice(ObjectReader& reader);
void read_ingress(ObjectReader& reader);
void read_ingress_class(ObjectReader& reader);
void read_network_policy(ObjectReader& reader);
void read_service(ObjectReader& reader);
// Configuration
void read_config_map(ObjectReader& reader);
void read_secret(ObjectReader& reader);
// Identity
void read_role(ObjectReader& reader);          ///< Role, ClusterRole
void read_role_binding(ObjectReader& reader);  ///< RoleBinding, ClusterRoleBinding
void read_service_account(ObjectReader& reader);
// Control and storage
void read_autoscaler(ObjectReader& reader);
void read_disruption_budget(ObjectReader& reader);
void read_namespace(ObjectReader& reader);
void read_volume(ObjectReader& reader);  ///< PersistentVolume
void read_volume_claim(ObjectReader& reader);

}  // namespace postern::ingest::kubernetes
