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

TextList sorted(TextList list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
  return list;
}

bool all_private(const TextList& ranges) {
  return !ranges.empty() && std::all_of(ranges.begin(), ranges.end(), [](Symbol range) { return is_private(range.view()); });
}

Exposure exposure_of_endpoint(const Entity& endpoint) {
  const Attributes& attributes = endpoint.attributes;
  const std::string_view type = attributes.text(attribute::endpoint_type).view();
  const TextList& outside = attributes.list(attribute::external_ips);
  Exposure exposure = Exposure::cluster;
  if (!outside.empty()) exposure = all_private(outside) ? Exposure::internal : Exposure::internet;
  if (type == "NodePort") exposure = std::max(exposure, Exposure::internal);
  if (type == "LoadBalancer") {
    const bool internal = attributes.is_true(attribute::internal_load_balancer) ||
                          all_private(attributes.list(attribute::load_balancer_source_ranges));
    exposure = std::max(exposure, internal ? Exposure::internal : Exposure::internet);
  }
  return exposure;
}

Exposure exposure_of_gateway(const Entity& gateway) {
  if (gateway.attributes.is_true(attribute::cluster_local)) return Exposure::cluster;
  const bool internal = gateway.attributes.is_true(attribute::gateway_internal) ||
                        all_private(gateway.attributes.list(attribute::gateway_source_ranges));
  return internal ? Exposure::internal : Exposure::internet;
}

/// Everything that is known of the ways to one entity.
struct Ways {
  Exposure exposure = Exposure::none;
  std::set<Symbol> direct_paths;      ///< past all gateways
  std::set<Symbol> controller_paths;  ///< through a gateway, whose controller sends the requests
  TextList asked;                     ///< of an endpoint: its ports that gateways lead to; empty: all
  bool asked_for_any = false;         ///< a gateway leads there without naming a port
  PodPorts direct_ports;              ///< of a workload: where the traffic arrives
  PodPorts controller_ports;
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
    for (EntityIndex index = 0; index < m_graph.entities().size(); ++index) enter_public(index);
    for (EntityIndex index = 0; index < m_graph.entities().size(); ++index) {
      const Entity& entity = m_graph.entity(index);
      const bool runs = model::is_workload(entity.kind) || entity.kind == EntityKind::host;
      if (runs && !entity.id.application.empty()) settle_workload(index);
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
      if (relation.kind == model::RelationKind::routes_to) act(relation.target, relation);
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
    Exposure exposure = found.value_or(exposure_of_gateway(m_graph.entity(gateway)));
    if (const auto admitted = admitted_by_firewalls(gateway)) exposure = std::min(exposure, *admitted);
    Ways& ways = m_ways[gateway];
    ways.exposure = exposure;
    if (exposure < Exposure::internal) return;
    for_each_route(gateway, [&](EntityIndex endpoint, const model::Relation& route) {
      if (m_graph.entity(endpoint).kind == EntityKind::route) return;
      Ways& next = m_ways[endpoint];
      const TextList& asked = route.attributes.list(attribute::relation_ports);
      next.asked.insert(next.asked.end(), asked.begin(), asked.end());
      next.asked_for_any |= asked.empty();
      next.exposure = std::max(next.exposure, exposure);
      next.controller_paths.insert(Symbol(std::string(name_of(exposure)) + " > " + address(gateway) + " > " + address(endpoint)));
    });
  }

  void enter_endpoint(EntityIndex endpoint) {
    Ways& ways = m_ways[endpoint];
    const Exposure own = exposure_of_endpoint(m_graph.entity(endpoint));
    if (own > Exposure::cluster) ways.direct_paths.insert(Symbol(std::string(name_of(own)) + " > " + address(endpoint)));
    ways.exposure = std::max(ways.exposure, own);
    lead_on(endpoint, ways, k_most_names);
  }

