// SPDX-License-Identifier: Apache-2.0
// CiliumNetworkPolicy and CiliumClusterwideNetworkPolicy, as far as they say the same as network policies of Kubernetes.
#include <ingest/kubernetes/labels.h>
#include <ingest/kubernetes/links.h>
#include <ingest/kubernetes/network/kinds.h>
#include <ingest/kubernetes/network/policy_text.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>

namespace postern::ingest::kubernetes {
namespace {

using model::LabelSelector;
using model::NetworkPeer;
using model::NetworkRule;

/// Prefixes of keys: `k8s:app` and `any:app` mean the label `app` of a pod.
constexpr std::array<std::string_view, 2> k_prefixes = {"any:", "k8s:"};
constexpr std::string_view k_namespace_key = "io.kubernetes.pod.namespace";
constexpr std::string_view k_namespace_label_prefix = "io.cilium.k8s.namespace.labels.";
constexpr std::string_view k_every_address = "0.0.0.0/0";

/// What an entity means here.
enum class Entity : std::uint8_t { everybody, outside, inside, no_workload, inexact };
struct EntityRow {
  std::string_view name;
  Entity meaning;
};
constexpr std::array k_entities = {
    EntityRow{"all", Entity::everybody},
    EntityRow{"cluster", Entity::inside},
    EntityRow{"health", Entity::no_workload},
    EntityRow{"host", Entity::no_workload},
    EntityRow{"kube-apiserver", Entity::no_workload},
    EntityRow{"none", Entity::no_workload},
    EntityRow{"world", Entity::outside},
    EntityRow{"world-ipv4", Entity::outside},
    EntityRow{"world-ipv6", Entity::outside},
};

/// The two directions differ in the names of their fields only.
struct Direction {
  std::string_view list, deny, endpoints, entities, cidr, cidr_set, names, preposition;
};
constexpr Direction k_ingress{"ingress", "ingressDeny", "fromEndpoints", "fromEntities", "fromCIDR", "fromCIDRSet", "", "from"};
constexpr Direction k_egress{"egress", "egressDeny", "toEndpoints", "toEntities", "toCIDR", "toCIDRSet", "toFQDNs", "to"};

std::string_view without_prefix(std::string_view key) {
  for (const std::string_view prefix : k_prefixes) {
    if (key.starts_with(prefix)) return key.substr(prefix.size());
  }
  return key;
}

/// One policy specification while it is read.
class PolicyReader {
 public:
  PolicyReader(ObjectReader& reader, const Node& spec) : m_reader(reader), m_spec(spec) {}

  void read(model::EntityFact& entity) {
    model::NetworkPolicyFact fact;
    fact.address = entity.address;
    fact.namespace_name = entity.namespace_name;
    fact.location = m_spec.location();
    const Node selector = m_reader.mapping(m_spec, "endpointSelector");
    if (!selector) return;  // a policy for nodes is about no workload
    NetworkPeer subject = split(read_selector(m_reader, selector));
    fact.selector = subject.pods.value_or(LabelSelector{});
    if (subject.namespaces && entity.namespace_name.empty()) {
      fact.namespaces = *subject.namespaces;
      fact.namespace_name = {};
    }
    const Node defaults = m_reader.mapping(m_spec, "enableDefaultDeny");
    fact.restricts_ingress = restricts(k_ingress, defaults);
    fact.restricts_egress = restricts(k_egress, defaults);
    fact.ingress = read_rules(k_ingress);
    fact.egress = read_rules(k_egress);
    describe(fact, selector, entity.attributes);
    m_reader.emit(std::move(fact));
  }

 private:
  /// A direction is restricted as soon as it has a rule, unless the policy says that it only adds.
  [[nodiscard]] bool restricts(const Direction& direction, const Node& defaults) const {
    const bool told = defaults && !m_reader.boolean(defaults, direction.list).value_or(true);
    return !told && (m_spec[direction.list].size() != 0 || m_spec[direction.deny].size() != 0);
  }

