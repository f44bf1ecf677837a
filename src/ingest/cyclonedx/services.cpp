// SPDX-License-Identifier: Apache-2.0
// Reads services and their data flows.
#include <connection/technology.h>
#include <ingest/cyclonedx/services.h>
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
using document::Node;
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

EntityKind kind_of(const Node& service) {
  for (const char* key : {"name", "group"}) {
    const connection::Technology* technology = connection::technology_of_name(service[key].text());
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

std::string_view reference_of(const Node& service) {
  const std::string_view reference = service["bom-ref"].text();
  return reference.empty() ? service["name"].text() : reference;
}

Symbol address_of(std::string_view reference) { return Symbol("saasbom/" + std::string(reference)); }

/// In and out with the classes that go there.
void read_flows(const Node& service, model::EntityFact& entity) {
  std::set<Symbol> all;
  std::map<std::string, std::set<Symbol>> by_direction;
  for (const Node item : service["data"].items()) {
    const std::string_view found = class_of(item["classification"].text());
    if (found.empty()) continue;
    const std::string_view flow = item["flow"].text();
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

void read_service(const Node& service, std::vector<model::Fact>& facts, int depth) {
  if (depth > k_deepest) return;
  const std::string_view name = service["name"].text();
  if (!name.empty()) {
    model::EntityFact entity;
    entity.address = address_of(reference_of(service));
    entity.kind = kind_of(service);
    entity.name = Symbol(name);
    entity.location = service.location();
    const auto say = [&](const char* key) {
      const Node value = service[key];
      if (value.is_scalar())
        entity.attributes.push_back({&attribute::settings, {}, Symbol(key), Symbol(value.text()), value.location()});
    };
    say("authenticated");
    say("x-trust-boundary");
    const Node version = service["version"];
    if (version.is_scalar()) entity.attributes.push_back({&attribute::version, {}, {}, Symbol(version.text()), version.location()});
    std::set<std::string> hosts;
    for (const Node endpoint : service["endpoints"].items()) {
      if (std::string host = openapi::host_of(endpoint.text()); !host.empty()) hosts.insert(std::move(host));
    }
    for (const std::string& host : hosts) entity.aliases.push_back({model::AliasKind::host, Symbol(host)});
    read_flows(service, entity);
    facts.emplace_back(std::move(entity));
  }
  for (const Node item : service["services"].items()) read_service(item, facts, depth + 1);
}

}  // namespace

void extract_services(const Node& root, std::vector<model::Fact>& facts) {
  const std::size_t first = facts.size();
  for (const Node service : root["services"].items()) read_service(service, facts, 0);
  std::set<Symbol> known;
  for (std::size_t i = first; i < facts.size(); ++i) known.insert(std::get<model::EntityFact>(facts[i]).address);
  if (known.empty()) return;
  for (const Node item : root["dependencies"].items()) {
    const Symbol source = address_of(item["ref"].text());
    for (const Node target : item["dependsOn"].items()) {
      const Symbol needed = address_of(target.text());
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
