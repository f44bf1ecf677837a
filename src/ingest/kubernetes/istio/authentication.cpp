// SPDX-License-Identifier: Apache-2.0
// PeerAuthentication and RequestAuthentication: how callers prove who they are.
#include <connection/redact.h>
#include <ingest/kubernetes/istio/kinds.h>
#include <ingest/kubernetes/istio/scope.h>
#include <ingest/kubernetes/links.h>

#include <algorithm>
#include <array>

namespace postern::ingest::kubernetes {
namespace {

using namespace model::attribute;

constexpr std::array<std::string_view, 4> k_modes = {"STRICT", "PERMISSIVE", "DISABLE", "UNSET"};

/// Nothing for UNSET, which leaves it to the wider policy.
std::optional<std::string_view> mode_of(const ObjectReader& reader, const Node& mtls) {
  const auto mode = mtls ? reader.name(mtls, "mode") : std::nullopt;
  if (!mode) return std::nullopt;
  if (std::find(k_modes.begin(), k_modes.end(), *mode) == k_modes.end()) {
    reader.wrong_type(mtls["mode"], "mode", "STRICT, PERMISSIVE, DISABLE or UNSET", ObjectReader::Quote::shown);
    return std::nullopt;
  }
  return *mode == "UNSET" ? std::nullopt : mode;
}

void read_ports(const ObjectReader& reader, Rows& rows) {
  const Node list = reader.mapping(reader.spec(), "portLevelMtls");
  if (!list) return;
  std::vector<Symbol> texts;
  for (const document::Entry entry : list.entries()) {
    if (!entry.value.is_mapping()) {
      reader.wrong_type(entry.value, "portLevelMtls", "a mapping");
    } else if (const auto mode = mode_of(reader, entry.value)) {
      texts.emplace_back(std::string(entry.key.text()) + " " + std::string(*mode));
    }
  }
  add_set(rows, port_mutual_tls, std::move(texts), list.location());
}

}  // namespace

void read_istio_peer_authentication(ObjectReader& reader) {
  model::EntityFact entity = reader.entity(model::EntityKind::access_policy);
  if (!has_readable_spec(reader)) return reader.emit(std::move(entity));
  const Node mtls = reader.mapping(reader.spec(), "mtls");
  const auto mode = mode_of(reader, mtls);
  if (mode) add_row(entity.attributes, mutual_tls_mode, Symbol(*mode), mtls["mode"].location());
  read_ports(reader, entity.attributes);
  const auto kind = mode == "STRICT" ? model::RelationKind::protects : model::RelationKind::configures;
  apply_to_workloads(reader, kind, RootSelector::here, entity.attributes);
  reader.emit(std::move(entity));
}

void read_istio_request_authentication(ObjectReader& reader) {
  model::EntityFact entity = reader.entity(model::EntityKind::access_policy);
  if (!has_readable_spec(reader)) return reader.emit(std::move(entity));
  std::vector<Symbol> texts;
  reader.each_mapping(reader.spec(), "jwtRules", [&](const Node& item) {
    if (const auto issuer = reader.required_name(item, "issuer")) texts.emplace_back(connection::redact({}, *issuer).text);
  });
  const bool checks = !texts.empty();
  add_set(entity.attributes, issuers, std::move(texts), reader.spec()["jwtRules"].location());
  const auto kind = checks ? model::RelationKind::protects : model::RelationKind::configures;
  if (!apply_to_targets(reader, kind, entity.attributes)) {
    apply_to_workloads(reader, kind, RootSelector::everywhere, entity.attributes);
  }
  reader.emit(std::move(entity));
}

}  // namespace postern::ingest::kubernetes