  /// Takes the terms about namespaces out of a selector of endpoints.
  static NetworkPeer split(const LabelSelector& selector) {
    NetworkPeer peer;
    LabelSelector pods;
    LabelSelector namespaces;
    for (model::LabelRequirement term : selector.requirements) {
      const std::string_view key = without_prefix(term.key.view());
      if (key == k_namespace_key) {
        term.key = Symbol("kubernetes.io/metadata.name");
        namespaces.requirements.push_back(std::move(term));
      } else if (key.starts_with(k_namespace_label_prefix)) {
        term.key = Symbol(key.substr(k_namespace_label_prefix.size()));
        namespaces.requirements.push_back(std::move(term));
      } else {
        term.key = Symbol(key);
        pods.requirements.push_back(std::move(term));
      }
    }
    peer.pods = std::move(pods);
    if (!namespaces.requirements.empty()) peer.namespaces = std::move(namespaces);
    return peer;
  }

  /// Endpoints of one's own namespace where none is named; of all in a policy for the whole cluster.
  void add_endpoints(const Direction& direction, const Node& item, NetworkRule& rule) {
    m_reader.each_mapping(item, direction.endpoints, [&](const Node& node) {
      NetworkPeer peer = split(read_selector(m_reader, node));
      const bool reserved =
          std::any_of(peer.pods->requirements.begin(), peer.pods->requirements.end(),
                      [](const model::LabelRequirement& term) { return term.key.view().starts_with("reserved:"); });
      if (reserved) {
        m_inexact = "a selector of reserved identities";
        return;
      }
      if (!peer.namespaces && m_reader.object().namespace_name.empty()) peer.namespaces = LabelSelector{};
      rule.peers.push_back(std::move(peer));
    });
  }

  void add_block(Symbol block, std::vector<Symbol> except, NetworkRule& rule) {
    NetworkPeer peer;
    peer.ip_block = block;
    peer.ip_except = std::move(except);
    rule.peers.push_back(std::move(peer));
  }

  void add_entities(const Direction& direction, const Node& item, NetworkRule& rule) {
    for (const Symbol name : m_reader.texts(item, direction.entities)) {
      const auto row =
          std::find_if(k_entities.begin(), k_entities.end(), [&](const EntityRow& known) { return known.name == name.view(); });
      const Entity meaning = row == k_entities.end() ? Entity::inexact : row->meaning;
      if (meaning == Entity::everybody) m_everybody = true;
      if (meaning == Entity::outside) add_block(Symbol(k_every_address), {}, rule);
      if (meaning == Entity::inside) {
        NetworkPeer peer;
        peer.namespaces = LabelSelector{};
        rule.peers.push_back(std::move(peer));
      }
      if (meaning == Entity::inexact) m_inexact = "the entity " + name.str();
    }
  }

  void add_addresses(const Direction& direction, const Node& item, NetworkRule& rule) {
    for (const Symbol block : m_reader.texts(item, direction.cidr)) add_block(block, {}, rule);
    m_reader.each_mapping(item, direction.cidr_set, [&](const Node& node) {
      const auto block = m_reader.name(node, "cidr");
      if (block) {
        add_block(Symbol(*block), m_reader.sorted_texts(node, "except"), rule);
      } else {
        m_inexact = "a group of addresses";
      }
    });
    if (direction.names.empty()) return;
    m_reader.each_mapping(item, direction.names, [&](const Node& node) {
      auto name = m_reader.name(node, "matchName");
      if (!name) name = m_reader.name(node, "matchPattern");
      if (!name) return;
      NetworkPeer peer;
      peer.host_pattern = Symbol(base::to_lower(*name));
      rule.peers.push_back(std::move(peer));
    });
  }

