// SPDX-License-Identifier: Apache-2.0
// Reads rules in the forms that the providers give them.
#include <ingest/cloud/openings.h>
#include <postern/base/text.h>

#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <vector>

namespace postern::ingest::cloud {
namespace {

constexpr std::string_view k_everywhere = "0.0.0.0/0";

std::optional<std::uint32_t> address_of(std::string_view text) {
  std::uint32_t address = 0;
  const std::vector<std::string_view> parts = base::split(text, '.');
  if (parts.size() != 4) return std::nullopt;
  for (const std::string_view part : parts) {
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), number);
    if (error != std::errc{} || end != part.data() + part.size() || number > 255 || part.empty()) return std::nullopt;
    address = address << 8U | number;
  }
  return address;
}

std::string text_of(std::uint32_t address) {
  return std::to_string(address >> 24U) + '.' + std::to_string(address >> 16U & 255U) + '.' + std::to_string(address >> 8U & 255U) +
         '.' + std::to_string(address & 255U);
}

/// Names that providers have for addresses.
std::string named_range(std::string_view text) {
  const std::string lower = base::to_lower(text);
  if (lower == "*" || lower == "internet" || lower == "any") return std::string(k_everywhere);
  return masked(text);
}

std::string upper(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return result;
}

std::string protocol_of(std::string_view text) {
  const std::string lower = base::to_lower(text);
  if (lower.empty() || lower == "-1" || lower == "all" || lower == "*" || lower == "any") return {};
  if (lower == "6") return "TCP";
  if (lower == "17") return "UDP";
  if (lower == "1") return "ICMP";
  return upper(text);
}

std::string traffic(std::string_view from, std::string_view to, std::string_view protocol_text) {
  const std::string protocol = protocol_of(protocol_text);
  const bool all = from.empty() || from == "*" || from == "-1" || (from == "0" && (to == "65535" || to == "0" || to == "-1"));
  std::string ports = all ? "all" : std::string(from);
  if (!all && !to.empty() && to != from) ports += "-" + std::string(to);
  if (protocol.empty()) return all ? "all" : ports;
  return ports + "/" + protocol;
}

/// The texts of a value, and the addresses of what it refers to.
void add_peers(const Value& value, std::set<std::string>& peers, bool& unknown) {
  if (value.is_scalar()) {
    for (const std::string_view part : base::split(value.as_text(), ',')) {
      if (const std::string_view text = base::trim(part); !text.empty()) peers.insert(named_range(text));
    }
    return;
  }
  for (const Value& item : value.items()) add_peers(item, peers, unknown);
  if (!value.is_unknown()) return;
  const std::vector<Reference> references = value.all_references();
  for (const Reference& reference : references) peers.insert(reference.address);
  if (references.empty()) unknown = true;
}

constexpr std::array<std::string_view, 16> k_peers = {"cidr_blocks",
                                                      "ipv6_cidr_blocks",
                                                      "security_groups",
                                                      "cidr_ip",
                                                      "cidr_ipv6",
                                                      "cidr_ipv4",
                                                      "source_security_group_id",
                                                      "source_security_group_name",
                                                      "referenced_security_group_id",
                                                      "destination_security_group_id",
                                                      "source_prefix_list_id",
                                                      "prefix_list_ids",
                                                      "prefix_list_id",
                                                      "destination_prefix_list_id",
                                                      "source_address_prefix",
                                                      "source_address_prefixes"};

void add_rule(const Value& rule, std::set<std::string>& into, bool& unknown) {
  std::set<std::string> peers;
  for (const std::string_view name : k_peers) add_peers(rule[name], peers, unknown);
  if (rule["self"].as_boolean().value_or(false)) peers.insert("itself");
  const Value& protocol = rule["protocol"].is_null() ? rule["ip_protocol"] : rule["protocol"];
  std::set<std::string> ports;
  for (const std::string_view name : {"destination_port_range", "destination_port_ranges"}) {
    const Value& ranges = rule[name];
    if (ranges.is_scalar()) ports.insert(traffic(ranges.as_text(), {}, protocol.as_text()));
    for (const Value& item : ranges.items()) ports.insert(traffic(item.as_text(), {}, protocol.as_text()));
  }
  if (rule["from_port"].is_unknown() || rule["to_port"].is_unknown()) unknown = true;
  if (ports.empty()) ports.insert(traffic(rule["from_port"].as_text(), rule["to_port"].as_text(), protocol.as_text()));
  for (const std::string& peer : peers) {
    for (const std::string& port : ports) into.insert(peer + " " + port);
  }
}

