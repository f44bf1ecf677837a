// SPDX-License-Identifier: Apache-2.0
// From where each workload can be reached, and on which ways.
#include "derive/exposure.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>

#include "derive/address_range.h"

namespace postern::derive {
namespace {

using model::ArchitectureGraph;
using model::Attributes;
using model::Entity;
using model::EntityKind;
using model::Symbol;
using model::TextList;
namespace attribute = model::attribute;

/// Ascending: a workload has the widest of its ways.
enum class Exposure : std::uint8_t { none, cluster, internal, internet };

const char* name_of(Exposure exposure) {
  constexpr const char* k_names[] = {"none", "cluster", "internal", "internet"};
  return k_names[static_cast<std::size_t>(exposure)];
}

const TextList& list_of(const Attributes& attributes, const model::AttributeDefinition& definition) {
  static const TextList k_none;
  const model::Attribute* row = attributes.find(definition);
  const auto* list = row == nullptr ? nullptr : std::get_if<TextList>(&row->value);
  return list == nullptr ? k_none : *list;
}

bool all_private(const TextList& ranges) {
  return !ranges.empty() && std::all_of(ranges.begin(), ranges.end(), [](Symbol range) { return is_private(range.view()); });
}

Exposure exposure_of_endpoint(const Entity& endpoint) {
  const Attributes& attributes = endpoint.attributes;
  const std::string_view type = attributes.text(attribute::endpoint_type).view();
  const TextList& outside = list_of(attributes, attribute::external_ips);
  Exposure exposure = Exposure::cluster;
  if (!outside.empty()) exposure = all_private(outside) ? Exposure::internal : Exposure::internet;
  if (type == "NodePort") exposure = std::max(exposure, Exposure::internal);
  if (type == "LoadBalancer") {
    const bool internal = attributes.is_true(attribute::internal_load_balancer) ||
                          all_private(list_of(attributes, attribute::load_balancer_source_ranges));
    exposure = std::max(exposure, internal ? Exposure::internal : Exposure::internet);
  }
  return exposure;
}

Exposure exposure_of_gateway(const Entity& gateway) {
  if (gateway.attributes.is_true(attribute::cluster_local)) return Exposure::cluster;
  const bool internal = gateway.attributes.is_true(attribute::gateway_internal) ||
                        all_private(list_of(gateway.attributes, attribute::gateway_source_ranges));
  return internal ? Exposure::internal : Exposure::internet;
}

/// Everything that is known of the ways to one entity.
struct Ways {
  Exposure exposure = Exposure::none;
  std::set<Symbol> paths;
  bool through_controller = false;
  bool direct = false;
};

/// How many names of names are followed; the linker follows as many.
constexpr int k_most_names = 4;

class ExposureDeriver {
 public:
  ExposureDeriver(ArchitectureGraph& graph, const NetworkPolicies& policies)
      : m_graph(graph), m_policies(policies), m_ways(graph.entities().size()) {}

  void run() {
    for_each(EntityKind::gateway, [&](EntityIndex index) { enter_gateway(index); });
    for_each(EntityKind::endpoint, [&](EntityIndex index) { enter_endpoint(index); });
    for (EntityIndex index = 0; index < m_graph.entities().size(); ++index) {
      const Entity& entity = m_graph.entity(index);
      if (model::is_workload(entity.kind) && !entity.id.application.empty()) settle_workload(index);
    }
    for_each(EntityKind::api, [&](EntityIndex index) { settle_interface(index); });
    write();
  }

 private:
  template <typename Action>
  void for_each(EntityKind kind, Action act) {
    for (EntityIndex index = 0; index < m_graph.entities().size(); ++index) {
      if (m_graph.entity(index).kind == kind) act(index);
    }
  }

  [[nodiscard]] std::string address(EntityIndex index) const { return m_graph.entity(index).id.address.str(); }

  template <typename Action>
  void for_each_route(EntityIndex source, Action act) {
    for (const model::RelationIndex out : m_graph.outgoing(source)) {
      const model::Relation& relation = m_graph.relation(out);
      if (relation.kind == model::RelationKind::routes_to) act(relation.target);
    }
  }

  /// A gateway that is served by declared workloads is as open as the endpoints in front of those; nothing where there is none.
  [[nodiscard]] std::optional<Exposure> exposure_of_servers(EntityIndex gateway) const {
    std::optional<Exposure> exposure;
    for (const model::RelationIndex out : m_graph.outgoing(gateway)) {
      const model::Relation& served = m_graph.relation(out);
      if (served.kind != model::RelationKind::exposes) continue;
      for (const model::RelationIndex in : m_graph.incoming(served.target)) {
        const model::Relation& route = m_graph.relation(in);
        const Entity& source = m_graph.entity(route.source);
        if (route.kind != model::RelationKind::routes_to || source.kind != EntityKind::endpoint) continue;
        exposure = std::max(exposure.value_or(Exposure::cluster), exposure_of_endpoint(source));
      }
    }
    return exposure;
  }

  /// Listeners of their own are as open as the gateway that they are added to; nothing for a gateway. Where that gateway does not
  /// take them they let nobody in.
  [[nodiscard]] std::optional<Exposure> exposure_of_parent(EntityIndex gateway) const {
    std::optional<Exposure> exposure;
    for (const model::RelationIndex out : m_graph.outgoing(gateway)) {
      const model::Relation& relation = m_graph.relation(out);
      if (relation.kind != model::RelationKind::configures) continue;
      const Entity& parent = m_graph.entity(relation.target);
      if (parent.kind == EntityKind::unresolved) exposure = std::max(exposure.value_or(Exposure::none), Exposure::cluster);
      if (parent.kind != EntityKind::gateway) continue;
      const Exposure own = exposure_of_servers(relation.target).value_or(exposure_of_gateway(parent));
      exposure = std::max(exposure.value_or(Exposure::none), own);
    }
    return exposure;
  }

