// SPDX-License-Identifier: Apache-2.0
// HTTPProxy of Contour: a root with a host of its own lets requests in; one without is part of the roots that include it.
#include <ingest/kubernetes/controllers/kinds.h>
#include <ingest/kubernetes/field_table.h>
#include <ingest/kubernetes/links.h>
#include <ingest/kubernetes/metadata.h>
#include <postern/base/text.h>

#include <algorithm>

namespace postern::ingest::kubernetes {
namespace {

using namespace model::attribute;

/// What is asked of whoever sends a request, unless a route says otherwise.
struct Checks {
  std::string extension;    ///< `extension service NS/NAME`; empty where there is none
  bool by_default = true;   ///< the extension is asked where a route says nothing
  std::string token;        ///< `token of PROVIDER` of the default provider
  std::string certificate;  ///< where callers must have one
};

struct Proxy {
  ObjectReader& reader;
  Rows& rows;
  std::string host;
  Checks checks = {};
  std::vector<Symbol> routes = {};
  std::vector<Symbol> ranges = {};
  bool ranged = true;  ///< every route so far is for listed addresses only
};

/// `/shop (conditions)`; headers and parameters decide as well.
std::string match_text(const ObjectReader& reader, const Node& parent) {
  std::string path;
  bool conditional = false;
  reader.each_mapping(parent, "conditions", [&](const Node& item) {
    for (const std::string_view key : {"prefix", "exact", "regex"}) {
      if (const auto value = reader.name(item, key))
        path = std::string(*value) + (key == std::string_view("exact") ? " exactly" : "");
    }
    conditional = conditional || item["header"].is_mapping() || item["queryParameter"].is_mapping();
  });
  return (path.starts_with('/') ? path : "/" + path) + (conditional ? " (conditions)" : "");
}

void read_services(Proxy& proxy, const Node& parent, const std::string& from, std::vector<std::string>& targets) {
  ObjectReader& reader = proxy.reader;
  const bool alone = parent["services"].size() == 1;
  reader.each_mapping(parent, "services", [&](const Node& item) {
    const auto name = reader.required_name(item, "name");
    if (!name) return;
    const bool mirror = reader.boolean(item, "mirror").value_or(false);
    const std::uint32_t port = port_number(reader, item, "port");
    const std::int64_t weight = reader.integer(item, "weight").value_or(-1);
    targets.push_back((mirror ? "mirror " : "") + std::string(*name) + (port != 0 ? ":" + std::to_string(port) : "") +
                      (weight >= 0 ? " weight " + std::to_string(weight) : ""));
    if (weight == 0 && !alone && !mirror) return;
    Link service{model::RelationKind::routes_to, reader.local_address("services", *name), from, item.location(), port};
    service.forwarding = mirror ? "mirror" : "";
    link(reader, std::move(service));
  });
}

std::vector<Symbol> read_ranges(const ObjectReader& reader, const Node& parent) {
  std::vector<Symbol> found;
  reader.each_mapping(parent, "ipAllowPolicy", [&](const Node& item) {
    if (const auto range = reader.required_name(item, "cidr")) found.emplace_back(*range);
  });
  return found;
}

void read_checks_of_route(Proxy& proxy, const Node& route, const std::string& from) {
  const ObjectReader& reader = proxy.reader;
  const Node policy = reader.mapping(route, "authPolicy");
  const Node tokens = reader.mapping(route, "jwtVerificationPolicy");
  const bool asked = !(policy ? reader.boolean(policy, "disabled") : std::nullopt).value_or(!proxy.checks.by_default);
  std::vector<Symbol> found;
  if (asked && !proxy.checks.extension.empty()) found.emplace_back(proxy.checks.extension);
  if (const auto provider = tokens ? reader.name(tokens, "require") : std::nullopt) {
    found.emplace_back("token of " + std::string(*provider));
  } else if (!proxy.checks.token.empty() && !(tokens && reader.boolean(tokens, "disabled").value_or(false))) {
    found.emplace_back(proxy.checks.token);
  }
  if (!proxy.checks.certificate.empty()) found.emplace_back(proxy.checks.certificate);
  if (!found.empty()) {
    std::sort(found.begin(), found.end());
    add_row(proxy.rows, authentication, std::move(found), route.location(), {}, Symbol(from));
  }
  const std::vector<Symbol> ranges = read_ranges(reader, route);
  proxy.ranged = proxy.ranged && !ranges.empty();
  proxy.ranges.insert(proxy.ranges.end(), ranges.begin(), ranges.end());
}

void read_route(Proxy& proxy, const Node& route) {
  ObjectReader& reader = proxy.reader;
  const std::string from = proxy.host + match_text(reader, route);
  std::vector<std::string> targets;
  read_services(proxy, route, from, targets);
  if (const Node redirect = reader.mapping(route, "requestRedirectPolicy")) {
    const auto host = reader.name(redirect, "hostname");
    targets.push_back("redirect" + (host ? " " + std::string(*host) : std::string()));
    if (host) mention_host(reader, *host, 0, "redirect of " + from, redirect.location(), "redirect");
  }
  proxy.routes.emplace_back(from + " -> " + (targets.empty() ? "nothing" : joined(std::move(targets))));
  read_checks_of_route(proxy, route, from);
}

/// What a root includes decides about its requests as if it stood there.
void include(Proxy& proxy, const Node& item, const std::string& note, model::EntityKind kind) {
  ObjectReader& reader = proxy.reader;
  const auto name = reader.required_name(item, "name");
  if (!name) return;
  const std::string_view place = reader.name(item, "namespace").value_or(reader.object().namespace_name.view());
  const bool root = kind == model::EntityKind::gateway;
  Link part{root ? model::RelationKind::configures : model::RelationKind::routes_to, make_address(place, "httpproxies", *name),
            note, item.location()};
  part.incoming = root;
  link(reader, std::move(part));
}

void read_tls(Proxy& proxy, const Node& tls) {
  ObjectReader& reader = proxy.reader;
  add_set(proxy.rows, tls_hosts, {Symbol(proxy.host)}, tls.location());
  if (const auto secret = reader.name(tls, "secretName")) {
    // `NS/NAME` is delegated from another namespace.
    const std::size_t slash = secret->find('/');
    const std::string_view place =
        slash == std::string_view::npos ? reader.object().namespace_name.view() : secret->substr(0, slash);
    const std::string_view name = slash == std::string_view::npos ? *secret : secret->substr(slash + 1);
    reader.refer(model::RelationKind::mounts, make_address(place, "secrets", name), "tls", tls.location(), true);
  }
  const Node callers = reader.mapping(tls, "clientValidation");
  const bool lax = callers && (reader.boolean(callers, "skipClientCertValidation").value_or(false) ||
                               reader.boolean(callers, "optionalClientCertificate").value_or(false));
  if (callers && !lax) proxy.checks.certificate = "client certificate";
}

void read_virtual_host(Proxy& proxy, const Node& host) {
  ObjectReader& reader = proxy.reader;
  if (const Node tls = reader.mapping(host, "tls")) read_tls(proxy, tls);
  if (const Node server = reader.mapping(host, "authorization")) {
    const Node service = reader.mapping(server, "extensionRef");
    const std::string_view place =
        service ? reader.name(service, "namespace").value_or(reader.object().namespace_name.view()) : std::string_view();
    const std::string_view name = service ? reader.name(service, "name").value_or("") : std::string_view();
    // One that lets requests pass when nobody answers is still asked.
    proxy.checks.extension = "extension service " + std::string(place) + "/" + std::string(name);
    const Node policy = reader.mapping(server, "authPolicy");
    proxy.checks.by_default = !(policy && reader.boolean(policy, "disabled").value_or(false));
  }
  reader.each_mapping(host, "jwtProviders", [&](const Node& item) {
    const auto name = reader.required_name(item, "name");
    if (name && reader.boolean(item, "default").value_or(false)) proxy.checks.token = "token of " + std::string(*name);
  });
}

}  // namespace

void read_contour_proxy(ObjectReader& reader) {
  const Node host = reader.mapping(reader.spec(), "virtualhost");
  model::EntityFact entity = reader.entity(host ? model::EntityKind::gateway : model::EntityKind::route);
  if (!reader.required_mapping(reader.object().root, "spec")) return reader.emit(std::move(entity));
  const Node& spec = reader.spec();
  Proxy proxy{reader, entity.attributes, host ? base::to_lower(reader.required_name(host, "fqdn").value_or("*")) : std::string()};
  if (host) {
    read_virtual_host(proxy, host);
    add_set(entity.attributes, hosts, {Symbol(proxy.host)}, host.location());
    if (proxy.host.find('*') == std::string::npos) entity.aliases.push_back({model::AliasKind::host, Symbol(proxy.host)});
  }
  if (const auto class_name = reader.name(spec, "ingressClassName")) {
    add_row(entity.attributes, ingress_class, Symbol(*class_name), spec["ingressClassName"].location());
  }
  reader.each_mapping(spec, "routes", [&](const Node& route) { read_route(proxy, route); });
  reader.each_mapping(spec, "includes", [&](const Node& item) {
    include(proxy, item, proxy.host + match_text(reader, item), entity.kind);
    proxy.ranged = false;
  });
  if (const Node tcp = reader.mapping(spec, "tcpproxy")) {
    std::vector<std::string> targets;
    read_services(proxy, tcp, proxy.host + " tcp", targets);
    if (!targets.empty()) proxy.routes.emplace_back(proxy.host + " tcp -> " + joined(std::move(targets)));
    for (const std::string_view key : {"include", "includes"}) {  // the second by mistake, for ever
      if (const Node item = reader.mapping(tcp, key)) include(proxy, item, proxy.host + " tcp", entity.kind);
    }
    proxy.ranged = false;
  }
  std::vector<Symbol> ranges = host ? read_ranges(reader, host) : std::vector<Symbol>();
  if (!ranges.empty()) {
    ranges.insert(ranges.end(), proxy.ranges.begin(), proxy.ranges.end());  // a route may have another list
    add_set(entity.attributes, gateway_source_ranges, std::move(ranges), host.location());
  } else if (proxy.ranged) {
    add_set(entity.attributes, gateway_source_ranges, std::move(proxy.ranges), spec.location());
  }
  add_set(entity.attributes, paths, std::move(proxy.routes), spec.location());
  reader.emit(std::move(entity));
}

}  // namespace postern::ingest::kubernetes
