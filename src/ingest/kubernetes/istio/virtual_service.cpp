// SPDX-License-Identifier: Apache-2.0
// VirtualService: which requests to a host go where, at gateways and inside of the mesh.
#include <connection/endpoint.h>
#include <connection/redact.h>
#include <ingest/kubernetes/field_table.h>
#include <ingest/kubernetes/istio/kinds.h>
#include <ingest/kubernetes/links.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>

namespace postern::ingest::kubernetes {
namespace {

using namespace model::attribute;

constexpr std::string_view k_gateways = "gateways.networking.istio.io";
constexpr std::string_view k_mesh = "mesh";
constexpr std::array<std::string_view, 3> k_matchers = {"exact", "prefix", "regex"};

/// `NAME` or `NS/NAME` as an address.
Symbol gateway_address(const ObjectReader& reader, std::string_view written) {
  const std::size_t slash = written.find('/');
  if (slash == std::string_view::npos) return reader.local_address(k_gateways, written);
  return make_address(written.substr(0, slash), k_gateways, written.substr(slash + 1));
}

/// One rule while it is read.
struct Rule {
  std::string from;
  std::string entrances;  ///< addresses of the gateways that it is for, with commas; empty: all of the object
  std::vector<std::string> targets;
  std::vector<std::string> hosts;  ///< that it hands requests to
};

std::string path_text(const ObjectReader& reader, const Node& match) {
  std::string text = "*";
  if (const Node uri = reader.mapping(match, "uri")) {
    for (const std::string_view matcher : k_matchers) {
      if (const auto value = reader.name(uri, matcher)) text = std::string(matcher) + " " + connection::redact_path(*value);
    }
  }
  if (const auto names = reader.sorted_texts(match, "sniHosts"); !names.empty()) {
    text = "sni";
    for (const Symbol name : names) text += " " + name.str();
  }
  const std::uint32_t port = port_number(reader, match, "port");
  if (port != 0) text += " port " + std::to_string(port);
  const bool conditional = match["headers"].size() + match["queryParams"].size() + match["sourceLabels"].size() +
                               match["method"].size() + match["withoutHeaders"].size() !=
                           0;
  return conditional ? text + " (conditions)" : text;
}

/// The gateways that every match of the rule names; none where one match is for all of them.
std::string entrances_of(const ObjectReader& reader, const Node& rule) {
  std::vector<std::string> found;
  bool for_all = rule["match"].size() == 0;
  reader.each_mapping(rule, "match", [&](const Node& match) {
    const std::vector<Symbol> gateways = reader.texts(match, "gateways");
    for_all = for_all || gateways.empty();
    for (const Symbol gateway : gateways) {
      found.push_back(gateway.view() == k_mesh ? std::string(k_mesh) : gateway_address(reader, gateway.view()).str());
    }
  });
  return for_all ? std::string() : joined(std::move(found), ",");
}

/// A host that a rule names, as a fact that the linker resolves.
void mention(ObjectReader& reader, const Rule& rule, std::string_view host, std::uint32_t port, std::string_view forwarding,
             const Location& location) {
  model::MentionFact fact;
  fact.owner = reader.object().address;
  fact.scope = Symbol(rule.entrances);
  fact.name = Symbol(rule.from);
  fact.host = Symbol(base::to_lower(host));
  fact.port = port;
  fact.confidence = Symbol(connection::to_string(connection::Confidence::host_port));
  fact.forwarding = Symbol(forwarding);
  fact.location = location;
  reader.emit(std::move(fact));
}

void read_destination(ObjectReader& reader, const Node& destination, std::string_view forwarding, std::int64_t weight, Rule& rule) {
  const auto host = reader.required_name(destination, "host");
  if (!host) return;
  const Node port = reader.mapping(destination, "port");
  const std::uint32_t number = port ? port_number(reader, port, "number") : 0;
  std::string text(forwarding);
  if (!text.empty()) text += ' ';
  text += *host;
  if (number != 0) text += ":" + std::to_string(number);
  if (const auto subset = reader.name(destination, "subset")) text += " subset " + std::string(*subset);
  if (weight >= 0) text += " weight " + std::to_string(weight);
  rule.targets.push_back(std::move(text));
  if (weight == 0) return;
  rule.hosts.push_back(base::to_lower(*host));
  mention(reader, rule, *host, number, forwarding, destination.location());
}

void read_delegate(ObjectReader& reader, const Node& delegate, Rule& rule) {
  const auto name = reader.required_name(delegate, "name");
  if (!name) return;
  const std::string_view place = reader.name(delegate, "namespace").value_or(reader.object().namespace_name.view());
  rule.targets.push_back("delegate " + std::string(place) + "/" + std::string(*name));
  link(reader, {model::RelationKind::routes_to, make_address(place, "virtualservices", *name), rule.from, delegate.location()});
}

std::string read_rule(ObjectReader& reader, const Node& node, std::vector<std::string>& destinations) {
  std::vector<std::string> matches;
  reader.each_mapping(node, "match", [&](const Node& match) { matches.push_back(path_text(reader, match)); });
  Rule rule;
  rule.from = matches.empty() ? "*" : joined(std::move(matches));
  rule.entrances = entrances_of(reader, node);
  reader.each_mapping(node, "route", [&](const Node& item) {
    const auto weight = reader.integer(item, "weight");
    // A single destination gets everything, whatever stands there.
    const bool alone = node["route"].size() == 1;
    const Node destination = reader.required_mapping(item, "destination");
    if (destination) read_destination(reader, destination, "", alone ? -1 : weight.value_or(0), rule);
  });
  if (const Node mirror = reader.mapping(node, "mirror")) read_destination(reader, mirror, "mirror", -1, rule);
  reader.each_mapping(node, "mirrors", [&](const Node& item) {
    if (const Node mirror = reader.required_mapping(item, "destination")) read_destination(reader, mirror, "mirror", -1, rule);
  });
  if (const Node redirect = reader.mapping(node, "redirect")) {
    std::string text = "redirect";
    for (const std::string_view part : {"scheme", "authority", "uri"}) {
      if (const auto value = reader.name(redirect, part)) text += " " + std::string(*value);
    }
    rule.targets.push_back(std::move(text));
    const auto authority = reader.name(redirect, "authority");
    const std::string_view host = authority ? authority->substr(0, authority->find(':')) : std::string_view();
    if (!host.empty()) mention(reader, rule, host, 0, "redirect", redirect.location());
  }
  if (reader.mapping(node, "directResponse")) rule.targets.emplace_back("direct response");
  if (const Node delegate = reader.mapping(node, "delegate")) read_delegate(reader, delegate, rule);
  destinations.insert(destinations.end(), rule.hosts.begin(), rule.hosts.end());
  return rule.from + " -> " + (rule.targets.empty() ? "nothing" : joined(std::move(rule.targets)));
}

/// Where it is for the mesh, it decides about requests to Services that it names, wherever their callers run. One that hands
/// requests to the Service itself only changes nothing about who gets them.
void attach_to_services(ObjectReader& reader, const std::vector<Symbol>& names, const std::vector<std::string>& destinations) {
  const Node& spec = reader.spec();
  bool for_mesh = spec["gateways"].size() == 0;
  for (const Node gateway : spec["gateways"].items()) for_mesh = for_mesh || (gateway.is_scalar() && gateway.text() == k_mesh);
  if (!for_mesh) return;
  for (const Symbol name : names) {
    std::string host = name.str();
    const auto is_itself = [&](const std::string& destination) { return destination == name.view(); };
    if (std::all_of(destinations.begin(), destinations.end(), is_itself)) continue;
    std::string place = reader.object().namespace_name.str();
    constexpr std::string_view k_suffix = ".svc.cluster.local";
    if (host.ends_with(k_suffix)) {
      host.resize(host.size() - k_suffix.size());
      const std::size_t dot = host.find('.');
      if (dot == std::string::npos) continue;
      place = host.substr(dot + 1);
      host.resize(dot);
    }
    if (host.empty() || host == "*" || host.find('.') != std::string::npos || place.find('.') != std::string::npos) continue;
    Link service{model::RelationKind::configures, make_address(place, "services", host), "hosts", spec["hosts"].location()};
    service.optional = true;
    link(reader, std::move(service));
  }
}

}  // namespace

void read_istio_virtual_service(ObjectReader& reader) {
  model::EntityFact entity = reader.entity(model::EntityKind::route);
  if (!reader.required_mapping(reader.object().root, "spec")) return reader.emit(std::move(entity));
  const Node& spec = reader.spec();
  for (const Node item : reader.sequence(spec, "gateways").items()) {
    if (!item.is_scalar() || item.text().empty()) {
      reader.wrong_type(item, "gateways", "text");
    } else if (item.text() != k_mesh) {
      link(reader, {model::RelationKind::configures, gateway_address(reader, item.text()), "gateways", item.location()});
    }
  }
  std::vector<Symbol> names;
  for (const Symbol host : reader.texts(spec, "hosts")) names.emplace_back(base::to_lower(host.view()));
  add_set(entity.attributes, hosts, names, spec["hosts"] ? spec["hosts"].location() : spec.location());
  std::vector<Symbol> routes;
  std::vector<std::string> destinations;
  for (const std::string_view list : {"http", "tls", "tcp"}) {
    reader.each_mapping(spec, list, [&](const Node& rule) { routes.emplace_back(read_rule(reader, rule, destinations)); });
  }
  attach_to_services(reader, names, destinations);
  add_set(entity.attributes, paths, std::move(routes), spec.location());
  reader.emit(std::move(entity));
}

}  // namespace postern::ingest::kubernetes
