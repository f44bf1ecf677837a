// SPDX-License-Identifier: Apache-2.0
// Endpoints and EndpointSlice: addresses behind a Service that selects nothing. They are facts about that Service, no entity.
#include <connection/endpoint.h>
#include <ingest/kubernetes/kinds/kinds.h>
#include <postern/base/text.h>

#include <array>

namespace postern::ingest::kubernetes {
namespace {

constexpr std::string_view k_service_label = "kubernetes.io/service-name";

/// The ports of one list; at least one row, 0 standing for "none written".
std::vector<std::uint32_t> read_port_numbers(const ObjectReader& reader, const Node& parent) {
  std::vector<std::uint32_t> numbers;
  reader.each_mapping(parent, "ports", [&](const Node& item) {
    if (const auto number = reader.port(item, "port")) numbers.push_back(static_cast<std::uint32_t>(*number));
  });
  if (numbers.empty()) numbers.push_back(0);
  return numbers;
}

void mention(ObjectReader& reader, Symbol service, std::string_view host, const std::vector<std::uint32_t>& ports,
             const Location& location) {
  for (const std::uint32_t number : ports) {
    model::MentionFact fact;
    fact.owner = service;
    fact.name = Symbol(reader.object().kind);
    fact.host = Symbol(base::to_lower(host));
    fact.port = number;
    fact.confidence = Symbol(connection::to_string(connection::Confidence::host_port));
    fact.location = location;
    reader.emit(std::move(fact));
  }
}

/// A pod that is named instead of only its address.
bool refer_to_pod(ObjectReader& reader, Symbol service, const Node& item) {
  const Node target = reader.mapping(item, "targetRef");
  const auto name = target && reader.text(target, "kind") == "Pod" ? reader.name(target, "name") : std::nullopt;
  if (!name) return false;
  model::ReferenceFact fact;
  fact.source = service;
  fact.kind = model::RelationKind::routes_to;
  fact.target = reader.local_address({}, *name);
  fact.note = Symbol(reader.object().kind);
  fact.optional = true;  // pods of a workload have generated names
  fact.location = target.location();
  reader.emit(std::move(fact));
  return true;
}

}  // namespace

void read_endpoints(ObjectReader& reader) {
  const Symbol service = reader.local_address("services", reader.object().name.view());
  reader.each_mapping(reader.object().root, "subsets", [&](const Node& subset) {
    const std::vector<std::uint32_t> ports = read_port_numbers(reader, subset);
    for (const std::string_view list : {"addresses", "notReadyAddresses"}) {
      reader.each_mapping(subset, list, [&](const Node& item) {
        if (refer_to_pod(reader, service, item)) return;
        auto host = reader.name(item, "ip");
        if (!host) host = reader.name(item, "hostname");
        if (host) mention(reader, service, *host, ports, item.location());
      });
    }
  });
}

void read_endpoint_slice(ObjectReader& reader) {
  const Node labels = reader.mapping(reader.object().metadata, "labels");
  const auto owner = labels ? reader.name(labels, k_service_label) : std::nullopt;
  if (!owner) return;  // belongs to no Service: nothing routes through it
  const Symbol service = reader.local_address("services", *owner);
  const std::vector<std::uint32_t> ports = read_port_numbers(reader, reader.object().root);
  reader.each_mapping(reader.object().root, "endpoints", [&](const Node& item) {
    if (refer_to_pod(reader, service, item)) return;
    for (const Symbol host : reader.texts(item, "addresses")) mention(reader, service, host.view(), ports, item.location());
  });
}

}  // namespace postern::ingest::kubernetes
