// SPDX-License-Identifier: Apache-2.0
// The first step of linking: every declared entity once, whoever declares it.
#include "resolve/declarations.h"

#include <postern/base/text.h>
#include <postern/model/service_label.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <tuple>

namespace postern::resolve {
namespace {

using model::Attribute;
using model::Entity;
using model::EntityFact;

/// Attributes of which `true`, or being there at all, is the safer state.
bool is_protective(const model::AttributeDefinition& definition) {
  using namespace model::attribute;
  const std::array k_protective = {&run_as_non_root,
                                   &read_only_root_filesystem,
                                   &capabilities_dropped,
                                   &seccomp_profile,
                                   &tls_hosts,
                                   &internal_load_balancer,
                                   &gateway_internal,
                                   &gateway_source_ranges,
                                   &liveness_probe,
                                   &readiness_probe,
                                   &load_balancer_source_ranges,
                                   &replicas,
                                   &cluster_local,
                                   &issuers,
                                   &mutual_tls_mode,
                                   &tls_mode};
  return std::find(k_protective.begin(), k_protective.end(), &definition) != k_protective.end();
}

/// Of two values that contradict each other the riskier, independent of their order.
model::AttributeValue riskier(const model::AttributeDefinition& definition, const model::AttributeValue& a,
                              const model::AttributeValue& b) {
  return is_protective(definition) ? std::min(a, b) : std::max(a, b);
}

bool same_row(const Attribute& a, const Attribute& b) {
  return a.definition == b.definition && a.scope == b.scope && a.key == b.key && a.value == b.value;
}

bool same_content(const Entity& a, const Entity& b) {
  const auto left = a.attributes.all();
  const auto right = b.attributes.all();
  return a.kind == b.kind && a.labels == b.labels && std::equal(left.begin(), left.end(), right.begin(), right.end(), same_row);
}

/// Where the contradiction is, in words: the first differing attribute, or what else differs.
std::string difference(const Entity& a, const Entity& b) {
  for (const Attribute& row : a.attributes.all()) {
    const Attribute* other = b.attributes.find(*row.definition, row.scope, row.key);
    if (other == nullptr || other->value != row.value) return "'" + model::path_of(row) + "'";
  }
  for (const Attribute& row : b.attributes.all()) {
    if (a.attributes.find(*row.definition, row.scope, row.key) == nullptr) return "'" + model::path_of(row) + "'";
  }
  return a.kind == b.kind ? "labels" : "kind";
}

void merge_riskier(Entity& into, const Entity& from) {
  model::Attributes merged;
  for (const Attribute& row : into.attributes.all()) {
    const Attribute* other = from.attributes.find(*row.definition, row.scope, row.key);
    if (other == nullptr && is_protective(*row.definition)) continue;
    Attribute kept = row;
    if (other != nullptr) kept.value = riskier(*row.definition, row.value, other->value);
    merged.set(std::move(kept));
  }
  for (const Attribute& row : from.attributes.all()) {
    const bool known = into.attributes.find(*row.definition, row.scope, row.key) != nullptr;
    if (!known && !is_protective(*row.definition)) merged.set(row);
  }
  into.attributes = std::move(merged);
  into.kind = std::min(into.kind, from.kind);
  into.labels.insert(into.labels.end(), from.labels.begin(), from.labels.end());
  std::sort(into.labels.begin(), into.labels.end());
  into.labels.erase(std::unique(into.labels.begin(), into.labels.end()), into.labels.end());
}

Entity entity_of(const EntityFact& fact, const model::UnitId& unit) {
  Entity entity;
  entity.id = {unit.application, unit.target, fact.address};
  entity.kind = fact.kind;
  entity.name = fact.name;
  entity.namespace_name = fact.namespace_name;
  entity.attributes = model::Attributes::from_rows(fact.attributes);
  entity.labels = fact.labels;
  std::sort(entity.labels.begin(), entity.labels.end());
  entity.aliases = fact.aliases;
  entity.locations = {fact.location};
  return entity;
}

/// Joins a repetition into what is there.
void repeat(Entity& present, const Entity& repeated, base::DiagnosticSink& diagnostics) {
  if (!same_content(present, repeated)) {
    const auto [first, second] = std::minmax(present.locations.front(), repeated.locations.front());
    diagnostics.error("P2001", second,
                      "'" + present.id.address.str() + "' is declared twice with different content: " +
                          difference(present, repeated) + " differs from the declaration at " + base::to_string(first),
                      "gate one variant at a time, or say in postern.yaml which sources belong to which environment");
    merge_riskier(present, repeated);
  }
  present.aliases.insert(present.aliases.end(), repeated.aliases.begin(), repeated.aliases.end());
  std::sort(present.aliases.begin(), present.aliases.end());
  present.aliases.erase(std::unique(present.aliases.begin(), present.aliases.end()), present.aliases.end());
  present.locations.insert(present.locations.end(), repeated.locations.begin(), repeated.locations.end());
  std::sort(present.locations.begin(), present.locations.end());
}

/// Application, target and name, and how many services have it.
using ServiceNames = std::map<std::tuple<base::Symbol, base::Symbol, std::string>, int>;

/// The value of a label; empty without it.
base::Symbol label_of(const Entity& entity, std::string_view key) {
  for (const auto& [name, value] : entity.labels) {
    if (name.view() == key) return value;
  }
  return {};
}

/// Only needed where a configuration asks for it.
ServiceNames service_names(const std::vector<std::pair<Entity, Declared>>& declared) {
  ServiceNames names;
  const bool asked = std::any_of(declared.begin(), declared.end(),
                                 [](const auto& each) { return !label_of(each.first, model::k_known_service_label).empty(); });
  if (!asked) return names;
  std::set<std::tuple<base::Symbol, base::Symbol, std::string>> by_files;
  for (const auto& [entity, known] : declared) {
    const std::string name = base::to_lower(entity.name.view());
    if (model::is_workload(entity.kind)) ++names[{entity.id.application, entity.id.target, name}];
    const base::Symbol service = label_of(entity, model::k_service_label);
    if (!service.empty()) by_files.emplace(entity.id.application, entity.id.target, service.str());
  }
  // One that nothing but its configuration tells of is there all the same.
  for (const auto& name : by_files) names.emplace(name, 1);
  return names;
}

/// Whether a configuration that says nothing by itself has exactly one service to speak for.
bool is_meant(const Entity& entity, const ServiceNames& services) {
  const base::Symbol service = label_of(entity, model::k_known_service_label);
  if (service.empty()) return true;
  const auto found = services.find({entity.id.application, entity.id.target, service.str()});
  return found != services.end() && found->second == 1;
}

}  // namespace

void declare_entities(const model::StateView& state, LinkIndex& index, base::DiagnosticSink& diagnostics) {
  // Labels are indexed when an entity is added, so repetitions are joined first.
  std::vector<std::pair<Entity, Declared>> declared;
  std::unordered_map<model::EntityId, std::size_t, model::EntityIdHash> places;
  for (const model::UnitView& unit : state.units) {
    for (const model::Input* input : unit.inputs) {
      for (const model::Fact& fact : input->facts) {
        const auto* said = std::get_if<EntityFact>(&fact);
        if (said == nullptr || unit.replaced_addresses.contains(said->address)) continue;
        Entity entity = entity_of(*said, unit.id);
        const auto [at, fresh] = places.emplace(entity.id, declared.size());
        if (fresh) {
          declared.emplace_back(std::move(entity), Declared{{unit.id.application, unit.id.target}, said->namespace_declared});
        } else {
          repeat(declared[at->second].first, entity, diagnostics);
        }
      }
    }
  }
  const ServiceNames services = service_names(declared);
  for (auto& [entity, known] : declared) {
    if (is_meant(entity, services)) index.add(std::move(entity), known);
  }
}

}  // namespace postern::resolve