/// A list of blocks, or a single one.
template <typename Action>
void for_each_block(const Value& value, Action act) {
  if (value.is_map()) act(value);
  for (const Value& item : value.items()) {
    if (item.is_map()) act(item);
  }
}

void read_blocks(const Value& arguments, Openings& openings) {
  for (const std::string_view name : {"ingress", "security_group_ingress", "egress", "security_group_egress"}) {
    const Value& rules = arguments[name];
    const bool outgoing = name.ends_with("egress");
    const bool network_list = rules.is_map() && rules.find("rule_no") != nullptr;
    if (network_list) continue;
    for_each_block(rules, [&](const Value& rule) {
      const bool is_rule =
          rule.find("from_port") != nullptr || rule.find("protocol") != nullptr || rule.find("ip_protocol") != nullptr;
      if (!is_rule || rule.find("rule_no") != nullptr) return;
      openings.declared = true;
      add_rule(rule, outgoing ? openings.egress : openings.ingress, openings.unknown);
    });
    if (!rules.is_unknown()) continue;
    openings.declared = true;
    std::set<std::string> peers;
    add_peers(rules, peers, openings.unknown);
    for (const std::string& peer : peers) (outgoing ? openings.egress : openings.ingress).insert(peer + " unknown");
  }
}

/// A rule that is a resource of its own.
void read_own_rule(const Value& arguments, std::string_view type, Openings& openings) {
  const bool is_rule = arguments.find("from_port") != nullptr || arguments.find("ip_protocol") != nullptr ||
                       (arguments.find("protocol") != nullptr && arguments.find("type") != nullptr);
  if (!is_rule || arguments.find("rule_number") != nullptr) return;
  const bool outgoing = base::to_lower(arguments["type"].as_text()) == "egress" || type.find("egress") != std::string_view::npos ||
                        type.find("Egress") != std::string_view::npos;
  openings.declared = true;
  add_rule(arguments, outgoing ? openings.egress : openings.ingress, openings.unknown);
}

void read_security_rules(const Value& arguments, Openings& openings) {
  const auto read = [&](const Value& rule) {
    const bool allows = base::equals_ignoring_case(rule["access"].as_text(), "allow");
    if (!allows) return;
    const bool outgoing = base::equals_ignoring_case(rule["direction"].as_text(), "outbound");
    openings.declared = true;
    add_rule(rule, outgoing ? openings.egress : openings.ingress, openings.unknown);
  };
  for (const std::string_view name : {"security_rule", "security_rules"}) for_each_block(arguments[name], read);
  if (arguments.find("access") != nullptr && arguments.find("direction") != nullptr) read(arguments);
}

void read_google(const Value& arguments, Openings& openings) {
  const Value& allow = arguments["allow"];
  if (allow.is_null()) return;
  openings.declared = true;
  const bool outgoing = base::equals_ignoring_case(arguments["direction"].as_text(), "egress");
  std::set<std::string> peers;
  add_peers(arguments[outgoing ? "destination_ranges" : "source_ranges"], peers, openings.unknown);
  if (peers.empty() && arguments["source_tags"].is_null() && arguments["source_service_accounts"].is_null())
    peers.emplace(k_everywhere);
  for_each_block(allow, [&](const Value& rule) {
    std::set<std::string> ports;
    for (const Value& port : rule["ports"].items()) ports.insert(traffic(port.as_text(), {}, rule["protocol"].as_text()));
    if (ports.empty()) ports.insert(traffic({}, {}, rule["protocol"].as_text()));
    for (const std::string& peer : peers) {
      for (const std::string& port : ports) (outgoing ? openings.egress : openings.ingress).insert(peer + " " + port);
    }
  });
}

