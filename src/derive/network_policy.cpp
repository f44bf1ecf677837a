// SPDX-License-Identifier: Apache-2.0
// What network policies allow: between two workloads, and from outside of the cluster.
#include "derive/network_policy.h"

#include <postern/model/compose_project.h>

#include <algorithm>
#include <set>

#include "derive/address_range.h"

namespace postern::derive {
namespace {

/// Every pod of every namespace. A block of all addresses is left to `covers_everything`.
bool is_every_pod(const model::NetworkPeer& peer) {
  const bool all_namespaces = peer.namespaces && peer.namespaces->requirements.empty();
  return all_namespaces && (!peer.pods || peer.pods->requirements.empty());
}

bool allows_every_port(const model::NetworkRule& rule) {
  const auto whole = [](const model::PortRange& range) { return range.name.empty() && range.first <= 1 && range.last >= 65535; };
  return rule.ports.empty() || std::any_of(rule.ports.begin(), rule.ports.end(), whole);
}

/// A block whose exceptions take all of it away again.
bool is_empty_block(const model::NetworkPeer& peer) {
  std::vector<std::string_view> exceptions;
  for (const model::Symbol except : peer.ip_except) exceptions.push_back(except.view());
  return !peer.ip_block.empty() && covers_all_of(peer.ip_block.view(), exceptions);
}

/// Whether the policies together let everybody through on every port. Blocks of addresses add up: 0.0.0.0/1 and 128.0.0.0/1 are
/// everything.
bool lets_everybody(const std::vector<const model::NetworkPolicyFact*>& policies,
                    const std::vector<model::NetworkRule> model::NetworkPolicyFact::*rules) {
  std::vector<std::string_view> blocks;
  for (const model::NetworkPolicyFact* policy : policies) {
    for (const model::NetworkRule& rule : policy->*rules) {
      if (!allows_every_port(rule)) continue;
      if (rule.peers.empty() || std::any_of(rule.peers.begin(), rule.peers.end(), is_every_pod)) return true;
      for (const model::NetworkPeer& peer : rule.peers) {
        if (!peer.ip_block.empty() && !is_empty_block(peer)) blocks.push_back(peer.ip_block.view());
      }
    }
  }
  return covers_everything(blocks);
}

/// `*` stands for any part of a name.
bool matches_pattern(std::string_view pattern, std::string_view name) {
  std::size_t at = 0;
  std::size_t in_pattern = 0;
  std::size_t star = std::string_view::npos;
  std::size_t resume = 0;
  while (at < name.size()) {
    if (in_pattern < pattern.size() && pattern[in_pattern] == '*') {
      star = in_pattern++;
      resume = at;
    } else if (in_pattern < pattern.size() && pattern[in_pattern] == name[at]) {
      ++in_pattern;
      ++at;
    } else if (star != std::string_view::npos) {
      in_pattern = star + 1;
      at = ++resume;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', in_pattern) == std::string_view::npos;
}

}  // namespace

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

bool NetworkPolicies::restricts_ingress(EntityIndex workload) const {
  const PolicyList& policies = ingress_of(workload);
  return !policies.empty() && !lets_everybody(policies, &NetworkPolicyFact::ingress);
}

bool NetworkPolicies::restricts_egress(EntityIndex workload) const {
  const PolicyList& policies = egress_of(workload);
  return !policies.empty() && !lets_everybody(policies, &NetworkPolicyFact::egress);
}

bool NetworkPolicies::peer_matches(const NetworkPeer& peer, const NetworkPolicyFact& policy, EntityIndex other) const {
  const Entity& entity = m_graph.entity(other);
  const bool is_pod = model::is_workload(entity.kind) && !entity.id.application.empty();
  if (is_empty_block(peer)) return false;
  if (!is_pod && !peer.host_pattern.empty()) return matches_pattern(peer.host_pattern.view(), entity.name.view());
  if (!peer.host_pattern.empty()) return false;
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
                                       EntityIndex other, const PodPorts& ports) const {
  for (const NetworkPolicyFact* policy : policies) {
    for (const NetworkRule& rule : policy->*rules) {
      if (!ports.may_pass(rule)) continue;
      const auto matches = [&](const NetworkPeer& peer) { return peer_matches(peer, *policy, other); };
      if (rule.peers.empty() || std::any_of(rule.peers.begin(), rule.peers.end(), matches)) return true;
    }
  }
  return false;
}

bool NetworkPolicies::allows(EntityIndex source, EntityIndex target, const PodPorts& ports) const {
  const Entity& caller = m_graph.entity(source);
  const Entity& called = m_graph.entity(target);
  if (model::project_of(caller) && model::project_of(called) && !model::share_network(caller, called)) return false;
  const PolicyList& ingress = ingress_of(target);
  const PolicyList& egress = egress_of(source);
  return (ingress.empty() || any_rule_matches(ingress, &NetworkPolicyFact::ingress, source, ports)) &&
         (egress.empty() || any_rule_matches(egress, &NetworkPolicyFact::egress, target, ports));
}

bool NetworkPolicies::allows_from_outside(EntityIndex workload, OutsideWay way, const PodPorts& ports) const {
  const PolicyList& policies = ingress_of(workload);
  if (policies.empty()) return true;
  const auto lets_in = [&](const NetworkPeer& peer) {
    if (!peer.ip_block.empty()) return !is_empty_block(peer);
    // An ingress controller is a pod of a namespace that usually nobody declares here.
    return way == OutsideWay::controller && peer.namespaces.has_value();
  };
  for (const NetworkPolicyFact* policy : policies) {
    for (const NetworkRule& rule : policy->ingress) {
      if (!ports.may_pass(rule)) continue;
      if (rule.peers.empty() || std::any_of(rule.peers.begin(), rule.peers.end(), lets_in)) return true;
    }
  }
  return false;
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
    if (policies.allows(relation.source, relation.target, ports_of(graph, relation))) continue;
    graph.relation_for_derivation(index).attributes.set(model::attribute::network_policy_blocked, true);
  }
}

}  // namespace postern::derive
