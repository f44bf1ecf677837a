// SPDX-License-Identifier: Apache-2.0
// Route of OpenShift: a host that the router of the cluster serves.
#include <connection/redact.h>
#include <ingest/kubernetes/controllers/kinds.h>
#include <ingest/kubernetes/field_table.h>
#include <ingest/kubernetes/links.h>
#include <ingest/kubernetes/metadata.h>
#include <postern/base/text.h>

#include <array>

namespace postern::ingest::kubernetes {
namespace {

using namespace model::attribute;

constexpr std::array<std::string_view, 2> k_source_ranges = {"haproxy.router.openshift.io/ip_allowlist",
                                                             "haproxy.router.openshift.io/ip_whitelist"};

/// The host that the route answers; `*` where the platform makes one up.
std::string host_of(const ObjectReader& reader) {
  const auto host = reader.name(reader.spec(), "host");
  if (!host) return "*";
  const std::string name = base::to_lower(*host);
  // A wildcard route answers every name beside its own.
  const std::size_t dot = name.find('.');
  const bool wild = reader.name(reader.spec(), "wildcardPolicy") == "Subdomain" && dot != std::string::npos;
  return wild ? "*" + name.substr(dot) : name;
}

void read_backend(ObjectReader& reader, const Node& item, const std::string& from, std::string_view port,
                  std::vector<Symbol>& routes) {
  const auto name = reader.required_name(item, "name");
  if (!name || reader.integer(item, "weight").value_or(1) == 0) return;
  routes.emplace_back(from + " -> " + std::string(*name) + (port.empty() ? "" : ":" + std::string(port)));
  link(reader, {model::RelationKind::routes_to, reader.local_address("services", *name), from, item.location()});
}

void read_tls(ObjectReader& reader, const std::string& host, Rows& rows) {
  const Node tls = reader.mapping(reader.spec(), "tls");
  if (!tls) return;
  const std::string_view termination = reader.required_name(tls, "termination").value_or("");
  const std::string_view insecure = reader.name(tls, "insecureEdgeTerminationPolicy").value_or("None");
  add_set(rows, listeners, {Symbol("TLS " + std::string(termination) + ", clear text " + std::string(insecure))}, tls.location());
  add_set(rows, tls_hosts, {Symbol(host)}, tls.location());
  // Without a word about clear text the router does not answer it.
  add_row(rows, tls_redirect, insecure != "Allow", tls.location());
  const Node certificate = reader.mapping(tls, "externalCertificate");
  const auto secret = certificate ? reader.required_name(certificate, "name") : std::nullopt;
  if (!secret) return;
  reader.refer(model::RelationKind::mounts, reader.local_address("secrets", *secret), "tls", certificate.location(), true);
}

}  // namespace

void read_openshift_route(ObjectReader& reader) {
  model::EntityFact entity = reader.entity(model::EntityKind::gateway);
  if (!reader.required_mapping(reader.object().root, "spec")) return reader.emit(std::move(entity));
  const Node& spec = reader.spec();
  const std::string host = host_of(reader);
  if (host.find('*') == std::string::npos) entity.aliases.push_back({model::AliasKind::host, Symbol(host)});
  const std::string_view path = reader.name(spec, "path").value_or("/");
  const std::string from = host + (path.starts_with('/') ? "" : "/") + connection::redact_path(path);
  const Node port = reader.mapping(spec, "port");
  const std::string_view target = port ? reader.text_or_integer(port, "targetPort").value_or("") : std::string_view();
  std::vector<Symbol> routes;
  if (const Node to = reader.required_mapping(spec, "to")) read_backend(reader, to, from, target, routes);
  reader.each_mapping(spec, "alternateBackends", [&](const Node& item) { read_backend(reader, item, from, target, routes); });
  read_tls(reader, host, entity.attributes);
  for (const std::string_view key : k_source_ranges) {
    const auto found = annotation(reader, key);
    if (!found) continue;
    std::vector<Symbol> ranges;
    for (const std::string_view range : base::split(*found, ' ')) {
      if (!range.empty()) ranges.emplace_back(range);
    }
    add_set(entity.attributes, gateway_source_ranges, std::move(ranges), reader.object().metadata["annotations"][key].location());
    break;
  }
  add_set(entity.attributes, hosts, {Symbol(host)}, spec.location());
  add_set(entity.attributes, paths, std::move(routes), spec.location());
  reader.emit(std::move(entity));
}

}  // namespace postern::ingest::kubernetes
