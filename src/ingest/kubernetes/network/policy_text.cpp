// SPDX-License-Identifier: Apache-2.0
// Network policies in words.
#include <ingest/codes.h>
#include <ingest/kubernetes/links.h>
#include <ingest/kubernetes/network/policy_text.h>

#include <charconv>

namespace postern::ingest::kubernetes {
namespace {

std::string port_text(const model::PortRange& range) {
  const std::string protocol = range.protocol.str();
  if (!range.name.empty()) return range.name.str() + "/" + protocol;
  if (range.first == 0) return "any/" + protocol;
  const std::string first = std::to_string(range.first);
  return (range.first == range.last ? first : first + "-" + std::to_string(range.last)) + "/" + protocol;
}

std::uint32_t number_of(std::string_view text) {
  std::uint32_t number = 0;
  const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), number);
  return status == std::errc() && end == text.data() + text.size() && number <= 65535 ? number : 0;
}

}  // namespace

std::string peer_text(const model::NetworkPeer& peer) {
  std::string text;
  if (peer.pods) text = "pods " + to_string(*peer.pods);
  if (peer.namespaces) text += (text.empty() ? "namespaces " : " in namespaces ") + to_string(*peer.namespaces);
  if (!peer.ip_block.empty()) text += (text.empty() ? "" : " ") + peer.ip_block.str();
  if (!peer.host_pattern.empty()) text += (text.empty() ? "" : " ") + peer.host_pattern.str();
  for (const Symbol except : peer.ip_except) text += (except == peer.ip_except.front() ? " except " : ", ") + except.str();
  return text.empty() ? "nobody" : text;
}

std::string rule_text(const model::NetworkRule& rule, std::string_view preposition) {
  std::vector<std::string> peers;
  for (const model::NetworkPeer& peer : rule.peers) peers.push_back(peer_text(peer));
  std::vector<std::string> ports;
  for (const model::PortRange& range : rule.ports) ports.push_back(port_text(range));
  std::string text = std::string(preposition) + " " + (peers.empty() ? "anywhere" : joined(std::move(peers), "; "));
  return ports.empty() ? text : text + " ports " + joined(std::move(ports), ", ");
}

void add_rules(const std::vector<model::NetworkRule>& rules, std::string_view preposition,
               const model::AttributeDefinition& definition, const Location& location, Rows& rows) {
  std::vector<Symbol> texts;
  for (const model::NetworkRule& rule : rules) texts.emplace_back(rule_text(rule, preposition));
  add_set(rows, definition, std::move(texts), location);
}

void add_policy_types(const model::NetworkPolicyFact& fact, const Location& location, Rows& rows) {
  std::vector<Symbol> types;
  if (fact.restricts_ingress) types.emplace_back("Ingress");
  if (fact.restricts_egress) types.emplace_back("Egress");
  add_set(rows, model::attribute::policy_types, std::move(types), location);
}

model::PortRange port_range(std::string_view text, std::string_view protocol) {
  model::PortRange range;
  range.protocol = Symbol(protocol);
  const std::size_t middle = text.find_first_of("-:");
  const std::uint32_t first = number_of(text.substr(0, middle));
  const std::uint32_t last = middle == std::string_view::npos ? first : number_of(text.substr(middle + 1));
  if (first != 0 && last >= first) {
    range.first = first;
    range.last = last;
  } else if (!text.empty() && text != "0") {
    range.name = Symbol(text);
  }
  return range;
}

void not_fully_evaluated(const ObjectReader& reader, const Node& where, std::string_view what) {
  reader.note(code::k_not_evaluated, where,
              "not fully evaluated: " + std::string(what) + "; nothing that it forbids beyond is counted");
}

}  // namespace postern::ingest::kubernetes
