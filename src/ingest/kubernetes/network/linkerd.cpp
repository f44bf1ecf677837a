// SPDX-License-Identifier: Apache-2.0
// Policies of Linkerd: which callers a port of a workload accepts. They are kept and compared, but not added up.
#include <ingest/kubernetes/field_table.h>
#include <ingest/kubernetes/labels.h>
#include <ingest/kubernetes/links.h>
#include <ingest/kubernetes/network/kinds.h>
#include <ingest/kubernetes/network/policy_text.h>

#include <algorithm>
#include <array>

namespace postern::ingest::kubernetes {
namespace {

using namespace model::attribute;

struct TargetRow {
  std::string_view kind;
  std::string_view plural;
};
/// Objects that policies name, all of policy.linkerd.io but the account.
constexpr std::array k_named = {
    TargetRow{"GRPCRoute", "grpcroutes.policy.linkerd.io"},
    TargetRow{"HTTPRoute", "httproutes.policy.linkerd.io"},
    TargetRow{"MeshTLSAuthentication", "meshtlsauthentications"},
    TargetRow{"NetworkAuthentication", "networkauthentications"},
    TargetRow{"Server", "servers"},
    TargetRow{"ServiceAccount", "serviceaccounts"},
};

/// Names another object of the mesh; kinds that are not known here are left alone.
void name_object(ObjectReader& reader, const Node& reference, model::RelationKind kind, std::string_view note) {
  const auto name = reader.required_name(reference, "name");
  const auto written = reader.required_name(reference, "kind");
  if (!name || !written) return;
  const auto row = std::find_if(k_named.begin(), k_named.end(), [&](const TargetRow& known) { return known.kind == *written; });
  if (row == k_named.end()) return;
  const std::string_view place = reader.name(reference, "namespace").value_or(reader.object().namespace_name.view());
  link(reader, {kind, make_address(place, row->plural, *name), std::string(note), reference.location()});
}

std::vector<Symbol> cidrs(const ObjectReader& reader, const Node& parent) {
  std::vector<Symbol> found;
  reader.each_mapping(parent, "networks", [&](const Node& item) {
    if (const auto block = reader.required_name(item, "cidr")) found.emplace_back(*block);
  });
  return found;
}

/// `identities NAME`, `service account NAME`: whom mutual TLS must prove.
void add_identities(const ObjectReader& reader, const Node& parent, std::vector<Symbol>& texts) {
  for (const Symbol identity : reader.texts(parent, "identities")) texts.emplace_back("identity " + identity.str());
  for (const std::string_view list : {"serviceAccounts", "identityRefs"}) {
    reader.each_mapping(parent, list, [&](const Node& item) {
      const std::string_view kind = reader.name(item, "kind").value_or("ServiceAccount");
      const std::string_view place = reader.name(item, "namespace").value_or(reader.object().namespace_name.view());
      texts.emplace_back(std::string(kind) + " " + std::string(place) + "/" + std::string(reader.name(item, "name").value_or("*")));
    });
  }
}

bool is_everybody(Symbol text) { return text.view() == "identity *" || text.view() == "0.0.0.0/0" || text.view() == "::/0"; }

void add_callers(Rows& rows, const std::vector<Symbol>& texts, const Location& location) {
  const bool open = std::any_of(texts.begin(), texts.end(), is_everybody);
  const bool proven = std::any_of(texts.begin(), texts.end(), [](Symbol text) { return text.view() == "identity *"; });
  add_row(rows, callers, Symbol(texts.empty() ? "nobody" : !open ? "named" : proven ? "authenticated" : "everybody"), location);
}

}  // namespace

void read_linkerd_server(ObjectReader& reader) {
  model::EntityFact entity = reader.entity(model::EntityKind::access_policy);
  if (!reader.required_mapping(reader.object().root, "spec")) return reader.emit(std::move(entity));
  const Node& spec = reader.spec();
  std::string text(reader.text_or_integer(spec, "port").value_or(""));
  text += "/" + std::string(reader.name(spec, "proxyProtocol").value_or("unknown"));
  add_set(entity.attributes, listeners, {Symbol(text)}, spec.location());
  if (const auto policy = reader.name(spec, "accessPolicy")) {
    add_row(entity.attributes, callers, Symbol(*policy), spec["accessPolicy"].location());
  }
  if (const Node pods = reader.mapping(spec, "podSelector")) {
    model::LabelSelector labels = read_selector(reader, pods);
    add_set(entity.attributes, selector, selector_texts(labels), pods.location());
    select(reader, model::RelationKind::protects, reader.object().namespace_name, std::move(labels), pods.location());
    not_fully_evaluated(reader, pods, "who is let in is not added up");
  }
  reader.emit(std::move(entity));
}

void read_linkerd_server_authorization(ObjectReader& reader) {
  model::EntityFact entity = reader.entity(model::EntityKind::access_policy);
  if (!reader.required_mapping(reader.object().root, "spec")) return reader.emit(std::move(entity));
  const Node server = reader.required_mapping(reader.spec(), "server");
  const auto name = server ? reader.name(server, "name") : std::nullopt;
  if (name) link(reader, {model::RelationKind::configures, reader.local_address("servers", *name), "server", server.location()});
  const Node client = reader.required_mapping(reader.spec(), "client");
  std::vector<Symbol> texts = client ? cidrs(reader, client) : std::vector<Symbol>();
  const Node tls = client ? reader.mapping(client, "meshTLS") : Node();
  if (tls) add_identities(reader, tls, texts);
  const bool open = client && (reader.boolean(client, "unauthenticated").value_or(false) ||
                               (tls && reader.boolean(tls, "unauthenticatedTLS").value_or(false)));
  const Location location = client ? client.location() : reader.spec().location();
  if (open) {
    add_row(entity.attributes, callers, Symbol("everybody"), location);
  } else {
    add_callers(entity.attributes, texts, location);
  }
  add_set(entity.attributes, access_rules, std::move(texts), location);
  reader.emit(std::move(entity));
}

void read_linkerd_authorization_policy(ObjectReader& reader) {
  model::EntityFact entity = reader.entity(model::EntityKind::access_policy);
  if (!reader.required_mapping(reader.object().root, "spec")) return reader.emit(std::move(entity));
  const Node& spec = reader.spec();
  if (const Node target = reader.required_mapping(spec, "targetRef")) {
    name_object(reader, target, model::RelationKind::configures, "targetRef");
  }
  std::vector<Symbol> texts;
  reader.each_mapping(spec, "requiredAuthenticationRefs", [&](const Node& item) {
    name_object(reader, item, model::RelationKind::binds, "requiredAuthenticationRefs");
    texts.emplace_back("requires " + std::string(reader.name(item, "kind").value_or("")) + " " +
                       std::string(reader.name(item, "name").value_or("")));
  });
  const Node list = spec["requiredAuthenticationRefs"];
  const Location location = list ? list.location() : spec.location();
  add_row(entity.attributes, callers, Symbol(texts.empty() ? "everybody" : "named"), location);
  add_set(entity.attributes, access_rules, std::move(texts), location);
  reader.emit(std::move(entity));
}

void read_linkerd_authentication(ObjectReader& reader) {
  model::EntityFact entity = reader.entity(model::EntityKind::access_policy);
  if (!reader.required_mapping(reader.object().root, "spec")) return reader.emit(std::move(entity));
  std::vector<Symbol> texts = cidrs(reader, reader.spec());
  add_identities(reader, reader.spec(), texts);
  add_callers(entity.attributes, texts, reader.spec().location());
  add_set(entity.attributes, access_rules, std::move(texts), reader.spec().location());
  reader.emit(std::move(entity));
}

void read_linkerd_route(ObjectReader& reader) {
  model::EntityFact entity = reader.entity(model::EntityKind::access_policy);
  if (!reader.required_mapping(reader.object().root, "spec")) return reader.emit(std::move(entity));
  reader.each_mapping(reader.spec(), "parentRefs",
                      [&](const Node& item) { name_object(reader, item, model::RelationKind::configures, "parentRefs"); });
  std::vector<Symbol> texts;
  reader.each_mapping(reader.spec(), "rules", [&](const Node& rule) {
    reader.each_mapping(rule, "matches", [&](const Node& match) {
      std::string text(match["method"].is_scalar() ? match["method"].text() : "*");
      const Node path = reader.mapping(match, "path");
      text += " " + std::string(path ? reader.name(path, "value").value_or("/") : "/");
      texts.emplace_back(text);
    });
  });
  add_set(entity.attributes, access_rules, std::move(texts), reader.spec().location());
  reader.emit(std::move(entity));
}

}  // namespace postern::ingest::kubernetes
