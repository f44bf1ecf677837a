// SPDX-License-Identifier: Apache-2.0
// DestinationRule and Sidecar: how callers inside of the mesh talk to a host, and to which hosts they may.
#include <ingest/codes.h>
#include <ingest/kubernetes/field_table.h>
#include <ingest/kubernetes/istio/kinds.h>
#include <ingest/kubernetes/labels.h>
#include <ingest/kubernetes/links.h>

#include <algorithm>
#include <array>

namespace postern::ingest::kubernetes {
namespace {

using namespace model::attribute;

constexpr std::array<std::string_view, 4> k_modes = {"DISABLE", "SIMPLE", "MUTUAL", "ISTIO_MUTUAL"};

/// The mode of a traffic policy; nothing where it has none.
std::optional<std::string_view> mode_of(const ObjectReader& reader, const Node& policy) {
  const Node tls = policy ? reader.mapping(policy, "tls") : Node();
  const auto mode = tls ? reader.name(tls, "mode") : std::nullopt;
  if (mode && std::find(k_modes.begin(), k_modes.end(), *mode) == k_modes.end()) {
    reader.wrong_type(tls["mode"], "mode", "DISABLE, SIMPLE, MUTUAL or ISTIO_MUTUAL", ObjectReader::Quote::shown);
    return std::nullopt;
  }
  return mode;
}

/// For all ports, else the first of the modes in ascending strength that single ports have.
void read_mode(const ObjectReader& reader, const Node& policy, Rows& rows) {
  if (const auto mode = mode_of(reader, policy)) {
    return add_row(rows, tls_mode, Symbol(*mode), policy["tls"]["mode"].location());
  }
  std::optional<std::string_view> weakest;
  Location location;
  reader.each_mapping(policy, "portLevelSettings", [&](const Node& item) {
    const auto mode = mode_of(reader, item);
    if (!mode) return;
    const bool weaker =
        !weakest || std::find(k_modes.begin(), k_modes.end(), *mode) < std::find(k_modes.begin(), k_modes.end(), *weakest);
    if (!weaker) return;
    weakest = mode;
    location = item["tls"]["mode"].location();
  });
  if (weakest) add_row(rows, tls_mode, Symbol(*weakest), location);
}

}  // namespace

void read_istio_destination_rule(ObjectReader& reader) {
  model::EntityFact entity = reader.entity(model::EntityKind::traffic_policy);
  if (!reader.required_mapping(reader.object().root, "spec")) return reader.emit(std::move(entity));
  const Node& spec = reader.spec();
  if (const auto host = reader.required_name(spec, "host")) {
    add_set(entity.attributes, hosts, {Symbol(*host)}, spec["host"].location());
    if (host->find('*') == std::string_view::npos) mention_host(reader, *host, 0, "host", spec["host"].location());
  }
  if (const Node policy = reader.mapping(spec, "trafficPolicy")) read_mode(reader, policy, entity.attributes);
  std::vector<Symbol> parts;
  reader.each_mapping(spec, "subsets", [&](const Node& item) {
    std::string text(reader.required_name(item, "name").value_or(""));
    text += ": " + to_string(read_plain_selector(reader, item, "labels"));
    const Node policy = reader.mapping(item, "trafficPolicy");
    if (const auto mode = mode_of(reader, policy)) text += " tls " + std::string(*mode);
    parts.emplace_back(text);
  });
  add_set(entity.attributes, subsets, std::move(parts), spec["subsets"] ? spec["subsets"].location() : spec.location());
  reader.emit(std::move(entity));
}

void read_istio_sidecar(ObjectReader& reader) {
  model::EntityFact entity = reader.entity(model::EntityKind::traffic_policy);
  if (!reader.required_mapping(reader.object().root, "spec")) return reader.emit(std::move(entity));
  const Node& spec = reader.spec();
  std::vector<Symbol> names;
  reader.each_mapping(spec, "egress", [&](const Node& item) {
    for (const Symbol host : reader.texts(item, "hosts")) names.push_back(host);
  });
  add_set(entity.attributes, egress_hosts, std::move(names), spec["egress"] ? spec["egress"].location() : spec.location());
  const Node selector = reader.mapping(spec, "workloadSelector");
  model::LabelSelector labels = read_plain_selector(reader, selector, "labels");
  const Location location = selector ? selector.location() : spec.location();
  select(reader, model::RelationKind::configures, reader.object().namespace_name, std::move(labels), location);
  reader.emit(std::move(entity));
}

}  // namespace postern::ingest::kubernetes
