// SPDX-License-Identifier: Apache-2.0
// NetworkPolicy and GlobalNetworkPolicy of Calico, as far as they say the same as network policies of Kubernetes.
//
// Rules are tried in order and policies by their `order`; the first that matches decides, and what nothing allows is denied.
// Leaving denials away and adding up what is allowed therefore never counts less as allowed than what really is.
#include <ingest/kubernetes/links.h>
#include <ingest/kubernetes/network/calico_selector.h>
#include <ingest/kubernetes/network/kinds.h>
#include <ingest/kubernetes/network/policy_text.h>

#include <algorithm>
#include <array>

namespace postern::ingest::kubernetes {
namespace {

using model::LabelSelector;
using model::NetworkPeer;
using model::NetworkRule;
using Alternatives = std::vector<LabelSelector>;

constexpr std::string_view k_namespace_of_pod = "projectcalico.org/namespace";
constexpr std::string_view k_name_of_namespace = "projectcalico.org/name";
constexpr std::string_view k_name_label = "kubernetes.io/metadata.name";
/// Parts of the other side of a rule that have no exact counterpart.
constexpr std::array<std::string_view, 6> k_inexact = {"notNets",  "notSelector", "serviceAccounts",
                                                       "services", "ports",       "notPorts"};

LabelSelector with_plain_name(LabelSelector selector) {
  for (model::LabelRequirement& term : selector.requirements) {
    if (term.key.view() == k_name_of_namespace) term.key = Symbol(k_name_label);
  }
  return selector;
}

/// Terms about the namespace of a pod, taken out of a selector of pods.
LabelSelector take_namespaces(LabelSelector& pods) {
  LabelSelector namespaces;
  for (model::LabelRequirement& term : pods.requirements) {
    if (term.key.view() != k_namespace_of_pod) continue;
    namespaces.requirements.push_back({Symbol(k_name_label), term.operation, term.values});
  }
  std::erase_if(pods.requirements, [](const model::LabelRequirement& term) { return term.key.view() == k_namespace_of_pod; });
  return namespaces;
}

void append(LabelSelector& into, const LabelSelector& more) {
  into.requirements.insert(into.requirements.end(), more.requirements.begin(), more.requirements.end());
}

class PolicyReader {
 public:
  explicit PolicyReader(ObjectReader& reader) : m_reader(reader), m_spec(reader.spec()) {}

  void read(model::EntityFact& entity) {
    model::NetworkPolicyFact fact;
    fact.address = entity.address;
    fact.namespace_name = entity.namespace_name;
    fact.location = entity.location;
    read_types(fact);
    fact.ingress = read_rules("ingress", "source");
    fact.egress = read_rules("egress", "destination");
    add_policy_types(fact, m_spec["types"] ? m_spec["types"].location() : m_spec.location(), entity.attributes);
    const std::string_view text = m_reader.text(m_spec, "selector").value_or("all()");
    const Location place = m_spec["selector"] ? m_spec["selector"].location() : m_spec.location();
    add_set(entity.attributes, model::attribute::selector, {Symbol(text)}, place);
    add_rules(fact.ingress, "from", model::attribute::ingress_rules, location_of("ingress"), entity.attributes);
    add_rules(fact.egress, "to", model::attribute::egress_rules, location_of("egress"), entity.attributes);
    emit(std::move(fact), text);
  }

 private:
  [[nodiscard]] Location location_of(std::string_view key) const {
    return m_spec[key] ? m_spec[key].location() : m_spec.location();
  }

  void read_types(model::NetworkPolicyFact& fact) {
    const std::vector<Symbol> types = m_reader.texts(m_spec, "types");
    for (const Symbol type : types) {
      fact.restricts_ingress = fact.restricts_ingress || type.view() == "Ingress";
      fact.restricts_egress = fact.restricts_egress || type.view() == "Egress";
    }
    if (!types.empty()) return;
    fact.restricts_egress = m_spec["egress"].size() != 0;
    fact.restricts_ingress = m_spec["ingress"].size() != 0 || !fact.restricts_egress;
  }

  /// One fact an alternative of the selector: together they select what the expression selects.
  void emit(model::NetworkPolicyFact fact, std::string_view text) {
    for (const std::string_view key : {"preDNAT", "doNotTrack"}) {
      if (m_reader.boolean(m_spec, key).value_or(false)) return;  // for the nodes' own addresses, not for pods
    }
    if (m_spec["serviceAccountSelector"]) not_fully_evaluated(m_reader, m_spec["serviceAccountSelector"], "a selector of accounts");
    std::optional<Alternatives> selectors = parse_calico_selector(text);
    std::optional<Alternatives> spaces = parse_calico_selector(m_reader.text(m_spec, "namespaceSelector").value_or(""));
    const bool exact = selectors && spaces && !m_spec["serviceAccountSelector"];
    if (!exact) {
      // Whom it selects is not known, so it may allow something anywhere: it is taken to allow everything everywhere.
      if (!m_spec["serviceAccountSelector"]) not_fully_evaluated(m_reader, m_spec["selector"], "the selector");
      fact.ingress = fact.egress = {NetworkRule{}};
      m_reader.emit(std::move(fact));
      return;
    }
    for (const LabelSelector& selector : *selectors) {
      for (const LabelSelector& space : *spaces) {
        model::NetworkPolicyFact alternative = fact;
        alternative.selector = selector;
        alternative.namespaces = with_plain_name(space);
        append(alternative.namespaces, take_namespaces(alternative.selector));
        m_reader.emit(std::move(alternative));
      }
    }
  }

