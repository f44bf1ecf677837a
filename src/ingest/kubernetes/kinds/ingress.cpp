// SPDX-License-Identifier: Apache-2.0
// Ingress: hosts and paths that lead from outside to Services, in the shapes of v1 and of the versions before it.
#include <connection/redact.h>
#include <ingest/kubernetes/kinds/kinds.h>
#include <ingest/kubernetes/metadata.h>
#include <postern/base/text.h>

#include <array>
#include <charconv>

namespace postern::ingest::kubernetes {
namespace {

using namespace model::attribute;

constexpr std::string_view k_class_annotation = "kubernetes.io/ingress.class";
constexpr std::string_view k_any_host = "*";

struct InternalRow {
  std::string_view annotation;
  std::string_view value;
};
constexpr std::array k_internal = {
    InternalRow{"alb.ingress.kubernetes.io/scheme", "internal"},
    InternalRow{"appgw.ingress.kubernetes.io/use-private-ip", "true"},
    InternalRow{k_class_annotation, "gce-internal"},
};
constexpr std::array<std::string_view, 10> k_source_ranges = {
    "alb.ingress.kubernetes.io/inbound-cidrs",
    "haproxy-ingress.github.io/allowlist-source-range",
    "haproxy-ingress.github.io/whitelist-source-range",
    "haproxy.org/allow-list",
    "haproxy.org/whitelist",
    "ingress.kubernetes.io/whitelist-source-range",
    "nginx.ingress.kubernetes.io/allowlist-source-range",
    "nginx.ingress.kubernetes.io/whitelist-source-range",
    "traefik.ingress.kubernetes.io/whitelist-source-range",
    "zalando.org/aws-load-balancer-source-ranges",
};

/// Annotations by which a controller asks who sends a request. What they hold may be secret: only that they are there is kept.
constexpr std::array<std::string_view, 7> k_checks = {
    "alb.ingress.kubernetes.io/auth-type",     "haproxy-ingress.github.io/auth-secret",
    "haproxy-ingress.github.io/auth-url",      "haproxy.org/auth-type",
    "nginx.ingress.kubernetes.io/auth-secret", "nginx.ingress.kubernetes.io/auth-tls-secret",
    "nginx.ingress.kubernetes.io/auth-url"};
/// Without the second, or with `on`, who has no certificate is turned away.
constexpr std::string_view k_client_certificates = "nginx.ingress.kubernetes.io/auth-tls-secret";
constexpr std::string_view k_verify_client = "nginx.ingress.kubernetes.io/auth-tls-verify-client";
constexpr std::string_view k_redirect = "nginx.ingress.kubernetes.io/ssl-redirect";
constexpr std::string_view k_forced_redirect = "nginx.ingress.kubernetes.io/force-ssl-redirect";

/// Controllers by the words that their classes and the groups of their annotations hold.
struct ControllerRow {
  std::string_view word;
  std::string_view controller;
};
constexpr std::array k_controllers = {
    ControllerRow{"alb", "alb"},     ControllerRow{"appgw", "appgw"},     ControllerRow{"application-gateway", "appgw"},
    ControllerRow{"gce", "gce"},     ControllerRow{"haproxy", "haproxy"}, ControllerRow{"kong", "kong"},
    ControllerRow{"nginx", "nginx"}, ControllerRow{"traefik", "traefik"},
};

/// Empty: not told.
std::string_view controller_of(std::string_view text) {
  const std::string lower = base::to_lower(text);
  for (const ControllerRow& row : k_controllers) {
    if (lower.find(row.word) != std::string::npos) return row.controller;
  }
  return {};
}

struct Backend {
  std::string text;        ///< `SERVICE:PORT`
  Symbol service;          ///< address; empty for a resource that is no Service
  std::uint32_t port = 0;  ///< 0: named or none
};

std::uint32_t number_of(std::string_view text) {
  std::uint32_t number = 0;
  const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), number);
  return status == std::errc() && end == text.data() + text.size() ? number : 0;
}