void read_address_pair(const Value& arguments, Openings& openings) {
  const auto either = [&](std::string_view first, std::string_view second) -> const Value& {
    return arguments[first].is_null() ? arguments[second] : arguments[first];
  };
  const Value& start = either("start_ip_address", "start_ip");
  const Value& end = either("end_ip_address", "end_ip");
  if (start.is_null() || end.is_null()) return;
  openings.declared = true;
  if (!start.is_text() || !end.is_text()) {
    openings.unknown = true;
    return;
  }
  const std::string_view first = start.as_text();
  const std::string_view last = end.as_text();
  if (first == "0.0.0.0" && last == "255.255.255.255") {
    openings.ingress.insert(std::string(k_everywhere) + " all");
  } else if (first == "0.0.0.0" && last == "0.0.0.0") {
    openings.ingress.insert("services-of-the-cloud all");
  } else if (first == last) {
    openings.ingress.insert(masked(first) + " all");
  } else {
    openings.ingress.insert(std::string(first) + "-" + std::string(last) + " all");
  }
}

const Value& at_path(const Value& value, std::string_view path) {
  const Value* at = &value;
  for (const std::string_view part : base::split(path, '.')) {
    if (at->is_list() && at->items().size() == 1) at = &at->items().front();
    at = &(*at)[part];
  }
  return *at;
}

/// Lists of ranges that may use an interface of the resource itself.
void read_lists(const Value& arguments, Openings& openings) {
  constexpr std::array<std::string_view, 8> k_lists = {
      "api_server_authorized_ip_ranges", "api_server_access_profile.authorized_ip_ranges",
      "vpc_config.public_access_cidrs",  "resources_vpc_config.public_access_cidrs",
      "network_acls.ip_rules",           "network_rules.ip_rules",
      "network_rule_set.ip_rules",       "ip_range_filter"};
  for (const std::string_view path : k_lists) {
    const Value& list = at_path(arguments, path);
    if (list.is_null()) continue;
    std::set<std::string> peers;
    add_peers(list, peers, openings.unknown);
    for_each_block(list, [&](const Value& rule) {
      for (const std::string_view name : {"value", "ip_mask", "ip_range"}) add_peers(rule[name], peers, openings.unknown);
    });
    if (peers.empty() && !openings.unknown) continue;
    openings.declared = true;
    for (const std::string& peer : peers) openings.ingress.insert(peer + " all");
  }
  for (const std::string_view path :
       {"network_acls.default_action", "network_rules.default_action", "network_rule_set.default_action"}) {
    if (base::equals_ignoring_case(at_path(arguments, path).as_text(), "deny")) openings.declared = true;
    if (path.starts_with("network_rules")) continue;
  }
  for_each_block(at_path(arguments, "settings.ip_configuration.authorized_networks"), [&](const Value& network) {
    std::set<std::string> peers;
    add_peers(network["value"], peers, openings.unknown);
    openings.declared = true;
    for (const std::string& peer : peers) openings.ingress.insert(peer + " all");
  });
}

}  // namespace

std::string masked(std::string_view range) {
  const std::size_t slash = range.find('/');
  const auto address = address_of(range.substr(0, slash));
  if (!address) {
    const bool six = range.find(':') != std::string_view::npos && slash != std::string_view::npos && range.substr(slash) == "/0";
    return six ? "::/0" : std::string(range);
  }
  std::uint32_t bits = 32;
  if (slash != std::string_view::npos) {
    const std::string_view text = range.substr(slash + 1);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), bits);
    if (error != std::errc{} || end != text.data() + text.size() || bits > 32) return std::string(range);
  }
  const std::uint32_t mask = bits == 0 ? 0U : ~0U << (32U - bits);
  return text_of(*address & mask) + "/" + std::to_string(bits);
}

Openings openings_of(const Value& arguments, std::string_view type) {
  Openings openings;
  read_blocks(arguments, openings);
  read_own_rule(arguments, type, openings);
  read_security_rules(arguments, openings);
  read_google(arguments, openings);
  read_address_pair(arguments, openings);
  read_lists(arguments, openings);
  return openings;
}

}  // namespace postern::ingest::cloud