  /// How far the ranges of a rule reach: each is `RANGE PORTS`. Names of other groups, and what comes from services of the same
  /// cloud, are inside.
  static Exposure exposure_of_ranges(const TextList& ranges) {
    Exposure widest = Exposure::none;
    for (const Symbol text : ranges) {
      const std::string_view range = text.view().substr(0, text.view().find(' '));
      const bool address = range.find('.') != std::string_view::npos || range.find(':') != std::string_view::npos;
      const bool number = !range.empty() && range.find_first_not_of("0123456789abcdef.:/-") == std::string_view::npos;
      Exposure reach = Exposure::cluster;
      if (range == "unknown") reach = Exposure::internet;
      if (address && number) reach = is_private(range) ? Exposure::internal : Exposure::internet;
      widest = std::max(widest, reach);
    }
    return widest;
  }

  /// Whom firewalls and security groups let in; nothing where none is known.
  [[nodiscard]] std::optional<Exposure> admitted_by_firewalls(EntityIndex index) const {
    std::optional<Exposure> widest;
    for (const model::RelationIndex in : m_graph.incoming(index)) {
      const model::Relation& relation = m_graph.relation(in);
      const Entity& firewall = m_graph.entity(relation.source);
      const bool guards = relation.kind == model::RelationKind::protects && firewall.kind == EntityKind::network_policy &&
                          !firewall.attributes.of(attribute::resource_type).empty();
      if (!guards) continue;
      const model::Attribute* row = firewall.attributes.find(attribute::source_ranges);
      const bool unknown = row != nullptr && std::holds_alternative<model::Unknown>(row->value);
      const Exposure reach = unknown ? Exposure::internet : exposure_of_ranges(firewall.attributes.list(attribute::source_ranges));
      widest = std::max(widest.value_or(Exposure::none), reach);
    }
    return widest;
  }

  /// Infrastructure with an address of its own that the internet can reach.
  void enter_public(EntityIndex index) {
    const Entity& entity = m_graph.entity(index);
    if (!model::is_workload(entity.kind) && entity.kind != EntityKind::host) return;
    if (entity.id.application.empty() || !entity.attributes.is_true(attribute::public_access)) return;
    Exposure reach = admitted_by_firewalls(index).value_or(Exposure::internet);
    const model::Attribute* own = entity.attributes.find(attribute::source_ranges);
    if (own != nullptr && std::holds_alternative<TextList>(own->value)) {
      reach = std::min(reach, exposure_of_ranges(std::get<TextList>(own->value)));
    }
    Ways& ways = m_ways[index];
    ways.exposure = std::max(ways.exposure, reach);
    if (reach < Exposure::internal) return;
    ways.direct_paths.insert(Symbol(std::string(name_of(reach)) + " > " + address(index)));
  }

  [[nodiscard]] std::set<Symbol> longer(const std::set<Symbol>& paths, EntityIndex target) const {
    std::set<Symbol> result;
    for (const Symbol path : paths) result.insert(Symbol(path.str() + " > " + address(target)));
    return result;
  }

  /// Hands the ways of an endpoint to what it leads to: workloads, and endpoints that it is another name of (ExternalName). What is
  /// handed over such names may be handed again when the endpoint has its turn; sets make that harmless.
  void lead_on(EntityIndex endpoint, const Ways& ways, int names_left) {
    for_each_route(endpoint, [&](EntityIndex target, const model::Relation&) {
      Ways& next = m_ways[target];
      add_ports(endpoint, ways, names_left, next);
      Ways handed = ways;
      handed.direct_paths = longer(ways.direct_paths, target);
      handed.controller_paths = longer(ways.controller_paths, target);
      next.exposure = std::max(next.exposure, handed.exposure);
      next.direct_paths.insert(handed.direct_paths.begin(), handed.direct_paths.end());
      next.controller_paths.insert(handed.controller_paths.begin(), handed.controller_paths.end());
      if (m_graph.entity(target).kind == EntityKind::endpoint && names_left > 0) lead_on(target, handed, names_left - 1);
    });
  }

  /// Where traffic that comes by the endpoint arrives. Other names in front of it may be asked for other ports.
  void add_ports(EntityIndex endpoint, const Ways& ways, int names_left, Ways& next) {
    const Entity& entity = m_graph.entity(endpoint);
    const bool by_another_name = names_left < k_most_names;
    if (by_another_name) {
      next.direct_ports.add_unknown();
      next.controller_ports.add_unknown();
    }
    if (!ways.direct_paths.empty()) next.direct_ports.merge(ports_behind(entity, {}));
    if (!ways.controller_paths.empty())
      next.controller_ports.merge(ports_behind(entity, ways.asked_for_any ? TextList{} : sorted(ways.asked)));
  }

