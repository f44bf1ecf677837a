// SPDX-License-Identifier: Apache-2.0
// VirtualService: which requests to a host go where, at gateways and inside of the mesh.
#include <connection/endpoint.h>
#include <ingest/kubernetes/field_table.h>
#include <ingest/kubernetes/istio/kinds.h>
#include <ingest/kubernetes/links.h>
#include <postern/base/text.h>

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
};

std::string path_text(const ObjectReader& reader, const Node& match) {
  std::string text = "*";
  if (const Node uri = reader.mapping(match, "uri")) {
    for (const std::string_view matcher : k_matchers) {
      if (const auto value = reader.name(uri, matcher)) text = std::string(matcher) + " " + std::string(*value);
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

void read_destination(ObjectReader& reader, const Node& destination, std::string_view how, std::int64_t weight, Rule& rule) {
  const auto host = reader.required_name(destination, "host");
  if (!host) return;
  const Node port = reader.mapping(destination, "port");
  const std::uint32_t number = port ? port_number(reader, port, "number") : 0;
  std::string text(how);
  text += *host;
  if (number != 0) text += ":" + std::to_string(number);
  if (const auto subset = reader.name(destination, "subset")) text += " subset " + std::string(*subset);
  if (weight >= 0) text += " weight " + std::to_string(weight);
  rule.targets.push_back(std::move(text));
  if (weight == 0) return;
  model::MentionFact fact;
  fact.owner = reader.object().address;
  fact.scope = Symbol(rule.entrances);
  fact.name = Symbol(rule.from);
  fact.host = Symbol(base::to_lower(*host));
  fact.port = number;
  fact.confidence = Symbol(connection::to_string(connection::Confidence::host_port));
  fact.location = destination.location();
  reader.emit(std::move(fact));
}

void read_delegate(ObjectReader& reader, const Node& delegate, Rule& rule) {
  const auto name = reader.required_name(delegate, "name");
  if (!name) return;
  const std::string_view place = reader.name(delegate, "namespace").value_or(reader.object().namespace_name.view());
  rule.targets.push_back("delegate " + std::string(place) + "/" + std::string(*name));
  link(reader, {model::RelationKind::routes_to, make_address(place, "virtualservices", *name), rule.from, delegate.location()});
}

std::string read_rule(ObjectReader& reader, const Node& node) {
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
  if (const Node mirror = reader.mapping(node, "mirror")) read_destination(reader, mirror, "mirror ", -1, rule);
  reader.each_mapping(node, "mirrors", [&](const Node& item) {
    if (const Node mirror = reader.required_mapping(item, "destination")) read_destination(reader, mirror, "mirror ", -1, rule);
  });
  if (const Node redirect = reader.mapping(node, "redirect")) {
    std::string text = "redirect";
    for (const std::string_view part : {"scheme", "authority", "uri"}) {
      if (const auto value = reader.name(redirect, part)) text += " " + std::string(*value);
    }
    rule.targets.push_back(std::move(text));
  }
  if (reader.mapping(node, "directResponse")) rule.targets.emplace_back("direct response");
  if (const Node delegate = reader.mapping(node, "delegate")) read_delegate(reader, delegate, rule);
  return rule.from + " -> " + (rule.targets.empty() ? "nothing" : joined(std::move(rule.targets)));
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
  add_set(entity.attributes, hosts, std::move(names), spec["hosts"] ? spec["hosts"].location() : spec.location());
  std::vector<Symbol> routes;
  for (const std::string_view list : {"http", "tls", "tcp"}) {
    reader.each_mapping(spec, list, [&](const Node& rule) { routes.emplace_back(read_rule(reader, rule)); });
  }
  add_set(entity.attributes, paths, std::move(routes), spec.location());
  reader.emit(std::move(entity));
}

}  // namespace postern::ingest::kubernetes
