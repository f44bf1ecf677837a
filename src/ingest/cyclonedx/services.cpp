// SPDX-License-Identifier: Apache-2.0
// Reads services and their data flows.
#include <connection/technology.h>
#include <ingest/cyclonedx/services.h>
#include <ingest/cyclonedx/shape.h>
#include <ingest/openapi/specification.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace postern::ingest::cyclonedx {
namespace {

using base::Symbol;
using model::EntityKind;
namespace attribute = model::attribute;

constexpr int k_deepest = 16;

/// What documents call classes of data, in our words; `Public` and its like are none.
struct ClassRow {
  std::string_view said;  ///< lower case
  std::string_view name;
};
constexpr std::array k_classes = {ClassRow{"confidential", "BUSINESS"},
                                  ClassRow{"credentials", "CREDENTIAL"},
                                  ClassRow{"financial", "FINANCIAL"},
                                  ClassRow{"health", "PHI"},
                                  ClassRow{"pci", "PCI"},
                                  ClassRow{"personal", "PII"},
                                  ClassRow{"phi", "PHI"},
                                  ClassRow{"pifi", "FINANCIAL"},
                                  ClassRow{"pii", "PII"},
                                  ClassRow{"secret", "CREDENTIAL"},
                                  ClassRow{"sensitive", "PII"},
                                  ClassRow{"special", "SPECIAL"}};

std::string_view class_of(std::string_view said) {
  const std::string lower = base::to_lower(said);
  const auto row = std::find_if(k_classes.begin(), k_classes.end(), [&](const ClassRow& each) { return each.said == lower; });
  return row == k_classes.end() ? std::string_view() : row->name;
}

EntityKind kind_of(const Shape& shape, const Node& service) {
  for (const char* key : {"name", "group"}) {
    const connection::Technology* technology = connection::technology_of_name(shape.text(service, key));
    if (technology == nullptr) continue;
    switch (technology->role) {
      case connection::Role::datastore:
      case connection::Role::search:
        return EntityKind::datastore;
      case connection::Role::cache:
        return EntityKind::cache;
      case connection::Role::queue:
        return EntityKind::queue;
      case connection::Role::object_store:
        return EntityKind::bucket;
      default:
        break;
    }
  }
  return EntityKind::service;
}

std::string_view reference_of(const Shape& shape, const Node& service) {
  const std::string_view reference = shape.text(service, "bom-ref");
  return reference.empty() ? shape.text(service, "name") : reference;
}

/// A class of data and the way it goes, in one service.
struct Flow {
  std::string_view classification;
  std::string_view direction;
};

/// XML has the class as the text of an element, before version 1.5 directly in `data` and since then within `dataflow`.
std::vector<Flow> flows_of(const Shape& shape, const Node& service) {
  std::vector<Flow> flows;
  for (const Node& item : shape.items(service, "data")) {
    if (!shape.is_xml()) {
      flows.push_back({item["classification"].text(), item["flow"].text()});
      continue;
    }
    std::vector<Node> classifications = children(item, "classification");
    if (classifications.empty()) classifications.push_back(item);
    for (const Node& each : classifications) flows.push_back({Shape::text_of(each), shape.text(each, "flow")});
  }
  return flows;
}

Symbol address_of(std::string_view reference) { return Symbol("saasbom/" + std::string(reference)); }

/// In and out with the classes that go there.
void read_flows(const Shape& shape, const Node& service, model::EntityFact& entity) {
  std::set<Symbol> all;
  std::map<std::string, std::set<Symbol>> by_direction;
  for (const auto& [classification, flow] : flows_of(shape, service)) {
    const std::string_view found = class_of(classification);
    if (found.empty()) continue;
    all.insert(Symbol(found));
    if (flow != "outbound") by_direction["in data"].insert(Symbol(found));
    if (flow != "inbound") by_direction["out data"].insert(Symbol(found));
  }
  const base::Location location = service["data"].location();
  for (const auto& [key, classes] : by_direction) {
    entity.attributes.push_back(
        {&attribute::field_classes, {}, Symbol(key), model::TextList(classes.begin(), classes.end()), location});
  }
  if (!all.empty())
    entity.attributes.push_back({&attribute::data_classes, {}, {}, model::TextList(all.begin(), all.end()), location});
}

void read_service(const Shape& shape, const Node& service, std::vector<model::Fact>& facts, int depth) {
  if (depth > k_deepest) return;
  const std::string_view name = shape.text(service, "name");
  if (!name.empty()) {
    model::EntityFact entity;
    entity.address = address_of(reference_of(shape, service));
    entity.kind = kind_of(shape, service);
    entity.name = Symbol(name);
    entity.location = service.location();
    const auto say = [&](const char* key) {
      const Node value = shape.place_of(service, key);
      if (value.is_scalar())
        entity.attributes.push_back({&attribute::settings, {}, Symbol(key), Symbol(value.text()), value.location()});
    };
    say("authenticated");
    say("x-trust-boundary");
    const Node version = shape.place_of(service, "version");
    if (version.is_scalar()) entity.attributes.push_back({&attribute::version, {}, {}, Symbol(version.text()), version.location()});
    std::set<std::string> hosts;
    for (const Node& endpoint : shape.items(service, "endpoints")) {
      if (std::string host = openapi::host_of(endpoint.text()); !host.empty()) hosts.insert(std::move(host));
    }
    for (const std::string& host : hosts) entity.aliases.push_back({model::AliasKind::host, Symbol(host)});
    read_flows(shape, service, entity);
    facts.emplace_back(std::move(entity));
  }
  for (const Node& item : shape.items(service, "services")) read_service(shape, item, facts, depth + 1);
}

}  // namespace

void extract_services(const document::Node& root, std::vector<model::Fact>& facts) {
  const Shape shape(root);
  const std::size_t first = facts.size();
  for (const Node& service : shape.items(shape.top(), "services")) read_service(shape, service, facts, 0);
  std::set<Symbol> known;
  for (std::size_t i = first; i < facts.size(); ++i) known.insert(std::get<model::EntityFact>(facts[i]).address);
  if (known.empty()) return;
  for (const Node& item : shape.items(shape.top(), "dependencies")) {
    const Symbol source = address_of(shape.text(item, "ref"));
    for (const Node& target : shape.is_xml() ? children(item, "dependency") : shape.items(item, "dependsOn")) {
      const Symbol needed = address_of(shape.is_xml() ? shape.text(target, "ref") : target.text());
      if (source == needed || !known.contains(source) || !known.contains(needed)) continue;
      model::ReferenceFact fact;
      fact.source = source;
      fact.kind = model::RelationKind::calls;
      fact.target = needed;
      fact.note = Symbol("dependencies of the bill of materials");
      fact.location = target.location();
      facts.emplace_back(std::move(fact));
    }
  }
}

}  // namespace postern::ingest::cyclonedx