  void settle_workload(EntityIndex workload) {
    Ways& ways = m_ways[workload];
    const Entity& entity = m_graph.entity(workload);
    const bool on_node = entity.attributes.is_true(attribute::host_network) || !entity.attributes.of(attribute::host_ports).empty();
    // A service of Compose that belongs to no active profile does not run.
    if (entity.attributes.find(attribute::profiles) != nullptr && entity.attributes.find(attribute::condition) != nullptr) return;
    const bool connected = entity.attributes.find(attribute::networks) != nullptr;  // all ports are open within a network
    const bool listens = on_node || connected || !entity.attributes.of(attribute::ports).empty();
    if (listens) ways.exposure = std::max(ways.exposure, Exposure::cluster);
    // Policies do not apply to pods on the node's own network.
    const bool free = entity.attributes.is_true(attribute::host_network);
    const bool node_open = on_node && (free || m_policies.allows_from_outside(workload, OutsideWay::direct, {}));
    if (!free && ways.exposure >= Exposure::internal) keep_allowed(workload);
    if (!node_open) return;
    ways.exposure = std::max(ways.exposure, Exposure::internal);
    ways.direct_paths.insert(Symbol("internal > node > " + address(workload)));
  }

  /// Takes away the ways on which policies let nothing in; each counts by itself. Policies that let in private addresses only take
  /// nothing away: by default traffic from outside arrives with the address of the node that forwards it (externalTrafficPolicy:
  /// Cluster).
  void keep_allowed(EntityIndex workload) {
    Ways& ways = m_ways[workload];
    const auto allows = [&](OutsideWay way, const PodPorts& ports) { return m_policies.allows_from_outside(workload, way, ports); };
    if (!ways.direct_paths.empty() && !allows(OutsideWay::direct, ways.direct_ports)) ways.direct_paths.clear();
    if (!ways.controller_paths.empty() && !allows(OutsideWay::controller, ways.controller_ports)) ways.controller_paths.clear();
    ways.exposure = Exposure::cluster;
    for (const auto* paths : {&ways.direct_paths, &ways.controller_paths}) {
      for (const Symbol path : *paths) {
        ways.exposure = std::max(ways.exposure, path.view().starts_with("internet > ") ? Exposure::internet : Exposure::internal);
      }
    }
  }

  /// An interface is as open as those that serve it.
  void settle_interface(EntityIndex interface) {
    Ways& ways = m_ways[interface];
    for (const model::RelationIndex in : m_graph.incoming(interface)) {
      const model::Relation& relation = m_graph.relation(in);
      if (relation.kind != model::RelationKind::exposes) continue;
      ways.exposure = std::max(ways.exposure, m_ways[relation.source].exposure);
      const Ways& server = m_ways[relation.source];
      ways.direct_paths.insert(server.direct_paths.begin(), server.direct_paths.end());
      ways.controller_paths.insert(server.controller_paths.begin(), server.controller_paths.end());
    }
  }

  void write() {
    for (EntityIndex index = 0; index < m_graph.entities().size(); ++index) {
      const EntityKind kind = m_graph.entity(index).kind;
      const bool runs = model::is_workload(kind) || kind == EntityKind::host;
      const bool workload = runs && !m_graph.entity(index).id.application.empty();
      if (!workload && kind != EntityKind::gateway && kind != EntityKind::api) continue;
      Attributes& attributes = m_graph.entity_for_derivation(index).attributes;
      const Ways& ways = m_ways[index];
      attributes.set(attribute::exposure, Symbol(name_of(ways.exposure)));
      std::set<Symbol> paths = ways.direct_paths;
      paths.insert(ways.controller_paths.begin(), ways.controller_paths.end());
      if (!paths.empty()) attributes.set(attribute::entry_paths, TextList(paths.begin(), paths.end()));
    }
  }

  ArchitectureGraph& m_graph;
  const NetworkPolicies& m_policies;
  std::vector<Ways> m_ways;
};

}  // namespace

void derive_exposure(ArchitectureGraph& graph, const NetworkPolicies& policies) { ExposureDeriver(graph, policies).run(); }

}  // namespace postern::derive
