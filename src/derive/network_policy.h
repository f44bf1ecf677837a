// SPDX-License-Identifier: Apache-2.0
// What network policies allow: between two workloads, and from outside of the cluster.
#pragma once
#include <postern/model/graph.h>

#include <unordered_map>
#include <vector>

#include "derive/pod_ports.h"

namespace postern::derive {

using model::EntityIndex;

/// How traffic from outside of the cluster arrives at a workload.
enum class OutsideWay : std::uint8_t {
  direct,     ///< load balancer, node port: with an outside address
  controller  ///< through an ingress controller, which is a pod in some namespace
};

/// The policies of one state by the workloads that they select. Kubernetes' meaning: a workload that no policy selects accepts
/// everything; one that is selected accepts what any of its policies allows.
class NetworkPolicies {
 public:
  explicit NetworkPolicies(const model::ArchitectureGraph& graph);

  /// Whether some policy selects it and none of those lets everybody in (or out) on every port: rules of policies add up, so one
  /// that allows all makes the others void.
  [[nodiscard]] bool restricts_ingress(EntityIndex workload) const;
  [[nodiscard]] bool restricts_egress(EntityIndex workload) const;
  /// Whether traffic from `source` may arrive at one of these ports of `target`: the source's egress and the target's ingress
  /// rules.
  [[nodiscard]] bool allows(EntityIndex source, EntityIndex target, const PodPorts& ports) const;
  /// Whether traffic from outside of the cluster may arrive at one of these ports.
  [[nodiscard]] bool allows_from_outside(EntityIndex workload, OutsideWay way, const PodPorts& ports) const;

 private:
  using PolicyList = std::vector<const model::NetworkPolicyFact*>;
  [[nodiscard]] const PolicyList& ingress_of(EntityIndex workload) const;
  [[nodiscard]] const PolicyList& egress_of(EntityIndex workload) const;
  [[nodiscard]] bool peer_matches(const model::NetworkPeer& peer, const model::NetworkPolicyFact& policy, EntityIndex other) const;
  [[nodiscard]] bool any_rule_matches(const PolicyList& policies,
                                      const std::vector<model::NetworkRule> model::NetworkPolicyFact::*rules, EntityIndex other,
                                      const PodPorts& ports) const;
  [[nodiscard]] const model::Labels& namespace_labels(const model::Entity& workload) const;

  const model::ArchitectureGraph& m_graph;
  std::unordered_map<EntityIndex, PolicyList> m_ingress;
  std::unordered_map<EntityIndex, PolicyList> m_egress;
  std::unordered_map<model::EntityId, model::Labels, model::EntityIdHash> m_namespaces;
};

/// Sets `ingress_isolated` and `egress_isolated` of workloads.
void mark_isolation(model::ArchitectureGraph& graph, const NetworkPolicies& policies);
/// Sets `network_policy_blocked` of network relations that the policies do not allow.
void mark_blocked_relations(model::ArchitectureGraph& graph, const NetworkPolicies& policies);

}  // namespace postern::derive