Backend make_backend(const ObjectReader& reader, std::string_view service, std::string_view port) {
  return {std::string(service) + (port.empty() ? "" : ":" + std::string(port)), reader.local_address("services", service),
          number_of(port)};
}

Backend read_resource(const ObjectReader& reader, const Node& resource) {
  return {std::string(reader.name(resource, "kind").value_or("resource")) + "/" +
              std::string(reader.name(resource, "name").value_or("")),
          {},
          0};
}

Backend read_backend(const ObjectReader& reader, const Node& backend) {
  if (const Node service = reader.mapping(backend, "service")) {
    const Node port = reader.mapping(service, "port");
    auto text = reader.name(port, "name");
    if (!text) text = reader.text_or_integer(port, "number");
    const auto name = reader.required_name(service, "name");
    return name ? make_backend(reader, *name, text.value_or("")) : Backend{};
  }
  if (const auto name = reader.name(backend, "serviceName")) {  // before v1
    return make_backend(reader, *name, reader.text_or_integer(backend, "servicePort").value_or(""));
  }
  if (const Node resource = reader.mapping(backend, "resource")) return read_resource(reader, resource);
  reader.missing(backend, "service");
  return {};
}

/// An Ingress while it is read.
struct Gateway {
  ObjectReader& reader;
  model::EntityFact& entity;
  std::vector<Symbol> hosts;
  std::vector<Symbol> paths;
};

void route(Gateway& gateway, const std::string& from, const Node& node) {
  const Backend backend = read_backend(gateway.reader, node);
  if (backend.text.empty()) return;
  gateway.paths.emplace_back(from + " -> " + backend.text);
  if (backend.service.empty()) return;
  model::ReferenceFact fact;
  fact.source = gateway.reader.object().address;
  fact.kind = model::RelationKind::routes_to;
  fact.target = backend.service;
  fact.note = Symbol(from);
  fact.location = node.location();
  if (backend.port != 0) add_set(fact.attributes, relation_ports, {Symbol(std::to_string(backend.port))}, fact.location);
  gateway.reader.emit(std::move(fact));
}

void read_rule(Gateway& gateway, const Node& rule) {
  const ObjectReader& reader = gateway.reader;
  const auto host = reader.name(rule, "host");
  const std::string place = host ? base::to_lower(*host) : std::string(k_any_host);
  if (host) {
    gateway.hosts.emplace_back(place);
    gateway.entity.aliases.push_back({model::AliasKind::host, Symbol(place)});
  }
  const Node http = reader.mapping(rule, "http");
  reader.each_mapping(http, "paths", [&](const Node& item) {
    const std::string_view path = reader.name(item, "path").value_or("/");
    if (const Node backend = reader.required_mapping(item, "backend")) {
      route(gateway, place + (path.starts_with('/') ? "" : "/") + connection::redact_path(path), backend);
    }
  });
}

void read_tls(ObjectReader& reader, Rows& rows) {
  std::vector<Symbol> names;
  reader.each_mapping(reader.spec(), "tls", [&](const Node& item) {
    for (const Symbol host : reader.texts(item, "hosts")) names.emplace_back(base::to_lower(host.view()));
    if (const auto secret = reader.name(item, "secretName")) {
      reader.refer(model::RelationKind::mounts, reader.local_address("secrets", *secret), "tls", item.location(), true);
    }
  });
  add_set(rows, tls_hosts, std::move(names), reader.spec()["tls"].location());
}

/// What the annotation asks for holds only where its controller reads it: an Ingress of class nginx is not made internal by an
/// annotation of the AWS controller. Where the class or the annotation names no controller, it is believed.
bool is_read(std::string_view annotation_key, std::string_view class_name) {
  const std::string_view asked = controller_of(annotation_key.substr(0, annotation_key.find('/')));
  const std::string_view reads = controller_of(class_name);
  return asked.empty() || reads.empty() || asked == reads;
}

