// SPDX-License-Identifier: Apache-2.0
// Service: a name and ports in front of the workloads that its selector finds.
#include <ingest/kubernetes/kinds/kinds.h>
#include <ingest/kubernetes/labels.h>
#include <ingest/kubernetes/load_balancer.h>
#include <ingest/kubernetes/metadata.h>

#include <algorithm>
#include <array>

namespace postern::ingest::kubernetes {
namespace {

using namespace model::attribute;

constexpr std::string_view k_default_type = "ClusterIP";
constexpr std::array<std::string_view, 4> k_types = {"ClusterIP", "ExternalName", "LoadBalancer", "NodePort"};

constexpr std::array k_fields = {
    FieldRow{"externalIPs", &external_ips},
    FieldRow{"externalName", &external_name},
};

constexpr std::array<std::string_view, 2> k_source_ranges = {"service.beta.kubernetes.io/azure-allowed-ip-ranges",
                                                             "service.beta.kubernetes.io/load-balancer-source-ranges"};
constexpr std::string_view k_dns_annotation = "external-dns.alpha.kubernetes.io/hostname";

std::string_view read_type(const ObjectReader& reader, Rows& rows) {
  const Node written = reader.spec()["type"];
  const std::string_view type = reader.name(reader.spec(), "type").value_or(k_default_type);
  if (std::find(k_types.begin(), k_types.end(), type) == k_types.end()) {
    reader.wrong_type(written, "type", "ClusterIP, NodePort, LoadBalancer or ExternalName", ObjectReader::Quote::shown);
  }
  add_row(rows, endpoint_type, Symbol(type), written ? written.location() : reader.spec().location());
  return type;
}

/// `NAME:PORT->TARGET/PROTOCOL`
std::string port_text(const ObjectReader& reader, const Node& item, std::int64_t number) {
  const auto port_name = reader.name(item, "name");
  const auto target = reader.text_or_integer(item, "targetPort");
  const std::string own = std::to_string(number);
  std::string text = port_name ? std::string(*port_name) + ":" : "";
  text += own + "->";
  text += target && !target->empty() && *target != "0" ? std::string(*target) : own;
  return text + "/" + std::string(reader.name(item, "protocol").value_or("TCP"));
}

void read_ports(const ObjectReader& reader, Rows& rows) {
  std::vector<Symbol> texts;
  std::vector<Symbol> on_nodes;
  reader.each_mapping(reader.spec(), "ports", [&](const Node& item) {
    if (const Node number = item["port"]; !number || number.is_null()) reader.missing(item, "port");
    if (const auto number = reader.port(item, "port")) texts.emplace_back(port_text(reader, item, *number));
    if (item["nodePort"].as_integer() == 0) return;  // as if it were not there
    if (const auto number = reader.port(item, "nodePort")) on_nodes.emplace_back(std::to_string(*number));
  });
  const Location location = reader.spec()["ports"].location();
  add_set(rows, ports, std::move(texts), location);
  add_set(rows, node_ports, std::move(on_nodes), location);
}

void read_load_balancer(const ObjectReader& reader, Rows& rows) {
  const Node annotations = reader.object().metadata["annotations"];
  if (const auto internal = internal_load_balancer_annotation(reader, annotations)) {
    add_row(rows, internal_load_balancer, true, *internal);
  }
  std::vector<Symbol> ranges = reader.texts(reader.spec(), "loadBalancerSourceRanges");
  Location location = reader.spec()["loadBalancerSourceRanges"].location();
  for (const std::string_view key : k_source_ranges) {
    const auto found = ranges.empty() ? annotation(reader, key) : std::nullopt;  // the field wins over annotations
    if (!found) continue;
    ranges = split_list(*found);
    location = annotations[key].location();
  }
  add_set(rows, load_balancer_source_ranges, std::move(ranges), location);
}

/// A name that stands for workloads needs no ports; an address of its own does.
void read_own_address(const ObjectReader& reader, Rows& rows) {
  if (reader.text(reader.spec(), "clusterIP") == "None") {
    add_row(rows, headless, true, reader.spec()["clusterIP"].location());
  } else if (reader.sequence(reader.spec(), "ports").size() == 0) {
    reader.missing(reader.spec(), "ports");
  }
}

void read_selector(ObjectReader& reader, Rows& rows) {
  model::LabelSelector labels = read_plain_selector(reader, reader.spec(), "selector");
  if (labels.requirements.empty()) return;  // selects nothing: its endpoints are declared elsewhere
  const Location location = reader.spec()["selector"].location();
  add_set(rows, selector, selector_texts(labels), location);
  reader.emit(model::SelectorFact{reader.object().address, model::RelationKind::routes_to, reader.object().namespace_name,
                                  std::move(labels), location});
}

}  // namespace

void read_service(ObjectReader& reader) {
  model::EntityFact entity = reader.entity(model::EntityKind::endpoint);
  Rows& rows = entity.attributes;
  if (!reader.required_mapping(reader.object().root, "spec")) return reader.emit(std::move(entity));
  rows.reserve(8);
  const std::string_view type = read_type(reader, rows);
  read_fields(reader, reader.spec(), k_fields, rows);
  if (type != "ExternalName") read_selector(reader, rows);  // the platform ignores it there
  read_ports(reader, rows);
  if (type != "ExternalName") read_own_address(reader, rows);
  if (type == "LoadBalancer") read_load_balancer(reader, rows);
  if (const auto names = annotation(reader, k_dns_annotation)) {
    for (const Symbol name : split_list(*names)) entity.aliases.push_back({model::AliasKind::host, name});
  }
  reader.emit(std::move(entity));
}

}  // namespace postern::ingest::kubernetes
