// SPDX-License-Identifier: Apache-2.0
// Gateway and GatewayClass: where requests from outside arrive, on which listeners.
#include <connection/host.h>
#include <ingest/kubernetes/field_table.h>
#include <ingest/kubernetes/gateway_api/grants.h>
#include <ingest/kubernetes/gateway_api/kinds.h>
#include <ingest/kubernetes/links.h>
#include <ingest/kubernetes/load_balancer.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>

namespace postern::ingest::kubernetes {
namespace {

using namespace model::attribute;

constexpr std::string_view k_any_host = "*";

/// Classes of which the maker says that the outside does not reach them.
struct ClassRow {
  std::string_view name;
  const model::AttributeDefinition* reach;
};
constexpr std::array k_classes = {
    ClassRow{"gke-l7-cross-regional-internal-managed-mc", &gateway_internal},
    ClassRow{"gke-l7-rilb", &gateway_internal},
    ClassRow{"gke-l7-rilb-mc", &gateway_internal},
    ClassRow{"istio-waypoint", &cluster_local},
};
/// Istio makes the Service of a gateway; the annotation says of which type.
constexpr std::string_view k_service_type = "networking.istio.io/service-type";

/// Listeners while they are read.
struct Listeners {
  std::vector<Symbol> texts;
  std::vector<Symbol> names;
  std::vector<Symbol> encrypted;
  bool takes_routes_of_others = false;
};

void read_certificates(ObjectReader& reader, const Node& tls) {
  reader.each_mapping(tls, "certificateRefs", [&](const Node& item) {
    const auto name = reader.required_name(item, "name");
    if (!name || reader.name(item, "kind").value_or("Secret") != "Secret") return;
    const std::string_view own = reader.object().namespace_name.view();
    const std::string_view place = reader.name(item, "namespace").value_or(own);
    Link secret{model::RelationKind::mounts, make_address(place, "secrets", *name), "tls", item.location()};
    secret.optional = true;
    secret.grants = grants_for(reader, place, "Secret", *name);
    link(reader, std::move(secret));
  });
}

void read_listener(ObjectReader& reader, const Node& item, Listeners& listeners) {
  const std::string host = base::to_lower(reader.name(item, "hostname").value_or(k_any_host));
  const std::string protocol(reader.required_name(item, "protocol").value_or(""));
  const std::uint32_t port = port_number(reader, item, "port");
  const Node tls = reader.mapping(item, "tls");
  std::string text(reader.name(item, "name").value_or(""));
  text += " " + std::to_string(port) + "/" + protocol;
  if (tls) text += " " + std::string(reader.name(tls, "mode").value_or("Terminate"));
  listeners.texts.emplace_back(text);
  listeners.names.emplace_back(host);
  if (protocol == "HTTPS" || protocol == "TLS") listeners.encrypted.emplace_back(host);
  read_certificates(reader, tls);
  const Node spaces = reader.mapping(reader.mapping(item, "allowedRoutes"), "namespaces");
  const auto from = spaces ? reader.name(spaces, "from") : std::nullopt;
  // Which namespaces a selector means is not looked at: all that it could mean are let in.
  listeners.takes_routes_of_others |= from && *from != "Same";
}

bool only_private_addresses(const ObjectReader& reader) {
  bool any = false;
  bool all = true;
  reader.each_mapping(reader.spec(), "addresses", [&](const Node& item) {
    const auto value = reader.name(item, "value");
    any = true;
    all = all && value && reader.name(item, "type").value_or("IPAddress") == "IPAddress" &&
          connection::describe_host(*value).host_class == connection::HostClass::private_ip;
  });
  return any && all;
}

void read_reach(const ObjectReader& reader, std::string_view class_name, Rows& rows) {
  const Node& spec = reader.spec();
  const auto row =
      std::find_if(k_classes.begin(), k_classes.end(), [&](const ClassRow& known) { return known.name == class_name; });
  if (row != k_classes.end()) return add_row(rows, *row->reach, true, spec["gatewayClassName"].location());
  const Node own = reader.mapping(reader.object().metadata, "annotations");
  const Node handed_on = reader.mapping(reader.mapping(spec, "infrastructure"), "annotations");
  for (const Node& annotations : {own, handed_on}) {
    const auto type = annotations[k_service_type] ? reader.name(annotations, k_service_type) : std::nullopt;
    if (type == "ClusterIP") return add_row(rows, cluster_local, true, annotations[k_service_type].location());
    if (type == "NodePort") return add_row(rows, gateway_internal, true, annotations[k_service_type].location());
    if (const auto internal = internal_load_balancer_annotation(reader, annotations)) {
      return add_row(rows, gateway_internal, true, *internal);
    }
  }
  if (only_private_addresses(reader)) add_row(rows, gateway_internal, true, spec["addresses"].location());
}

/// Writes down what the listeners of the object say.
void read_listeners(ObjectReader& reader, model::EntityFact& entity) {
  const Node& spec = reader.spec();
  Rows& rows = entity.attributes;
  Listeners found;
  reader.each_mapping(spec, "listeners", [&](const Node& item) { read_listener(reader, item, found); });
  const Location location = spec["listeners"] ? spec["listeners"].location() : spec.location();
  for (const Symbol host : found.names) {
    if (host.view() != k_any_host) entity.aliases.push_back({model::AliasKind::host, host});
  }
  add_set(rows, listeners, std::move(found.texts), location);
  add_set(rows, hosts, std::move(found.names), location);
  add_set(rows, tls_hosts, std::move(found.encrypted), location);
  std::vector<Symbol> allowed;
  if (found.takes_routes_of_others) allowed.emplace_back(k_routes_of_others);
  const Node spaces = reader.mapping(reader.mapping(spec, "allowedListeners"), "namespaces");
  const auto from = spaces ? reader.name(spaces, "from") : std::nullopt;
  if (from == "All" || from == "Selector") allowed.emplace_back(k_listeners_of_others);
  add_set(rows, grants, std::move(allowed), location);
}

}  // namespace

/// Further listeners of a Gateway, in an object of their own: as open as that Gateway.
void read_listener_set(ObjectReader& reader) {
  model::EntityFact entity = reader.entity(model::EntityKind::gateway);
  if (!reader.required_mapping(reader.object().root, "spec")) return reader.emit(std::move(entity));
  const Node parent = reader.required_mapping(reader.spec(), "parentRef");
  const auto name = parent ? reader.required_name(parent, "name") : std::nullopt;
  if (name) {
    const std::string_view own = reader.object().namespace_name.view();
    const std::string_view place = reader.name(parent, "namespace").value_or(own);
    Link gateway{model::RelationKind::configures, make_address(place, "gateways", *name), "parentRef", parent.location()};
    if (place != own) gateway.grants = {Symbol(k_listeners_of_others)};
    link(reader, std::move(gateway));
  }
  read_listeners(reader, entity);
  reader.emit(std::move(entity));
}

void read_gateway(ObjectReader& reader) {
  model::EntityFact entity = reader.entity(model::EntityKind::gateway);
  if (!reader.required_mapping(reader.object().root, "spec")) return reader.emit(std::move(entity));
  const Node& spec = reader.spec();
  Rows& rows = entity.attributes;
  const std::string_view class_name = reader.required_name(spec, "gatewayClassName").value_or("");
  if (!class_name.empty()) add_row(rows, ingress_class, Symbol(class_name), spec["gatewayClassName"].location());
  read_listeners(reader, entity);
  read_reach(reader, class_name, rows);
  reader.emit(std::move(entity));
}

void read_gateway_class(ObjectReader& reader) {
  model::EntityFact entity = reader.entity(model::EntityKind::ingress_class);
  if (const auto controller = reader.name(reader.spec(), "controllerName")) {
    entity.aliases.push_back({model::AliasKind::resource_name, Symbol(*controller)});
  }
  reader.emit(std::move(entity));
}

}  // namespace postern::ingest::kubernetes
