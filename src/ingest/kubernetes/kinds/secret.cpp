// SPDX-License-Identifier: Apache-2.0
// Secret: names of keys, and the hosts that its values lead to. No value, no part and no digest of one goes further.
#include <connection/endpoint.h>
#include <ingest/base64.h>
#include <ingest/codes.h>
#include <ingest/kubernetes/field_table.h>
#include <ingest/kubernetes/kinds/kinds.h>
#include <ingest/mention.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>

namespace postern::ingest::kubernetes {
namespace {

using connection::Confidence;
using connection::ParseMode;

/// Types whose values are keys and certificates, or credentials for registries that the node talks to and not the workload.
constexpr std::array<std::string_view, 6> k_without_addresses = {
    "helm.sh/release.v1",     "kubernetes.io/dockercfg", "kubernetes.io/dockerconfigjson", "kubernetes.io/service-account-token",
    "kubernetes.io/ssh-auth", "kubernetes.io/tls"};
/// Words of a key's name that promise an address.
constexpr std::array<std::string_view, 9> k_address_words = {"addr", "bootstrap", "broker", "dsn", "endpoint",
                                                             "host", "server",    "uri",    "url"};

bool names_an_address(std::string_view key) {
  const std::string lower = base::to_lower(key);
  return std::any_of(k_address_words.begin(), k_address_words.end(),
                     [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

bool is_text(std::string_view bytes) { return bytes.find('\0') == std::string_view::npos && !base::find_invalid_utf8(bytes); }

/// A host is kept only when it is unmistakable: anything else could be a part of what must not be kept.
void mention_addresses(ObjectReader& reader, std::string_view key, std::string_view value, const Location& location) {
  if (!is_text(value)) return;
  const bool several_lines = base::trim(value).find('\n') != std::string_view::npos;
  const bool promised = !several_lines && names_an_address(key);
  for (const connection::Endpoint& endpoint :
       connection::parse_endpoints(key, value, several_lines ? ParseMode::text : ParseMode::setting)) {
    const bool sure = endpoint.confidence == Confidence::url || endpoint.confidence == Confidence::managed_host;
    if (!is_outward(endpoint) || endpoint.unresolved() || !(sure || promised)) continue;
    model::MentionFact mention = make_mention(endpoint, Discretion::secret);
    mention.owner = reader.object().address;
    mention.name = Symbol(key);
    mention.location = location;
    reader.emit(std::move(mention));
  }
}

void read_encoded(ObjectReader& reader, std::string_view key, std::string_view text, const Node& value, bool may_hold_addresses) {
  const auto bytes = decode_base64(text);
  if (!bytes) {
    reader.warning(code::k_bad_base64, value, "the value of '" + std::string(key) + "' is not base64",
                   "encode it, or put it under stringData");
  } else if (may_hold_addresses) {
    mention_addresses(reader, key, *bytes, value.location());
  }
}

}  // namespace

void read_secret(ObjectReader& reader) {
  model::EntityFact entity = reader.entity(model::EntityKind::secret);
  const Node& root = reader.object().root;
  const auto type = reader.name(root, "type");
  if (type) add_row(entity.attributes, model::attribute::secret_type, Symbol(*type), root["type"].location());
  const bool may_hold_addresses =
      !type || std::find(k_without_addresses.begin(), k_without_addresses.end(), *type) == k_without_addresses.end();
  std::vector<Symbol> names;
  reader.each_text(root, "data", [&](std::string_view key, std::string_view text, const Node& value) {
    names.emplace_back(key);
    read_encoded(reader, key, text, value, may_hold_addresses);
  });
  reader.each_text(root, "stringData", [&](std::string_view key, std::string_view text, const Node& value) {
    names.emplace_back(key);
    if (may_hold_addresses) mention_addresses(reader, key, text, value.location());
  });
  const Node first = root["data"] ? root["data"] : root["stringData"];
  add_set(entity.attributes, model::attribute::keys, std::move(names), first ? first.location() : root.location());
  reader.emit(std::move(entity));
}

}  // namespace postern::ingest::kubernetes