  void add_ports(const Node& item, NetworkRule& rule) {
    m_reader.each_mapping(item, "toPorts", [&](const Node& node) {
      m_reader.each_mapping(node, "ports", [&](const Node& port) {
        const std::string_view number = m_reader.text_or_integer(port, "port").value_or("");
        const auto last = m_reader.integer(port, "endPort");
        const std::string range = std::string(number) + (last ? "-" + std::to_string(*last) : "");
        rule.ports.push_back(port_range(range, m_reader.name(port, "protocol").value_or("ANY")));
      });
      if (node["rules"].is_mapping()) not_fully_evaluated(m_reader, node["rules"], "conditions on requests");
    });
    std::sort(rule.ports.begin(), rule.ports.end());
  }

  /// One rule; nothing for one that lets nobody through.
  std::optional<NetworkRule> read_rule(const Direction& direction, const Node& item) {
    NetworkRule rule;
    m_everybody = false;
    m_inexact.clear();
    add_endpoints(direction, item, rule);
    add_entities(direction, item, rule);
    add_addresses(direction, item, rule);
    for (const std::string_view other : {"fromRequires", "toRequires"}) {
      if (item[other]) not_fully_evaluated(m_reader, item[other], other);
    }
    for (const std::string_view other : {"fromNodes", "fromGroups", "toNodes", "toGroups", "toServices"}) {
      if (item[other].size() != 0) m_inexact = other;
    }
    add_ports(item, rule);
    if (!m_inexact.empty()) {
      not_fully_evaluated(m_reader, item, m_inexact + " is taken for everybody");
      m_everybody = true;
    }
    const bool names_peers = item[direction.endpoints].is_sequence() || item[direction.entities].is_sequence() ||
                             item[direction.cidr].is_sequence() || item[direction.cidr_set].is_sequence() ||
                             (!direction.names.empty() && item[direction.names].is_sequence());
    if (m_everybody || (!names_peers && item["toPorts"].size() != 0)) {
      rule.peers.clear();
      return rule;
    }
    // An empty rule lets nobody through, and so does one whose peers are all something else than workloads.
    return rule.peers.empty() ? std::nullopt : std::optional(std::move(rule));
  }

  std::vector<NetworkRule> read_rules(const Direction& direction) {
    std::vector<NetworkRule> rules;
    m_reader.each_mapping(m_spec, direction.list, [&](const Node& item) {
      if (auto rule = read_rule(direction, item)) rules.push_back(std::move(*rule));
    });
    if (m_spec[direction.deny].size() != 0) not_fully_evaluated(m_reader, m_spec[direction.deny], "denials");
    return rules;
  }

  void describe(const model::NetworkPolicyFact& fact, const Node& selector, Rows& rows) {
    add_policy_types(fact, m_spec.location(), rows);
    add_set(rows, model::attribute::selector, selector_texts(read_selector(m_reader, selector)), selector.location());
    for (const Direction& direction : {k_ingress, k_egress}) {
      const bool in = direction.list == "ingress";
      const Node list = m_spec[direction.list];
      add_rules(in ? fact.ingress : fact.egress, direction.preposition,
                in ? model::attribute::ingress_rules : model::attribute::egress_rules, list ? list.location() : m_spec.location(),
                rows);
    }
  }

  ObjectReader& m_reader;
  Node m_spec;
  bool m_everybody = false;
  std::string m_inexact;  ///< what of the rule at hand has no exact counterpart
};

}  // namespace

void read_cilium_policy(ObjectReader& reader) {
  model::EntityFact entity = reader.entity(model::EntityKind::network_policy);
  if (!has_readable_spec(reader)) return reader.emit(std::move(entity));
  if (reader.spec()) PolicyReader(reader, reader.spec()).read(entity);
  reader.each_mapping(reader.object().root, "specs", [&](const Node& spec) { PolicyReader(reader, spec).read(entity); });
  reader.emit(std::move(entity));
}

}  // namespace postern::ingest::kubernetes
