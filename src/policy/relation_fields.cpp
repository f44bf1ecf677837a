// SPDX-License-Identifier: Apache-2.0
// The fields of Relation and of Environment.
#include <memory>

#include "policy/attribute_value.h"
#include "policy/state_view.h"

namespace postern::policy {
namespace {

using cel::Value;
using Row = FieldRow<RelationRecord>;

Value evidence_of(const RelationRecord& record) {
  std::vector<Value> notes;
  for (const model::Evidence& evidence : record.relation().evidence) {
    if (!evidence.note.empty()) notes.push_back(Value::string(evidence.note));
  }
  return Value::own_list(std::move(notes));
}

FieldTable<RelationRecord> make_fields() {
  FieldTable<RelationRecord> rows = {
      {"id", "string", "SOURCE -family-> TARGET; stable",
       [](const RelationRecord& r) { return Value::own_string(to_string(r.state().graph().id_of(r.relation()))); }},
      {"kind", "string",
       "calls, uses, reads, writes, publishes, consumes, sends_to, routes_to, exposes, mounts, assumes, binds, scales, protects, "
       "configures",
       [](const RelationRecord& r) { return Value::string(std::string_view(to_string(r.relation().kind))); }},
      {"family", "string", "network, routing, mount, identity, placement or control",
       [](const RelationRecord& r) { return Value::string(std::string_view(to_string(family_of(r.relation().kind)))); }},
      {"source", "Entity", "Where it starts",
       [](const RelationRecord& r) { return Value::record(r.state().entity(r.relation().source)); }},
      {"target", "Entity", "Where it leads",
       [](const RelationRecord& r) { return Value::record(r.state().entity(r.relation().target)); }},
      {"dangling", "bool", "Leads to something that nobody declares",
       [](const RelationRecord& r) {
         return Value::boolean(r.state().graph().entity(r.relation().target).kind == model::EntityKind::unresolved);
       }},
      {"evidence", "list(string)", "What says so: environment variable DATABASE_URL...", evidence_of},
  };
  for (const model::AttributeDefinition* definition : model::all_attributes()) {
    if (definition->subject != model::AttributeSubject::relation || definition == &model::attribute::relation_kind) continue;
    rows.push_back(
        {definition->name, std::string(cel_type_of(definition->type)), std::string(definition->description), nullptr, definition});
  }
  return rows;
}

}  // namespace

const FieldTable<RelationRecord>& RelationRecord::fields() {
  static const FieldTable<RelationRecord> k_fields = make_fields();
  return k_fields;
}

const cel::ObjectType& RelationRecord::type() const {
  static const cel::ObjectType k_type = object_type_of("Relation", fields());
  return k_type;
}

const model::Relation& RelationRecord::relation() const { return m_state->graph().relation(m_index); }

cel::Value RelationRecord::get(std::size_t slot) const {
  const Row& row = fields()[slot];
  if (row.get != nullptr) return row.get(*this);
  const model::Relation& self = relation();
  return to_cel(self.attributes.find(*row.attribute), *row.attribute, m_state->graph().entity(self.source).id.address.view());
}

bool RelationRecord::equals(const cel::Record& other) const {
  if (&other.type() != &type()) return false;
  const auto& that = static_cast<const RelationRecord&>(other);
  return m_state->graph().id_of(relation()) == that.m_state->graph().id_of(that.relation());
}

const FieldTable<EnvironmentRecord>& EnvironmentRecord::fields() {
  static const FieldTable<EnvironmentRecord> k_fields = {
      {"name", "string", "Name of the environment",
       [](const EnvironmentRecord& r) { return Value::string(std::string_view(r.environment().name)); }},
      {"class", "string", "production, staging or development",
       [](const EnvironmentRecord& r) {
         return Value::string(std::string_view(environment_class_name(r.environment().environment_class)));
       }},
  };
  return k_fields;
}

const cel::ObjectType& EnvironmentRecord::type() const {
  static const cel::ObjectType k_type = object_type_of("Environment", fields());
  return k_type;
}

cel::Value EnvironmentRecord::get(std::size_t slot) const { return fields()[slot].get(*this); }

}  // namespace postern::policy