  void enter_gateway(EntityIndex gateway) {
    std::optional<Exposure> found = exposure_of_parent(gateway);
    if (!found) found = exposure_of_servers(gateway);
    const Exposure exposure = found.value_or(exposure_of_gateway(m_graph.entity(gateway)));
    Ways& ways = m_ways[gateway];
    ways.exposure = exposure;
    if (exposure < Exposure::internal) return;
    for_each_route(gateway, [&](EntityIndex endpoint) {
      Ways& next = m_ways[endpoint];
      next.exposure = std::max(next.exposure, exposure);
      next.through_controller = true;
      next.paths.insert(Symbol(std::string(name_of(exposure)) + " > " + address(gateway) + " > " + address(endpoint)));
    });
  }

  void enter_endpoint(EntityIndex endpoint) {
    Ways& ways = m_ways[endpoint];
    const Exposure own = exposure_of_endpoint(m_graph.entity(endpoint));
    if (own > Exposure::cluster) {
      ways.direct = true;
      ways.paths.insert(Symbol(std::string(name_of(own)) + " > " + address(endpoint)));
    }
    ways.exposure = std::max(ways.exposure, own);
    lead_on(endpoint, ways, k_most_names);
  }

  /// Hands the ways of an endpoint to what it leads to: workloads, and endpoints that it is another name of (ExternalName). What is
  /// handed over such names may be handed again when the endpoint has its turn; sets make that harmless.
  void lead_on(EntityIndex endpoint, const Ways& ways, int names_left) {
    for_each_route(endpoint, [&](EntityIndex target) {
      Ways& next = m_ways[target];
      Ways handed = ways;
      handed.paths.clear();
      for (const Symbol path : ways.paths) handed.paths.insert(Symbol(path.str() + " > " + address(target)));
      next.exposure = std::max(next.exposure, handed.exposure);
      next.direct |= handed.direct;
      next.through_controller |= handed.through_controller;
      next.paths.insert(handed.paths.begin(), handed.paths.end());
      if (m_graph.entity(target).kind == EntityKind::endpoint && names_left > 0) lead_on(target, handed, names_left - 1);
    });
  }

  void settle_workload(EntityIndex workload) {
    Ways& ways = m_ways[workload];
    const Entity& entity = m_graph.entity(workload);
    const bool on_node = entity.attributes.is_true(attribute::host_network) || !entity.attributes.of(attribute::host_ports).empty();
    const bool listens = on_node || !entity.attributes.of(attribute::ports).empty();
    if (listens) ways.exposure = std::max(ways.exposure, Exposure::cluster);
    if (on_node && ways.exposure <= Exposure::internal) {
      ways.exposure = Exposure::internal;
      ways.paths.insert(Symbol("internal > node > " + address(workload)));
    }
    // Policies do not apply to pods on the node's own network.
    if (entity.attributes.is_true(attribute::host_network) || ways.exposure < Exposure::internal) return;
    const bool direct = ways.direct && m_policies.allows_from_outside(workload, OutsideWay::direct);
    const bool controlled = ways.through_controller && m_policies.allows_from_outside(workload, OutsideWay::controller);
    const bool node = on_node && m_policies.allows_from_outside(workload, OutsideWay::direct);
    if (!direct && !controlled && !node) {
      ways.exposure = Exposure::cluster;
      ways.paths.clear();
      return;
    }
    // Policies that let in private addresses only change nothing here: by default traffic from outside arrives with the address of
    // the node that forwards it (externalTrafficPolicy: Cluster).
  }

  /// An interface is as open as those that serve it.
  void settle_interface(EntityIndex interface) {
    Ways& ways = m_ways[interface];
    for (const model::RelationIndex in : m_graph.incoming(interface)) {
      const model::Relation& relation = m_graph.relation(in);
      if (relation.kind != model::RelationKind::exposes) continue;
      ways.exposure = std::max(ways.exposure, m_ways[relation.source].exposure);
      const std::set<Symbol>& paths = m_ways[relation.source].paths;
      ways.paths.insert(paths.begin(), paths.end());
    }
  }

  void write() {
    for (EntityIndex index = 0; index < m_graph.entities().size(); ++index) {
      const EntityKind kind = m_graph.entity(index).kind;
      const bool workload = model::is_workload(kind) && !m_graph.entity(index).id.application.empty();
      if (!workload && kind != EntityKind::gateway && kind != EntityKind::api) continue;
      Attributes& attributes = m_graph.entity_for_derivation(index).attributes;
      const Ways& ways = m_ways[index];
      attributes.set(attribute::exposure, Symbol(name_of(ways.exposure)));
      if (!ways.paths.empty()) attributes.set(attribute::entry_paths, TextList(ways.paths.begin(), ways.paths.end()));
    }
  }

  ArchitectureGraph& m_graph;
  const NetworkPolicies& m_policies;
  std::vector<Ways> m_ways;
};

}  // namespace

void derive_exposure(ArchitectureGraph& graph, const NetworkPolicies& policies) { ExposureDeriver(graph, policies).run(); }

}  // namespace postern::derive
