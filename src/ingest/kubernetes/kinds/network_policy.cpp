// SPDX-License-Identifier: Apache-2.0
// NetworkPolicy: which traffic the selected workloads still have.
#include <ingest/codes.h>
#include <ingest/kubernetes/field_table.h>
#include <ingest/kubernetes/kinds/kinds.h>
#include <ingest/kubernetes/labels.h>

#include <algorithm>

namespace postern::ingest::kubernetes {
namespace {

using model::NetworkPeer;
using model::NetworkRule;
using model::PortRange;

NetworkPeer read_peer(const ObjectReader& reader, const Node& item) {
  NetworkPeer peer;
  if (const Node pods = reader.mapping(item, "podSelector")) peer.pods = read_selector(reader, pods);
  if (const Node spaces = reader.mapping(item, "namespaceSelector")) peer.namespaces = read_selector(reader, spaces);
  if (const Node block = reader.mapping(item, "ipBlock")) {
    peer.ip_block = symbol_of(reader.required_name(block, "cidr"));
    peer.ip_except = reader.sorted_texts(block, "except");
  }
  return peer;
}

/// A named port keeps the whole range: how far it reaches is known by the selected containers only.
PortRange read_port(const ObjectReader& reader, const Node& item) {
  PortRange range;
  range.protocol = Symbol(reader.name(item, "protocol").value_or("TCP"));
  const Node port = item["port"];
  if (!port || port.is_null()) return range;
  if (port.kind() == document::Kind::string) {
    range.name = Symbol(port.text());
    return range;
  }
  if (const auto first = reader.port(item, "port")) range.first = range.last = static_cast<std::uint32_t>(*first);
  const auto last = reader.port(item, "endPort");
  if (!last) return range;
  if (static_cast<std::uint32_t>(*last) < range.first) {
    reader.error(code::k_out_of_range, item["endPort"], "'endPort' is " + std::to_string(*last) + ", expected at least 'port'");
    return range;
  }
  range.last = static_cast<std::uint32_t>(*last);
  return range;
}

std::vector<NetworkRule> read_rules(const ObjectReader& reader, std::string_view direction, std::string_view peers) {
  std::vector<NetworkRule> rules;
  reader.each_mapping(reader.spec(), direction, [&](const Node& item) {
    NetworkRule rule;
    reader.each_mapping(item, peers, [&](const Node& peer) { rule.peers.push_back(read_peer(reader, peer)); });
    reader.each_mapping(item, "ports", [&](const Node& port) { rule.ports.push_back(read_port(reader, port)); });
    std::sort(rule.ports.begin(), rule.ports.end());
    rules.push_back(std::move(rule));
  });
  return rules;
}

std::string port_text(const PortRange& range) {
  const std::string protocol = range.protocol.str();
  if (!range.name.empty()) return range.name.str() + "/" + protocol;
  if (range.first == 0) return "any/" + protocol;
  const std::string first = std::to_string(range.first);
  return (range.first == range.last ? first : first + "-" + std::to_string(range.last)) + "/" + protocol;
}

std::string peer_text(const NetworkPeer& peer) {
  std::string text;
  if (peer.pods) text = "pods " + to_string(*peer.pods);
  if (peer.namespaces) text += (text.empty() ? "namespaces " : " in namespaces ") + to_string(*peer.namespaces);
  if (!peer.ip_block.empty()) text += (text.empty() ? "" : " ") + peer.ip_block.str();
  for (const Symbol except : peer.ip_except) text += (except == peer.ip_except.front() ? " except " : ", ") + except.str();
  return text.empty() ? "nobody" : text;
}

std::string joined(std::vector<std::string> parts, std::string_view separator) {
  std::sort(parts.begin(), parts.end());
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : std::string(separator)) + part;
  return text;
}

/// `from pods app=x; 10.0.0.0/8 ports 80/TCP, 8000-8010/TCP`; `from anywhere` without peers, no ports for every port.
std::string rule_text(const NetworkRule& rule, std::string_view preposition) {
  std::vector<std::string> peers;
  for (const NetworkPeer& peer : rule.peers) peers.push_back(peer_text(peer));
  std::vector<std::string> ports;
  for (const PortRange& range : rule.ports) ports.push_back(port_text(range));
  std::string text = std::string(preposition) + " " + (peers.empty() ? "anywhere" : joined(std::move(peers), "; "));
  return ports.empty() ? text : text + " ports " + joined(std::move(ports), ", ");
}

void add_rules(const ObjectReader& reader, const std::vector<NetworkRule>& rules, std::string_view direction,
               std::string_view preposition, const model::AttributeDefinition& definition, Rows& rows) {
  std::vector<Symbol> texts;
  for (const NetworkRule& rule : rules) texts.emplace_back(rule_text(rule, preposition));
  add_set(rows, definition, std::move(texts), reader.spec()[direction].location());
}

/// Without policyTypes a policy restricts incoming traffic, and outgoing traffic when it has rules for it.
void read_types(const ObjectReader& reader, model::NetworkPolicyFact& fact) {
  const std::vector<Symbol> types = reader.texts(reader.spec(), "policyTypes");
  if (types.empty()) {
    fact.restricts_ingress = true;
    fact.restricts_egress = reader.spec()["egress"].size() != 0;
  }
  for (const Symbol type : types) {
    fact.restricts_ingress = fact.restricts_ingress || type.view() == "Ingress";
    fact.restricts_egress = fact.restricts_egress || type.view() == "Egress";
  }
}

}  // namespace

void read_network_policy(ObjectReader& reader) {
  model::EntityFact entity = reader.entity(model::EntityKind::network_policy);
  if (!reader.required_mapping(reader.object().root, "spec")) return reader.emit(std::move(entity));
  const Node& spec = reader.spec();
  model::NetworkPolicyFact fact;
  fact.address = entity.address;
  fact.namespace_name = entity.namespace_name;
  fact.location = entity.location;
  fact.selector = read_selector(reader, reader.mapping(spec, "podSelector"));
  read_types(reader, fact);
  fact.ingress = read_rules(reader, "ingress", "from");
  fact.egress = read_rules(reader, "egress", "to");

  Rows& rows = entity.attributes;
  const Location types_location = spec["policyTypes"] ? spec["policyTypes"].location() : spec.location();
  std::vector<Symbol> types;
  if (fact.restricts_ingress) types.emplace_back("Ingress");
  if (fact.restricts_egress) types.emplace_back("Egress");
  add_set(rows, model::attribute::policy_types, std::move(types), types_location);
  const Node selector = spec["podSelector"];
  add_set(rows, model::attribute::selector, selector_texts(fact.selector), selector ? selector.location() : spec.location());
  add_rules(reader, fact.ingress, "ingress", "from", model::attribute::ingress_rules, rows);
  add_rules(reader, fact.egress, "egress", "to", model::attribute::egress_rules, rows);
  reader.emit(std::move(entity));
  reader.emit(std::move(fact));
}

}  // namespace postern::ingest::kubernetes
