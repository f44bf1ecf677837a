// SPDX-License-Identifier: Apache-2.0
// The first step of linking: every declared entity once, whoever declares it.
#include "resolve/declarations.h"

#include <algorithm>
#include <array>

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
  for (auto& [entity, known] : declared) index.add(std::move(entity), known);
}

}  // namespace postern::resolve
