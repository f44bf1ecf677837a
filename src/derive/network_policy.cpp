// SPDX-License-Identifier: Apache-2.0
// What network policies allow: between two workloads, and from outside of the cluster.
#include "derive/network_policy.h"

#include <algorithm>
#include <set>

#include "derive/address_range.h"

namespace postern::derive {

using model::Entity;
using model::EntityKind;
using model::NetworkPeer;
using model::NetworkPolicyFact;
using model::NetworkRule;
using model::Symbol;

NetworkPolicies::NetworkPolicies(const model::ArchitectureGraph& graph) : m_graph(graph) {
  for (const model::PolicyBinding& binding : graph.policies()) {
    for (const EntityIndex workload : binding.selected) {
      if (binding.policy.restricts_ingress) m_ingress[workload].push_back(&binding.policy);
      if (binding.policy.restricts_egress) m_egress[workload].push_back(&binding.policy);
    }
  }
  for (const Entity& entity : graph.entities()) {
    if (entity.kind == EntityKind::namespace_) m_namespaces[{entity.id.application, entity.id.target, entity.name}] = entity.labels;
  }
  // The API server gives every namespace this label; nobody declares it.
  static const Symbol k_name_label("kubernetes.io/metadata.name");
  for (const Entity& entity : graph.entities()) {
    if (entity.namespace_name.empty()) continue;
    model::Labels& labels = m_namespaces[{entity.id.application, entity.id.target, entity.namespace_name}];
    const model::Label name(k_name_label, entity.namespace_name);
    if (std::find(labels.begin(), labels.end(), name) == labels.end()) labels.push_back(name);
  }
}

const NetworkPolicies::PolicyList& NetworkPolicies::ingress_of(EntityIndex workload) const {
  static const PolicyList k_none;
  const auto at = m_ingress.find(workload);
  return at == m_ingress.end() ? k_none : at->second;
}

const NetworkPolicies::PolicyList& NetworkPolicies::egress_of(EntityIndex workload) const {
  static const PolicyList k_none;
  const auto at = m_egress.find(workload);
  return at == m_egress.end() ? k_none : at->second;
}

const model::Labels& NetworkPolicies::namespace_labels(const Entity& workload) const {
  static const model::Labels k_none;
  const auto at = m_namespaces.find({workload.id.application, workload.id.target, workload.namespace_name});
  return at == m_namespaces.end() ? k_none : at->second;
}

bool NetworkPolicies::peer_matches(const NetworkPeer& peer, const NetworkPolicyFact& policy, EntityIndex other) const {
  const Entity& entity = m_graph.entity(other);
  const bool is_pod = model::is_workload(entity.kind) && !entity.id.application.empty();
  if (!is_pod) return !peer.ip_block.empty();  // an outside address may be in the block: not known, so not blocked
  if (!peer.ip_block.empty() && !peer.pods && !peer.namespaces) return true;  // a pod's address is not known statically either
  if (peer.namespaces) {
    if (!peer.namespaces->matches(namespace_labels(entity))) return false;
  } else if (entity.namespace_name != policy.namespace_name) {
    return false;
  }
  return !peer.pods || peer.pods->matches(entity.labels);
}

bool NetworkPolicies::any_rule_matches(const PolicyList& policies, const std::vector<NetworkRule> NetworkPolicyFact::*rules,
                                       EntityIndex other) const {
  for (const NetworkPolicyFact* policy : policies) {
    for (const NetworkRule& rule : policy->*rules) {
      const auto matches = [&](const NetworkPeer& peer) { return peer_matches(peer, *policy, other); };
      if (rule.peers.empty() || std::any_of(rule.peers.begin(), rule.peers.end(), matches)) return true;
    }
  }
  return false;
}

bool NetworkPolicies::allows(EntityIndex source, EntityIndex target) const {
  const PolicyList& ingress = ingress_of(target);
  const PolicyList& egress = egress_of(source);
  return (ingress.empty() || any_rule_matches(ingress, &NetworkPolicyFact::ingress, source)) &&
         (egress.empty() || any_rule_matches(egress, &NetworkPolicyFact::egress, target));
}

bool NetworkPolicies::allows_from_outside(EntityIndex workload, OutsideWay way) const {
  const PolicyList& policies = ingress_of(workload);
  if (policies.empty()) return true;
  const auto lets_in = [&](const NetworkPeer& peer) {
    if (!peer.ip_block.empty()) return true;
    // An ingress controller is a pod of a namespace that usually nobody declares here.
    return way == OutsideWay::controller && peer.namespaces.has_value();
  };
  for (const NetworkPolicyFact* policy : policies) {
    for (const NetworkRule& rule : policy->ingress) {
      if (rule.peers.empty() || std::any_of(rule.peers.begin(), rule.peers.end(), lets_in)) return true;
    }
  }
  return false;
}

std::vector<Symbol> NetworkPolicies::outside_ranges(EntityIndex workload) const {
  std::set<Symbol> ranges;
  for (const NetworkPolicyFact* policy : ingress_of(workload)) {
    for (const NetworkRule& rule : policy->ingress) {
      if (rule.peers.empty()) return {};
      for (const NetworkPeer& peer : rule.peers) {
        if (peer.ip_block.empty()) continue;
        if (is_everything(peer.ip_block.view())) return {};
        ranges.insert(peer.ip_block);
      }
    }
  }
  return {ranges.begin(), ranges.end()};
}

void mark_isolation(model::ArchitectureGraph& graph, const NetworkPolicies& policies) {
  for (EntityIndex index = 0; index < graph.entities().size(); ++index) {
    const Entity& entity = graph.entity(index);
    if (!model::is_workload(entity.kind) || entity.id.application.empty()) continue;
    model::Attributes& attributes = graph.entity_for_derivation(index).attributes;
    attributes.set(model::attribute::ingress_isolated, policies.restricts_ingress(index));
    attributes.set(model::attribute::egress_isolated, policies.restricts_egress(index));
  }
}

void mark_blocked_relations(model::ArchitectureGraph& graph, const NetworkPolicies& policies) {
  for (model::RelationIndex index = 0; index < graph.relations().size(); ++index) {
    const model::Relation& relation = graph.relation(index);
    if (model::family_of(relation.kind) != model::RelationFamily::network) continue;
    if (policies.allows(relation.source, relation.target)) continue;
    graph.relation_for_derivation(index).attributes.set(model::attribute::network_policy_blocked, true);
  }
}

}  // namespace postern::derive
