// SPDX-License-Identifier: Apache-2.0
// NetworkPolicy: which traffic the selected workloads still have.
#include <ingest/codes.h>
#include <ingest/kubernetes/field_table.h>
#include <ingest/kubernetes/kinds/kinds.h>
#include <ingest/kubernetes/labels.h>
#include <ingest/kubernetes/network/policy_text.h>

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
  add_policy_types(fact, types_location, rows);
  const Node selector = spec["podSelector"];
  add_set(rows, model::attribute::selector, selector_texts(fact.selector), selector ? selector.location() : spec.location());
  add_rules(fact.ingress, "from", model::attribute::ingress_rules, spec["ingress"].location(), rows);
  add_rules(fact.egress, "to", model::attribute::egress_rules, spec["egress"].location(), rows);
  reader.emit(std::move(entity));
  reader.emit(std::move(fact));
}

}  // namespace postern::ingest::kubernetes
