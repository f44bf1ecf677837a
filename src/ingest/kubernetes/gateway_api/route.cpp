// SPDX-License-Identifier: Apache-2.0
// Routes of the Gateway API: which requests go to which Services. One relation a backend that gets traffic.
#include <connection/redact.h>
#include <ingest/kubernetes/field_table.h>
#include <ingest/kubernetes/gateway_api/grants.h>
#include <ingest/kubernetes/gateway_api/kinds.h>
#include <ingest/kubernetes/links.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>

namespace postern::ingest::kubernetes {
namespace {

using namespace model::attribute;

/// `/shop`, `GET /shop`, `SERVICE/METHOD` of gRPC; `(conditions)` where headers or parameters decide as well.
std::string match_text(const ObjectReader& reader, const Node& match) {
  std::string text;
  if (match["method"].is_mapping()) {  // GRPCRoute
    const Node method = match["method"];
    text = "/" + std::string(reader.name(method, "service").value_or("*")) + "/" +
           std::string(reader.name(method, "method").value_or("*"));
  } else {
    if (const auto method = reader.name(match, "method")) text = std::string(*method) + " ";
    const Node path = reader.mapping(match, "path");
    text += path ? connection::redact_path(reader.name(path, "value").value_or("/")) : "/";
    if (path && reader.name(path, "type") == "Exact") text += " exactly";
  }
  const bool conditional = match["headers"].size() != 0 || match["queryParams"].size() != 0;
  return conditional ? text + " (conditions)" : text;
}

std::string matches_text(const ObjectReader& reader, const Node& rule) {
  std::vector<std::string> texts;
  reader.each_mapping(rule, "matches", [&](const Node& match) { texts.push_back(match_text(reader, match)); });
  return texts.empty() ? "*" : joined(std::move(texts));
}

/// Writes the relation to a backend and answers with its name; empty where there is none.
std::string read_backend(ObjectReader& reader, const Node& item, const std::string& note, bool gets_traffic,
                         std::string_view forwarding = {}) {
  const auto name = reader.required_name(item, "name");
  if (!name) return {};
  const std::string_view own = reader.object().namespace_name.view();
  const std::string_view place = reader.name(item, "namespace").value_or(own);
  const std::string_view kind = reader.name(item, "kind").value_or("Service");
  const std::uint32_t port = port_number(reader, item, "port");
  std::string text = place == own ? "" : std::string(place) + "/";
  text += *name;
  if (port != 0) text += ":" + std::to_string(port);
  if (kind == "Hostname") {  // Istio
    if (gets_traffic) mention_host(reader, *name, port, note, item.location(), forwarding);
    return text;
  }
  if (kind != "Service") return std::string(kind) + " " + text;
  if (!gets_traffic) return text;
  Link backend{model::RelationKind::routes_to, make_address(place, "services", *name), note, item.location(), port};
  backend.forwarding = forwarding;
  backend.grants = grants_for(reader, place, kind, *name);
  link(reader, std::move(backend));
  return text;
}

std::string filter_text(ObjectReader& reader, const Node& filter, const std::string& from) {
  const std::string_view type = reader.required_name(filter, "type").value_or("");
  if (type == "RequestRedirect") {
    const Node redirect = reader.mapping(filter, "requestRedirect");
    std::string text = "redirect";
    for (const std::string_view part : {"scheme", "hostname"}) {
      if (const auto value = redirect ? reader.name(redirect, part) : std::nullopt) text += " " + std::string(*value);
    }
    const auto host = redirect ? reader.name(redirect, "hostname") : std::nullopt;
    if (host) mention_host(reader, *host, 0, "redirect of " + from, redirect.location(), "redirect");
    return text;
  }
  if (type == "RequestMirror") {
    const Node mirror = reader.mapping(filter, "requestMirror");
    const Node backend = mirror ? reader.required_mapping(mirror, "backendRef") : Node();
    const std::string name = backend ? read_backend(reader, backend, "mirror of " + from, true, "mirror") : "";
    return name.empty() ? "" : "mirror " + name;
  }
  return {};
}

std::string read_rule(ObjectReader& reader, const Node& rule) {
  const std::string from = matches_text(reader, rule);
  std::vector<std::string> targets;
  reader.each_mapping(rule, "backendRefs", [&](const Node& item) {
    const std::int64_t weight = reader.integer(item, "weight").value_or(1);
    std::string target = read_backend(reader, item, from, weight != 0);
    if (target.empty()) return;
    if (item["weight"]) target += " weight " + std::to_string(weight);
    targets.push_back(std::move(target));
    reader.each_mapping(item, "filters", [&](const Node& filter) {
      if (std::string text = filter_text(reader, filter, from); !text.empty()) targets.push_back(std::move(text));
    });
  });
  reader.each_mapping(rule, "filters", [&](const Node& filter) {
    if (std::string text = filter_text(reader, filter, from); !text.empty()) targets.push_back(std::move(text));
  });
  return from + " -> " + (targets.empty() ? "nothing" : joined(std::move(targets)));
}

/// Kinds that let requests in, with what stands for them in addresses.
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> k_parents = {
    {{"Gateway", "gateways"}, {"ListenerSet", "listenersets"}, {"XListenerSet", "xlistenersets"}}};

void read_parent(ObjectReader& reader, const Node& item) {
  const auto name = reader.required_name(item, "name");
  if (!name) return;
  const std::string_view own = reader.object().namespace_name.view();
  const std::string_view place = reader.name(item, "namespace").value_or(own);
  const std::string_view kind = reader.name(item, "kind").value_or("Gateway");
  std::string note = "parentRefs";
  if (const auto section = reader.name(item, "sectionName")) note += " " + std::string(*section);
  const auto plural = std::find_if(k_parents.begin(), k_parents.end(), [&](const auto& known) { return known.first == kind; });
  if (plural != k_parents.end()) {
    Link parent{model::RelationKind::configures, make_address(place, plural->second, *name), std::move(note), item.location()};
    if (place != own) parent.grants = {Symbol(k_routes_of_others)};
    link(reader, std::move(parent));
  } else if (kind == "Service" && place == own) {
    // Routes of another namespace hold for its own clients only.
    link(reader, {model::RelationKind::configures, make_address(place, "services", *name), std::move(note), item.location()});
  }
}

}  // namespace

void read_gateway_route(ObjectReader& reader) {
  model::EntityFact entity = reader.entity(model::EntityKind::route);
  if (!reader.required_mapping(reader.object().root, "spec")) return reader.emit(std::move(entity));
  const Node& spec = reader.spec();
  reader.each_mapping(spec, "parentRefs", [&](const Node& item) { read_parent(reader, item); });
  std::vector<Symbol> names;
  for (const Symbol host : reader.texts(spec, "hostnames")) names.emplace_back(base::to_lower(host.view()));
  add_set(entity.attributes, hosts, std::move(names), spec["hostnames"] ? spec["hostnames"].location() : spec.location());
  std::vector<Symbol> routes;
  reader.each_mapping(spec, "rules", [&](const Node& rule) { routes.emplace_back(read_rule(reader, rule)); });
  add_set(entity.attributes, paths, std::move(routes), spec["rules"] ? spec["rules"].location() : spec.location());
  reader.emit(std::move(entity));
}

}  // namespace postern::ingest::kubernetes
