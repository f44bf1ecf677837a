// SPDX-License-Identifier: Apache-2.0
// ExternalSecret and its stores, Certificate and its issuers: Secrets that are made here, and who gives what is in them.
#include <connection/endpoint.h>
#include <ingest/kubernetes/links.h>
#include <ingest/kubernetes/operators/kinds.h>
#include <ingest/kubernetes/operators/made.h>
#include <ingest/mention.h>

#include <algorithm>
#include <array>

namespace postern::ingest::kubernetes {
namespace {

using namespace model::attribute;

/// A Secret takes the place of the object that it is made from: there is one thing with this name, whoever writes it.
model::EntityFact made_secret(const ObjectReader& reader, std::string_view name, std::string_view type) {
  model::EntityFact secret = reader.entity(model::EntityKind::secret);
  secret.address = reader.local_address("secrets", name);
  secret.name = Symbol(name);
  add_row(secret.attributes, secret_type, Symbol(type), secret.location);
  return secret;
}

void give(ObjectReader& reader, Symbol secret, Symbol giver, std::string_view note, const Location& location) {
  model::ReferenceFact fact;
  fact.source = secret;
  fact.kind = model::RelationKind::mounts;
  fact.target = giver;
  fact.note = Symbol(note);
  fact.location = location;
  reader.emit(std::move(fact));
}

Symbol provider_address(const ObjectReader& reader, const Node& reference, std::string_view kind, std::string_view plural,
                        std::string_view cluster_kind, std::string_view cluster_plural) {
  const auto name = reader.required_name(reference, "name");
  if (!name) return {};
  const std::string_view written = reader.name(reference, "kind").value_or(kind);
  if (written == cluster_kind) return make_address({}, cluster_plural, *name);
  return written == kind ? reader.local_address(plural, *name) : Symbol();
}

/// Addresses that a provider's configuration holds in fields of these names.
constexpr std::array<std::string_view, 8> k_address_fields = {"apiUrl",  "connectHost", "endpoint", "host",
                                                              "hostAPI", "server",      "url",      "vaultUrl"};

void mention_addresses(ObjectReader& reader, const Node& parent, int depth) {
  constexpr int k_deepest = 4;
  if (depth > k_deepest || !parent.is_mapping()) return;
  for (const document::Entry entry : parent.entries()) {
    if (entry.value.is_mapping()) mention_addresses(reader, entry.value, depth + 1);
    const bool is_address = entry.value.is_scalar() &&
                            std::find(k_address_fields.begin(), k_address_fields.end(), entry.key.text()) != k_address_fields.end();
    if (!is_address) continue;
    for (const connection::Endpoint& endpoint :
         connection::parse_endpoints(entry.key.text(), entry.value.text(), connection::ParseMode::setting)) {
      if (!is_outward(endpoint) || endpoint.unresolved()) continue;
      model::MentionFact mention = make_mention(endpoint, Discretion::secret);
      mention.owner = reader.object().address;
      mention.name = Symbol(entry.key.text());
      mention.location = entry.value.location();
      reader.emit(std::move(mention));
    }
  }
}

/// The one key of a mapping names the provider.
void read_provider(ObjectReader& reader, const Node& parent, Rows& rows) {
  for (const document::Entry entry : parent.entries()) {
    if (!entry.value.is_mapping()) continue;
    add_row(rows, provider_type, Symbol(entry.key.text()), entry.value.location());
    mention_addresses(reader, entry.value, 0);
    return;
  }
}

}  // namespace

void read_external_secret(ObjectReader& reader) {
  if (!reader.required_mapping(reader.object().root, "spec")) return;
  const Node& spec = reader.spec();
  const Node target = reader.mapping(spec, "target");
  const std::string_view policy = target ? reader.name(target, "creationPolicy").value_or("Owner") : "Owner";
  const std::string_view name =
      target ? reader.name(target, "name").value_or(reader.object().name.view()) : reader.object().name.view();
  model::EntityFact secret = made_secret(reader, name, "ExternalSecret");
  std::vector<Symbol> names;
  reader.each_mapping(spec, "data", [&](const Node& item) {
    if (const auto key = reader.required_name(item, "secretKey")) names.emplace_back(*key);
  });
  const Location location = spec["data"] ? spec["data"].location() : spec.location();
  add_set(secret.attributes, keys, std::move(names), location);
  if (const Node store = reader.mapping(spec, "secretStoreRef")) {
    const Symbol giver =
        provider_address(reader, store, "SecretStore", "secretstores", "ClusterSecretStore", "clustersecretstores");
    if (!giver.empty()) give(reader, secret.address, giver, "secretStoreRef", store.location());
  }
  // With another policy the Secret is declared by somebody else, or not made at all.
  if (policy == "Owner" || policy == "Orphan") reader.emit(std::move(secret));
}

void read_secret_store(ObjectReader& reader) {
  model::EntityFact entity = reader.entity(model::EntityKind::provider);
  if (reader.required_mapping(reader.object().root, "spec")) {
    if (const Node provider = reader.required_mapping(reader.spec(), "provider"))
      read_provider(reader, provider, entity.attributes);
  }
  reader.emit(std::move(entity));
}

void read_certificate(ObjectReader& reader) {
  if (!reader.required_mapping(reader.object().root, "spec")) return;
  const Node& spec = reader.spec();
  const auto name = reader.required_name(spec, "secretName");
  if (!name) return;
  model::EntityFact secret = made_secret(reader, *name, "kubernetes.io/tls");
  add_set(secret.attributes, keys, {Symbol("ca.crt"), Symbol("tls.crt"), Symbol("tls.key")}, spec["secretName"].location());
  std::vector<Symbol> names = reader.texts(spec, "dnsNames");
  if (const auto common = reader.name(spec, "commonName")) names.emplace_back(*common);
  add_set(secret.attributes, hosts, std::move(names), spec["dnsNames"] ? spec["dnsNames"].location() : spec.location());
  if (const Node issuer = reader.required_mapping(spec, "issuerRef")) {
    const Symbol giver = provider_address(reader, issuer, "Issuer", "issuers", "ClusterIssuer", "clusterissuers");
    if (!giver.empty()) give(reader, secret.address, giver, "issuerRef", issuer.location());
  }
  reader.emit(std::move(secret));
}

void read_issuer(ObjectReader& reader) {
  model::EntityFact entity = reader.entity(model::EntityKind::provider);
  if (reader.required_mapping(reader.object().root, "spec")) read_provider(reader, reader.spec(), entity.attributes);
  reader.emit(std::move(entity));
}

}  // namespace postern::ingest::kubernetes