void read_annotations(const ObjectReader& reader, std::string_view class_name, Rows& rows) {
  const Node annotations = reader.object().metadata["annotations"];
  for (const InternalRow& row : k_internal) {
    const auto found = annotation(reader, row.annotation);
    if (!found || !base::equals_ignoring_case(*found, row.value) || !is_read(row.annotation, class_name)) continue;
    add_row(rows, gateway_internal, true, annotations[row.annotation].location());
    break;
  }
  for (const std::string_view key : k_source_ranges) {
    const auto found = is_read(key, class_name) ? annotation(reader, key) : std::nullopt;
    if (!found) continue;
    add_set(rows, gateway_source_ranges, split_list(*found), annotations[key].location());
    break;
  }
}

/// The forced redirection is for load balancers that end TLS in front of the controller, and wins.
void read_redirect(const ObjectReader& reader, std::string_view class_name, Rows& rows) {
  for (const std::string_view key : {k_forced_redirect, k_redirect}) {
    const auto found = is_read(key, class_name) ? annotation(reader, key) : std::nullopt;
    if (!found || (key == k_forced_redirect && *found != "true")) continue;
    add_row(rows, tls_redirect, *found == "true", reader.object().metadata["annotations"][key].location());
    return;
  }
}

void read_checks(const ObjectReader& reader, std::string_view class_name, Rows& rows) {
  std::vector<Symbol> found;
  Location location;
  for (const std::string_view key : k_checks) {
    if (!is_read(key, class_name) || annotation(reader, key).value_or("none") == "none") continue;
    if (key == k_client_certificates && annotation(reader, k_verify_client).value_or("on") != "on") continue;
    location = reader.object().metadata["annotations"][key].location();
    found.emplace_back(key.substr(key.find('/') + 1));
  }
  add_set(rows, authentication, std::move(found), location);
}

/// The name of the class; empty where none is declared.
std::string_view read_class(const ObjectReader& reader, Rows& rows) {
  if (const auto text = reader.name(reader.spec(), "ingressClassName")) {
    add_row(rows, ingress_class, Symbol(*text), reader.spec()["ingressClassName"].location());
    return *text;
  }
  const auto old = annotation(reader, k_class_annotation);
  if (old) add_row(rows, ingress_class, Symbol(*old), reader.object().metadata["annotations"][k_class_annotation].location());
  return old.value_or(std::string_view());
}

}  // namespace

void read_ingress(ObjectReader& reader) {
  model::EntityFact entity = reader.entity(model::EntityKind::gateway);
  if (!reader.required_mapping(reader.object().root, "spec")) return reader.emit(std::move(entity));
  const Node& spec = reader.spec();
  Gateway gateway{reader, entity, {}, {}};
  const std::string_view class_name = read_class(reader, entity.attributes);
  read_annotations(reader, class_name, entity.attributes);
  read_redirect(reader, class_name, entity.attributes);
  read_checks(reader, class_name, entity.attributes);
  read_tls(reader, entity.attributes);
  for (const std::string_view key : {"defaultBackend", "backend"}) {  // the second before v1
    if (const Node backend = reader.mapping(spec, key)) route(gateway, std::string(k_any_host), backend);
  }
  reader.each_mapping(spec, "rules", [&](const Node& rule) { read_rule(gateway, rule); });
  const Location rules_location = spec["rules"] ? spec["rules"].location() : spec.location();
  add_set(entity.attributes, hosts, std::move(gateway.hosts), rules_location);
  add_set(entity.attributes, paths, std::move(gateway.paths), rules_location);
  reader.emit(std::move(entity));
}

void read_ingress_class(ObjectReader& reader) {
  model::EntityFact entity = reader.entity(model::EntityKind::ingress_class);
  if (const auto controller = reader.name(reader.spec(), "controller")) {
    entity.aliases.push_back({model::AliasKind::resource_name, Symbol(*controller)});
  }
  reader.emit(std::move(entity));
}

}  // namespace postern::ingest::kubernetes
