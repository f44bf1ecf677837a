// SPDX-License-Identifier: Apache-2.0
// ServiceEntry: names that the mesh knows beside those of Services, and what stands behind them.
#include <ingest/kubernetes/field_table.h>
#include <ingest/kubernetes/istio/kinds.h>
#include <ingest/kubernetes/labels.h>
#include <ingest/kubernetes/links.h>
#include <postern/base/text.h>

namespace postern::ingest::kubernetes {
namespace {

using namespace model::attribute;

constexpr std::string_view k_outside = "MESH_EXTERNAL";

std::uint32_t first_port(const ObjectReader& reader, Rows& rows) {
  std::uint32_t first = 0;
  std::vector<Symbol> texts;
  reader.each_mapping(reader.spec(), "ports", [&](const Node& item) {
    const std::uint32_t number = port_number(reader, item, "number");
    if (first == 0) first = number;
    const std::uint32_t target = port_number(reader, item, "targetPort");
    std::string text(reader.name(item, "name").value_or(""));
    text += (text.empty() ? "" : ":") + std::to_string(number) + "->" + std::to_string(target == 0 ? number : target);
    texts.emplace_back(text + "/" + std::string(reader.name(item, "protocol").value_or("TCP")));
  });
  add_set(rows, ports, std::move(texts), reader.spec()["ports"].location());
  return first;
}

/// Whether the object says itself what stands behind its names.
bool read_what_stands_behind(ObjectReader& reader, std::uint32_t port) {
  bool any = false;
  reader.each_mapping(reader.spec(), "endpoints", [&](const Node& item) {
    const auto address = reader.name(item, "address");
    if (!address || address->starts_with("unix:")) return;
    any = true;
    mention_host(reader, *address, port, "endpoints", item.location());
  });
  const Node selector = reader.mapping(reader.spec(), "workloadSelector");
  if (selector) {
    any = true;
    select(reader, model::RelationKind::routes_to, reader.object().namespace_name, read_plain_selector(reader, selector, "labels"),
           selector.location());
  }
  return any;
}

/// Traffic of plain TCP to listed addresses is told by the addresses: the names stand for nothing then.
bool names_are_fillers(const ObjectReader& reader) {
  const Node& spec = reader.spec();
  if (spec["addresses"].size() == 0 || reader.name(spec, "resolution").value_or("NONE") != "NONE") return false;
  bool plain = true;
  reader.each_mapping(spec, "ports", [&](const Node& item) { plain = plain && reader.name(item, "protocol") == "TCP"; });
  return plain;
}

}  // namespace

void read_istio_service_entry(ObjectReader& reader) {
  model::EntityFact entity = reader.entity(model::EntityKind::endpoint);
  if (!reader.required_mapping(reader.object().root, "spec")) return reader.emit(std::move(entity));
  const Node& spec = reader.spec();
  const std::string_view place = reader.name(spec, "location").value_or(k_outside);
  add_row(entity.attributes, endpoint_type, Symbol(place), spec["location"] ? spec["location"].location() : spec.location());
  const std::uint32_t port = first_port(reader, entity.attributes);
  const bool told = read_what_stands_behind(reader, port);
  const bool fillers = names_are_fillers(reader);
  std::vector<Symbol> names;
  for (const Node item : reader.sequence(spec, "hosts").items()) {
    if (!item.is_scalar() || item.text().empty()) {
      reader.wrong_type(item, "hosts", "text");
      continue;
    }
    const std::string host = base::to_lower(item.text());
    names.emplace_back(host);
    const bool single = host.find('*') == std::string::npos;
    if (told || place != k_outside) {
      if (single) entity.aliases.push_back({model::AliasKind::host, Symbol(host)});
    } else if (single && !fillers) {
      mention_host(reader, host, port, "hosts", item.location());
    }
  }
  add_set(entity.attributes, hosts, std::move(names), spec["hosts"] ? spec["hosts"].location() : spec.location());
  reader.emit(std::move(entity));
}

}  // namespace postern::ingest::kubernetes