  std::vector<NetworkRule> read_rules(std::string_view direction, std::string_view side) {
    std::vector<NetworkRule> rules;
    const std::size_t count = m_spec[direction].size();
    std::size_t at = 0;
    m_reader.each_mapping(m_spec, direction, [&](const Node& item) {
      const bool last = ++at == count;
      const std::string_view action = m_reader.required_name(item, "action").value_or("Allow");
      if (action == "Allow") return rules.push_back(read_rule(item, side));
      if (action == "Log") return;
      // What nothing allows is denied anyway: a last denial of everything says nothing more.
      const bool bare = !item["source"] && !item["destination"] && !item["protocol"];
      if (action == "Deny" && last && bare) return;
      not_fully_evaluated(m_reader, item, "the action " + std::string(action));
      if (action == "Pass") rules.emplace_back();
    });
    return rules;
  }

  NetworkRule read_rule(const Node& item, std::string_view side) {
    NetworkRule rule;
    m_inexact.clear();
    const Node other = m_reader.mapping(item, side);
    if (other) rule.peers = read_peers(other);
    const Node target = m_reader.mapping(item, "destination");
    if (target) read_ports(item, target, rule);
    for (const std::string_view key : {"notProtocol", "icmp", "notICMP", "http", "ipVersion"}) {
      if (item[key]) not_fully_evaluated(m_reader, item[key], key);
    }
    if (!m_inexact.empty()) {
      not_fully_evaluated(m_reader, item, "'" + m_inexact + "' is taken for everybody");
      rule.peers.clear();
    }
    return rule;
  }

  void read_ports(const Node& item, const Node& target, NetworkRule& rule) {
    const std::string protocol(m_reader.text_or_integer(item, "protocol").value_or("ANY"));
    for (const Node port : m_reader.sequence(target, "ports").items()) {
      if (port.is_scalar()) {
        rule.ports.push_back(port_range(port.text(), protocol));
      } else {
        m_reader.wrong_type(port, "ports", "a number or text");
      }
    }
    std::sort(rule.ports.begin(), rule.ports.end());
  }

  /// Without selectors and addresses: everybody.
  std::vector<NetworkPeer> read_peers(const Node& other) {
    std::vector<NetworkPeer> peers;
    for (const std::string_view key : k_inexact) {
      const bool of_target = key == "ports" || key == "notPorts";
      if (other[key] && !of_target) m_inexact = key;
    }
    for (const Symbol net : m_reader.texts(other, "nets")) {
      NetworkPeer peer;
      peer.ip_block = net;
      peers.push_back(std::move(peer));
    }
    for (const Symbol domain : m_reader.texts(other, "domains")) {
      NetworkPeer peer;
      peer.host_pattern = domain;
      peers.push_back(std::move(peer));
    }
    const bool selects = other["selector"] || other["namespaceSelector"];
    if (!selects) return peers;
    if (!peers.empty()) m_inexact = "nets";  // of addresses and labels both must hold
    const std::optional<Alternatives> pods = parse_calico_selector(m_reader.text(other, "selector").value_or(""));
    const std::optional<Alternatives> spaces = parse_calico_selector(m_reader.text(other, "namespaceSelector").value_or(""));
    if (!pods || !spaces) {
      m_inexact = "selector";
      return peers;
    }
    for (const LabelSelector& pod : *pods) {
      for (const LabelSelector& space : *spaces)
        peers.push_back(peer_of(pod, space, static_cast<bool>(other["namespaceSelector"])));
    }
    return peers;
  }

  /// A selector alone means pods of the policy's own namespace, in a global policy those of every one.
  [[nodiscard]] NetworkPeer peer_of(LabelSelector pods, const LabelSelector& space, bool names_spaces) const {
    NetworkPeer peer;
    LabelSelector namespaces = with_plain_name(space);
    const LabelSelector own = take_namespaces(pods);
    const bool anywhere = names_spaces || !own.requirements.empty() || m_reader.object().namespace_name.empty();
    append(namespaces, own);
    peer.pods = std::move(pods);
    if (anywhere) peer.namespaces = std::move(namespaces);
    return peer;
  }

  ObjectReader& m_reader;
  Node m_spec;
  std::string m_inexact;  ///< the part of the rule at hand that has no exact counterpart
};

}  // namespace

void read_calico_policy(ObjectReader& reader) {
  model::EntityFact entity = reader.entity(model::EntityKind::network_policy);
  if (reader.required_mapping(reader.object().root, "spec")) PolicyReader(reader).read(entity);
  reader.emit(std::move(entity));
}

}  // namespace postern::ingest::kubernetes
