// SPDX-License-Identifier: Apache-2.0
// Gateway of Istio: ports and hosts that the proxies at the edge of the mesh open.
#include <ingest/kubernetes/field_table.h>
#include <ingest/kubernetes/istio/kinds.h>
#include <ingest/kubernetes/labels.h>
#include <ingest/kubernetes/links.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>

namespace postern::ingest::kubernetes {
namespace {

using namespace model::attribute;

/// Labels that Istio's installation gives to proxies which the outside does not reach.
struct ProxyRow {
  std::string_view label;
  const model::AttributeDefinition* reach;
};
constexpr std::array k_proxies = {ProxyRow{"eastwestgateway", &gateway_internal}, ProxyRow{"egressgateway", &cluster_local}};

struct Servers {
  std::vector<Symbol> texts;
  std::vector<Symbol> names;
  std::vector<Symbol> encrypted;
};

void read_server(const ObjectReader& reader, const Node& item, Servers& servers) {
  const Node port = reader.required_mapping(item, "port");
  const std::string protocol(port ? reader.name(port, "protocol").value_or("") : "");
  const Node tls = reader.mapping(item, "tls");
  const auto mode = tls ? reader.name(tls, "mode") : std::nullopt;
  std::string text(port ? reader.name(port, "name").value_or("") : "");
  text += " " + std::to_string(port ? port_number(reader, port, "number") : 0) + "/" + protocol;
  if (mode) text += " " + std::string(*mode);
  if (tls && reader.boolean(tls, "httpsRedirect").value_or(false)) text += " redirects to https";
  servers.texts.emplace_back(text);
  for (const Symbol host : reader.texts(item, "hosts")) {
    const std::string_view written = host.view();
    const Symbol name(base::to_lower(written.substr(written.find('/') == std::string_view::npos ? 0 : written.find('/') + 1)));
    servers.names.push_back(name);
    if (mode || protocol == "HTTPS" || protocol == "TLS") servers.encrypted.push_back(name);
  }
}

void read_proxies(ObjectReader& reader, Rows& rows) {
  model::LabelSelector labels = read_plain_selector(reader, reader.spec(), "selector");
  if (labels.requirements.empty()) return;
  const Location location = reader.spec()["selector"].location();
  add_set(rows, selector, selector_texts(labels), location);
  for (const model::LabelRequirement& term : labels.requirements) {
    for (const ProxyRow& row : k_proxies) {
      const bool meant = term.key.view() == "istio" && !term.values.empty() && term.values.front().view() == row.label;
      if (meant) add_row(rows, *row.reach, true, location);
    }
  }
  select(reader, model::RelationKind::exposes, Symbol(), std::move(labels), location);
}

}  // namespace

void read_istio_gateway(ObjectReader& reader) {
  model::EntityFact entity = reader.entity(model::EntityKind::gateway);
  if (!reader.required_mapping(reader.object().root, "spec")) return reader.emit(std::move(entity));
  Servers servers;
  reader.each_mapping(reader.spec(), "servers", [&](const Node& item) { read_server(reader, item, servers); });
  const Node list = reader.spec()["servers"];
  const Location location = list ? list.location() : reader.spec().location();
  const std::vector<Symbol> names = servers.names;
  add_set(entity.attributes, listeners, std::move(servers.texts), location);
  add_set(entity.attributes, hosts, std::move(servers.names), location);
  add_set(entity.attributes, tls_hosts, std::move(servers.encrypted), location);
  read_proxies(reader, entity.attributes);
  // The hosts of a way out are those of others.
  const bool inside = std::any_of(entity.attributes.begin(), entity.attributes.end(),
                                  [](const model::Attribute& row) { return row.definition == &cluster_local; });
  for (const Symbol host : names) {
    if (!inside && host.view().find('*') == std::string_view::npos) entity.aliases.push_back({model::AliasKind::host, host});
  }
  reader.emit(std::move(entity));
}

}  // namespace postern::ingest::kubernetes
