// SPDX-License-Identifier: Apache-2.0
// The kinds of Traefik: ways in, what checks requests on them, and services made of others.
#include <ingest/kubernetes/controllers/kinds.h>
#include <ingest/kubernetes/field_table.h>
#include <ingest/kubernetes/links.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>

namespace postern::ingest::kubernetes {
namespace {

using namespace model::attribute;

/// Middlewares that ask who sends a request, by the key below `spec`.
constexpr std::array<std::string_view, 3> k_checks = {"basicAuth", "digestAuth", "forwardAuth"};
constexpr std::array<std::string_view, 2> k_address_lists = {"ipAllowList", "ipWhiteList"};
/// Functions of a rule that name hosts.
constexpr std::array<std::string_view, 3> k_host_functions = {"Host(", "HostHeader(", "HostSNI("};

struct Written {
  std::string_view object;
  std::string_view middleware;  ///< plural of the middlewares that its routes name
};
Written kinds_of(std::string_view kind) {
  if (kind == "IngressRouteTCP" || kind == "MiddlewareTCP") return {kind, "middlewaretcps"};
  return {kind, "middlewares"};
}

/// The rule on one line and without its quotes.
std::string plain(std::string_view match) {
  std::string text;
  for (const char character : match) {
    const bool space = character == ' ' || character == '\n' || character == '\t' || character == '\r';
    if (character == '`' || (space && (text.empty() || text.back() == ' '))) continue;
    text += space ? ' ' : character;
  }
  while (text.ends_with(' ')) text.pop_back();
  return text;
}

/// Names in `Host(`a`, `b`) && ...`; `*` stands for every one, as in rules of TCP.
std::vector<Symbol> hosts_of(const std::string& match) {
  std::vector<Symbol> found;
  for (const std::string_view function : k_host_functions) {
    for (std::size_t at = match.find(function); at != std::string::npos; at = match.find(function, at + 1)) {
      const std::size_t begin = at + function.size();
      const std::string_view list = std::string_view(match).substr(begin, match.find(')', begin) - begin);
      for (const std::string_view name : base::split(list, ',')) {
        std::string_view host = base::trim(name);
        while (!host.empty() && (host.front() == '"' || host.front() == '\'')) host.remove_prefix(1);
        while (!host.empty() && (host.back() == '"' || host.back() == '\'')) host.remove_suffix(1);
        if (!host.empty()) found.emplace_back(base::to_lower(host));
      }
    }
  }
  return found;
}

/// `[NS/]NAME` as an address; other providers' things (`name@file`) are named as they are written.
Symbol middleware_address(const ObjectReader& reader, const Node& item, std::string_view name) {
  if (name.find('@') != std::string_view::npos) return Symbol(name);
  const std::string_view place = reader.name(item, "namespace").value_or(reader.object().namespace_name.view());
  return make_address(place, kinds_of(reader.object().kind).middleware, name);
}

/// Writes the relation to a service and answers with its name; empty where there is none.
std::string read_service(ObjectReader& reader, const Node& item, const std::string& note, std::string_view forwarding) {
  const auto name = reader.required_name(item, "name");
  if (!name) return {};
  const std::string_view own = reader.object().namespace_name.view();
  const std::string_view place = reader.name(item, "namespace").value_or(own);
  const std::string_view port = reader.text_or_integer(item, "port").value_or("");
  std::string text = (place == own ? "" : std::string(place) + "/") + std::string(*name);
  if (!port.empty()) text += ":" + std::string(port);
  if (name->find('@') != std::string_view::npos) return text;  // of another provider: an API of Traefik's own, a file
  const bool made = reader.name(item, "kind") == "TraefikService";
  if (reader.integer(item, "weight").value_or(1) == 0) return text;
  Link service{model::RelationKind::routes_to, make_address(place, made ? "traefikservices" : "services", *name), note,
               item.location()};
  service.forwarding = forwarding;
  link(reader, std::move(service));
  return text;
}

/// What stands on a route, in the words of attribute `authentication`: derivation says which of them ask who sends requests.
void read_middlewares(ObjectReader& reader, const Node& route, const std::string& from, Rows& rows) {
  std::vector<Symbol> names;
  reader.each_mapping(route, "middlewares", [&](const Node& item) {
    const auto name = reader.required_name(item, "name");
    if (!name) return;
    names.push_back(middleware_address(reader, item, *name));
    if (name->find('@') != std::string_view::npos) return;
    Link middleware{model::RelationKind::protects, names.back(), from, item.location()};
    middleware.optional = true;
    middleware.incoming = true;
    link(reader, std::move(middleware));
  });
  if (names.empty()) return;
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  add_row(rows, authentication, std::move(names), route["middlewares"].location(), {}, Symbol(from));
}

void read_tls(ObjectReader& reader, const std::vector<Symbol>& names, Rows& rows) {
  const Node tls = reader.spec()["tls"];
  if (!tls.is_mapping()) return;
  if (const auto secret = reader.name(tls, "secretName")) {
    reader.refer(model::RelationKind::mounts, reader.local_address("secrets", *secret), "tls", tls.location(), true);
  }
  add_set(rows, tls_hosts, names.empty() ? std::vector<Symbol>{Symbol("*")} : names, tls.location());
}

}  // namespace

void read_traefik_route(ObjectReader& reader) {
  model::EntityFact entity = reader.entity(model::EntityKind::gateway);
  if (!reader.required_mapping(reader.object().root, "spec")) return reader.emit(std::move(entity));
  const Node& spec = reader.spec();
  Rows& rows = entity.attributes;
  std::vector<Symbol> names;
  std::vector<Symbol> routes;
  reader.each_mapping(spec, "routes", [&](const Node& route) {
    const std::string from = plain(reader.name(route, "match").value_or("*"));  // routes of UDP match everything
    const std::vector<Symbol> found = hosts_of(from);
    names.insert(names.end(), found.begin(), found.end());
    std::vector<std::string> targets;
    reader.each_mapping(route, "services", [&](const Node& item) {
      if (std::string text = read_service(reader, item, from, {}); !text.empty()) targets.push_back(std::move(text));
    });
    routes.emplace_back(from + " -> " + (targets.empty() ? "nothing" : joined(std::move(targets))));
    read_middlewares(reader, route, from, rows);
  });
  for (const Symbol name : names) {
    if (name.view().find('*') == std::string_view::npos) entity.aliases.push_back({model::AliasKind::host, name});
  }
  if (const auto class_name = reader.name(spec, "ingressClassName")) {
    add_row(rows, ingress_class, Symbol(*class_name), spec["ingressClassName"].location());
  }
  add_set(rows, listeners, reader.texts(spec, "entryPoints"),
          spec["entryPoints"] ? spec["entryPoints"].location() : spec.location());
  read_tls(reader, names, rows);
  add_set(rows, hosts, std::move(names), spec.location());
  add_set(rows, paths, std::move(routes), spec.location());
  reader.emit(std::move(entity));
}

void read_traefik_middleware(ObjectReader& reader) {
  model::EntityFact entity = reader.entity(model::EntityKind::access_policy);
  const Node& spec = reader.spec();
  for (const std::string_view check : k_checks) {
    const Node settings = reader.mapping(spec, check);
    if (!settings) continue;
    add_set(entity.attributes, authentication, {Symbol(check)}, settings.location());
    if (const auto secret = reader.name(settings, "secret")) {
      reader.refer(model::RelationKind::mounts, reader.local_address("secrets", *secret), check, settings.location(), true);
    }
  }
  for (const std::string_view list : k_address_lists) {
    const Node settings = reader.mapping(spec, list);
    if (settings) add_set(entity.attributes, gateway_source_ranges, reader.texts(settings, "sourceRange"), settings.location());
  }
  if (const Node chain = reader.mapping(spec, "chain")) {
    reader.each_mapping(chain, "middlewares", [&](const Node& item) {
      const auto name = reader.required_name(item, "name");
      if (!name || name->find('@') != std::string_view::npos) return;
      Link part{model::RelationKind::configures, middleware_address(reader, item, *name), "chain", item.location()};
      part.optional = true;
      link(reader, std::move(part));
    });
  }
  reader.emit(std::move(entity));
}

void read_traefik_service(ObjectReader& reader) {
  model::EntityFact entity = reader.entity(model::EntityKind::endpoint);
  const Node& spec = reader.spec();
  if (const Node weighted = reader.mapping(spec, "weighted")) {
    reader.each_mapping(weighted, "services", [&](const Node& item) { read_service(reader, item, "weighted", {}); });
  }
  if (const Node mirroring = reader.mapping(spec, "mirroring")) {
    read_service(reader, mirroring, "mirroring", {});
    reader.each_mapping(mirroring, "mirrors", [&](const Node& item) {
      if (reader.integer(item, "percent").value_or(0) != 0) read_service(reader, item, "mirror", "mirror");
    });
  }
  reader.emit(std::move(entity));
}

}  // namespace postern::ingest::kubernetes
