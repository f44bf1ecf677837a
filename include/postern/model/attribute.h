// SPDX-License-Identifier: Apache-2.0
// Attributes of entities and relations: typed values under names that are declared once, in one table.
#pragma once
#include <postern/base/diagnostic.h>
#include <postern/base/symbol.h>

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace postern::model {

using base::Location;
using base::Symbol;

/// A value that exists but cannot be known statically. Listed, never guessed, never a discount.
struct Unknown {
  friend auto operator<=>(const Unknown&, const Unknown&) = default;
};

using TextList = std::vector<Symbol>;

/// The value of an attribute. A list is kept in the order that its definition names: sorted for sets, as written for sequences.
using AttributeValue = std::variant<Unknown, bool, std::int64_t, Symbol, TextList>;

/// The canonical text of a value: `unknown`, `true`, `42`, the text itself, `[a, b]`.
[[nodiscard]] std::string to_string(const AttributeValue& value);

/// The type that an attribute's known values have.
enum class ValueType : std::uint8_t { boolean, integer, text, text_set, text_list };
[[nodiscard]] const char* to_string(ValueType type);

/// What an attribute belongs to.
enum class AttributeSubject : std::uint8_t {
  workload,
  container,
  endpoint,
  gateway,
  network_policy,
  identity,
  role,
  configuration,
  secret,
  budget,
  autoscaler,
  volume,
  namespace_,
  entity,
  relation
};
[[nodiscard]] const char* to_string(AttributeSubject subject);

/// Whether facts declare an attribute or a stage computes it from the whole graph.
enum class AttributeOrigin : std::uint8_t { declared, derived };

/// The first bytes of a name as a number of the same order: most names are told apart by one comparison.
constexpr std::uint64_t name_order(std::string_view name) {
  std::uint64_t order = 0;
  for (std::size_t i = 0; i < sizeof(order); ++i)
    order = order << 8U | (i < name.size() ? static_cast<unsigned char>(name[i]) : 0U);
  return order;
}

/// One row of the table of attributes. Its address is its identity.
struct AttributeDefinition {
  std::string_view name;
  ValueType type;
  AttributeSubject subject;
  AttributeOrigin origin;
  std::string_view description;
  std::uint64_t order = name_order(name);
};

/// The attributes that extractors and stages set, by name, in the table's order.
namespace attribute {
// workloads
extern const AttributeDefinition workload_kind, replicas, service_account, automount_service_account_token, host_network, host_pid,
    host_ipc, share_process_namespace, run_as_user, run_as_group, run_as_non_root, fs_group, seccomp_profile, volumes, schedule,
    spread, anti_affinity;
// containers (scope = container name)
extern const AttributeDefinition privileged, proc_mount, allow_privilege_escalation, read_only_root_filesystem, capabilities_added,
    capabilities_dropped, image, ports, host_ports, cpu_request, cpu_limit, memory_request, memory_limit, ephemeral_storage_request,
    ephemeral_storage_limit, liveness_probe, readiness_probe, startup_probe, command, args, environment, environment_from,
    plaintext_secrets, container_role;
// endpoints (Kubernetes Services and their like); `ports` and `selector` serve several kinds of entity
extern const AttributeDefinition endpoint_type, selector, external_name, node_ports, load_balancer_source_ranges, external_ips,
    headless, internal_load_balancer;
// gateways
extern const AttributeDefinition hosts, paths, tls_hosts, tls_redirect, authentication, ingress_class, gateway_internal,
    gateway_source_ranges;
// network policies
extern const AttributeDefinition policy_types, ingress_rules, egress_rules;
// identities, roles, bindings
extern const AttributeDefinition rules, bound_subjects;
// configurations and secrets
extern const AttributeDefinition keys, data, secret_type;
// budgets, autoscalers, volumes, namespaces
extern const AttributeDefinition min_available, max_unavailable, min_replicas, max_replicas, storage_request, storage_class,
    access_modes, pod_security;
// gateways, meshes and operators
extern const AttributeDefinition listeners, cluster_local, grants, callers, action, access_rules, policy_scope, mutual_tls_mode,
    port_mutual_tls, issuers, tls_mode, subsets, egress_hosts, version, provider_type, triggers;
// infrastructure, and what its resources have in common
extern const AttributeDefinition resource_type, engine, engine_version, instance_class, instances, multi_zone, zones,
    address_ranges, public_access, source_ranges, encrypted_at_rest, encryption_key, encryption_in_transit, minimum_tls,
    local_authentication, backup_retention, deletion_protection, access_logging, versioned, policy_statements, declared_region,
    condition, settings;
// interfaces (keys: operations, channels) and data (keys: TABLE.COLUMN)
extern const AttributeDefinition operation, operation_data, column, api_version, field_classes;
// what catalogues say
extern const AttributeDefinition lifecycle, system;
// services of Compose
extern const AttributeDefinition profiles, networks, restart_policy, depends_on;
// libraries, and what contains them
extern const AttributeDefinition libraries, versions, licences, purl, package_type, component_type, component_scope, directness,
    introduced_by;
// derived from the policies of a mesh
extern const AttributeDefinition mutual_tls, authorization, denials, token_issuers, client_tls;
// derived from the grants of the cluster
extern const AttributeDefinition permissions, privileges, inherited_privileges, privilege_grants, escalation;
// derived from replicas, autoscalers and budgets
extern const AttributeDefinition least_replicas, most_replicas, disruption_protection;
// explicit metadata and classification
extern const AttributeDefinition owner, tier, technology, data_classes, domain, vendor, vendor_category, region, jurisdictions,
    role, business_function, criticality, criticality_reason;
// derived from the whole graph
extern const AttributeDefinition exposure, entry_paths, ingress_isolated, egress_isolated, data_reach, attack_path, entity_kind;
// relations
extern const AttributeDefinition entrances, forwarding, relation_ports, schemes, transport, spoken_technology, databases, via,
    link_rule, relation_kind, network_policy_blocked;
}  // namespace attribute

/// All rows, in the table's order.
[[nodiscard]] std::span<const AttributeDefinition* const> all_attributes();
/// The row called `name` that applies to `subject` kinds, or nullptr. Names are unique within entities and within relations.
[[nodiscard]] const AttributeDefinition* find_attribute(std::string_view name, bool of_relation);

/// One attribute: which one, of which part (`scope`: a container), under which key (`key`: the variable of `environment`), its
/// value and where it is declared.
struct Attribute {
  const AttributeDefinition* definition = nullptr;
  Symbol scope;
  Symbol key;
  AttributeValue value;
  Location location;
};

/// `image`, `server.image`, `server.environment[PORT]`: how an attribute is written for people and in fingerprints.
[[nodiscard]] std::string path_of(const Attribute& attribute);

/// A list of attributes ordered by definition name, scope and key; one value each.
class Attributes {
 public:
  /// Adds or replaces.
  void set(Attribute attribute);
  void set(const AttributeDefinition& definition, AttributeValue value, Location location = {}, Symbol scope = {}, Symbol key = {});
  [[nodiscard]] const Attribute* find(const AttributeDefinition& definition, Symbol scope = {}, Symbol key = {}) const;
  [[nodiscard]] std::span<const Attribute> all() const noexcept { return m_rows; }
  /// All rows of one definition (every scope and key).
  [[nodiscard]] std::span<const Attribute> of(const AttributeDefinition& definition) const;
  /// The texts of one row; empty where it is not set, unknown, or of another type.
  [[nodiscard]] const TextList& list(const AttributeDefinition& definition, Symbol scope = {}, Symbol key = {}) const;
  /// The number of one row, if it is set and known.
  [[nodiscard]] std::optional<std::int64_t> number(const AttributeDefinition& definition) const;
  /// Convenience reads: the value if it is set and known, else the default.
  [[nodiscard]] Symbol text(const AttributeDefinition& definition) const;
  [[nodiscard]] bool is_true(const AttributeDefinition& definition) const;
  [[nodiscard]] bool empty() const noexcept { return m_rows.empty(); }
  /// Takes rows in any order and sorts them once (cheaper than many `set`s); the last of equal rows wins.
  static Attributes from_rows(std::vector<Attribute> rows);

 private:
  std::vector<Attribute> m_rows;
};

[[nodiscard]] std::vector<std::string> strings_of(const TextList& texts);

/// How critical an entity is to the business: its declared tier, else what it is taken for; empty where nothing says.
[[nodiscard]] Symbol tier_of(const Attributes& attributes);

}  // namespace postern::model
