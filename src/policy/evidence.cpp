// SPDX-License-Identifier: Apache-2.0
// Collects the places that show why a rule fired: few, and the most telling ones.
#include "policy/evidence.h"

#include <postern/model/privilege.h>

#include <algorithm>

#include "policy/attribute_value.h"
#include "policy/change_text.h"

namespace postern::policy {
namespace {

using model::Evidence;

constexpr std::size_t k_most_places = 8;
constexpr std::size_t k_longest_value = 80;  // longer values are left out of notes

void add(std::vector<Evidence>& places, const base::Location& location, const std::string& note) {
  if (!location.file.empty()) places.push_back({location, base::Symbol(note)});
}

std::vector<Evidence> finish(std::vector<Evidence> places) {
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
  if (places.size() > k_most_places) places.resize(k_most_places);
  return places;
}

void add_declaration(std::vector<Evidence>& places, const model::Entity& entity, std::string_view verb) {
  const std::string note = std::string(verb) + " " + to_string(entity.kind) + " " + entity.id.address.str();
  for (const base::Location& location : entity.locations) add(places, location, note);
}

/// A boolean that says what holds anyway shows nothing.
bool says_nothing(const model::Attribute& row) {
  const bool* flag = std::get_if<bool>(&row.value);
  return flag != nullptr && *flag == undeclared_boolean(*row.definition);
}

void add_attribute(std::vector<Evidence>& places, const model::Entity& entity, std::string_view name) {
  for (const model::Attribute& row : entity.attributes.all()) {
    if (row.definition->name != name || says_nothing(row)) continue;
    const std::string value = to_string(row.value);
    add(places, row.location, value.size() > k_longest_value ? path_of(row) : path_of(row) + ": " + value);
  }
}

bool opens_to_outside(const model::Entity& entity) {
  const std::string_view type = entity.attributes.text(model::attribute::endpoint_type).view();
  return entity.kind == model::EntityKind::gateway || type == "LoadBalancer" || type == "NodePort" ||
         entity.attributes.find(model::attribute::external_ips) != nullptr;
}

/// Gateways and outward endpoints that route to the entity, through other endpoints as well.
void add_ways_in(std::vector<Evidence>& places, const EntityRecord& record) {
  const model::ArchitectureGraph& graph = record.state().graph();
  std::vector<model::EntityIndex> queue = {record.index()};
  for (std::size_t next = 0; next < queue.size(); ++next) {
    for (const model::RelationIndex index : graph.incoming(queue[next])) {
      const model::Relation& relation = graph.relation(index);
      const bool seen = std::find(queue.begin(), queue.end(), relation.source) != queue.end();
      if (seen || family_of(relation.kind) != model::RelationFamily::routing) continue;
      queue.push_back(relation.source);
      const model::Entity& source = graph.entity(relation.source);
      if (opens_to_outside(source)) add_declaration(places, source, "opened by");
    }
  }
}

/// Changed network policies that select the entity on either side.
void add_policies(std::vector<Evidence>& places, const EntityRecord* record, const model::Delta& delta) {
  if (record == nullptr) return;
  const model::ArchitectureGraph& graph = record->state().graph();
  for (const model::RelationIndex index : graph.incoming(record->index())) {
    const model::Relation& relation = graph.relation(index);
    const model::Entity& policy = graph.entity(relation.source);
    if (relation.kind != model::RelationKind::protects || policy.kind != model::EntityKind::network_policy) continue;
    const auto less = [](const model::EntityChange& change, const model::EntityId& id) { return change.id < id; };
    const auto change = std::lower_bound(delta.entities.begin(), delta.entities.end(), policy.id, less);
    if (change == delta.entities.end() || change->id != policy.id) continue;
    add_declaration(places, policy, to_string(change->kind));
  }
}

std::span<const base::Symbol> powers_of(const EntityRecord* record) {
  return record == nullptr ? std::span<const base::Symbol>()
                           : std::span<const base::Symbol>(record->entity().attributes.list(model::attribute::privileges));
}

/// The binding and the rules of one grant: `BINDING > ROLE`.
void add_grant(std::vector<Evidence>& places, const EntityRecord& record, base::Symbol power, std::string_view chain) {
  constexpr std::string_view k_step = " > ";
  const model::EntityId& id = record.entity().id;
  for (std::size_t begin = 0; begin <= chain.size();) {
    const std::size_t end = std::min(chain.find(k_step, begin), chain.size());
    const base::Symbol address(chain.substr(begin, end - begin));
    begin = end + k_step.size();
    const auto index = record.state().graph().find(model::EntityId{id.application, id.target, address});
    if (!index) continue;  // a role that nobody declares
    const model::Entity& entity = record.state().graph().entity(*index);
    const model::Attribute* rules = entity.attributes.find(model::attribute::rules);
    const std::string note = "grants " + power.str();
    if (rules != nullptr) {
      add(places, rules->location, note);
    } else if (!entity.locations.empty()) {
      add(places, entity.locations.front(), note);
    }
  }
}

/// Bindings and roles that give what is new; where that leads to no power by itself, the bindings.
void add_grants(std::vector<Evidence>& places, const ChangeRecord& change) {
  const EntityRecord* after = change.entity_after();
  if (after == nullptr) return;
  const std::vector<base::Symbol> gained = model::gained(powers_of(change.entity_before()), powers_of(after));
  for (const base::Symbol power : gained) {
    const model::Attribute* row = after->entity().attributes.find(model::attribute::privilege_grants, {}, power);
    const auto* chain = row == nullptr ? nullptr : std::get_if<base::Symbol>(&row->value);
    if (chain != nullptr) add_grant(places, *after, power, chain->view());
  }
  if (!gained.empty()) return;
  const model::ArchitectureGraph& graph = after->state().graph();
  for (const model::RelationIndex index : graph.incoming(after->index())) {
    const model::Relation& relation = graph.relation(index);
    if (relation.kind == model::RelationKind::binds) add_declaration(places, graph.entity(relation.source), "bound by");
  }
}

bool is_about_rights(const model::AttributeDefinition& definition) {
  return &definition == &model::attribute::privileges || &definition == &model::attribute::permissions ||
         &definition == &model::attribute::escalation;
}

void add_change(std::vector<Evidence>& places, const ChangeRecord& change, const model::Delta& delta) {
  const model::AttributeChange* row = change.attribute_change();
  if (row == nullptr && change.relation_change() != nullptr) {
    const RelationRecord* relation = change.relation_after() != nullptr ? change.relation_after() : change.relation_before();
    for (const Evidence& evidence : relation->relation().evidence) add(places, evidence.location, evidence.note.str());
    return;
  }
  if (row == nullptr || is_about_rights(*row->definition)) return add_grants(places, change);
  const bool is_there = row->after.has_value() && !row->after_location.file.empty();
  add(places, is_there ? row->after_location : row->before_location, summary_of(change));
  if (row->definition == &model::attribute::ingress_isolated || row->definition == &model::attribute::egress_isolated) {
    add_policies(places, change.entity_before(), delta);
    add_policies(places, change.entity_after(), delta);
  }
}

}  // namespace

std::vector<Evidence> evidence_of_entity(const Rule& rule, const EntityRecord& record) {
  std::vector<Evidence> places;
  for (const std::string& name : rule.evidence) {
    if (name == "entry") {
      add_ways_in(places, record);
    } else {
      add_attribute(places, record.entity(), name);
    }
  }
  if (places.empty()) add_declaration(places, record.entity(), "declares");
  return finish(std::move(places));
}

std::vector<Evidence> evidence_of_weakness(const model::Weakness& weakness) {
  std::vector<Evidence> places;
  for (const base::Location& location : weakness.evidence) {
    std::string note = weakness.package.empty() ? weakness.id.str() : weakness.package.str();
    for (const base::Symbol version : weakness.versions)
      note += (note.ends_with(weakness.package.str()) ? "@" : ", ") + version.str();
    add(places, location, note);
  }
  for (const model::Witness& witness : weakness.witnesses) add(places, witness.location, "reported by " + witness.source.str());
  return finish(std::move(places));
}

std::vector<Evidence> evidence_of_relation(const RelationRecord& record) {
  std::vector<Evidence> places;
  for (const Evidence& evidence : record.relation().evidence) add(places, evidence.location, evidence.note.str());
  if (places.empty()) add_declaration(places, record.state().graph().entity(record.relation().source), "declares");
  return finish(std::move(places));
}

std::vector<Evidence> evidence_of_changes(std::span<const ChangeRecord* const> changes, const model::Delta& delta) {
  std::vector<Evidence> places;
  for (const ChangeRecord* change : changes) add_change(places, *change, delta);
  if (places.empty()) {
    const ChangeRecord& first = *changes.front();
    const EntityRecord* entity = first.entity_after() != nullptr ? first.entity_after() : first.entity_before();
    if (entity != nullptr) add_declaration(places, entity->entity(), to_string(first.kind()));
  }
  return finish(std::move(places));
}

}  // namespace postern::policy
