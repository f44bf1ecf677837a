// SPDX-License-Identifier: Apache-2.0
// The fields of Change.
#include <postern/model/privilege.h>

#include <algorithm>
#include <iterator>

#include "policy/attribute_value.h"
#include "policy/change_text.h"
#include "policy/state_view.h"

namespace postern::policy {
namespace {

using cel::Value;
using Side = std::optional<model::AttributeValue>;

Value record_or_absent(const cel::Record* record) { return record == nullptr ? Value::absent() : Value::record(*record); }

Value value_of(const ChangeRecord& record, Side model::AttributeChange::*side, std::string_view word) {
  const model::AttributeChange* change = record.attribute_change();
  if (change == nullptr || !(change->*side)) return Value::null();
  const model::AttributeValue& value = *(change->*side);
  if (!std::holds_alternative<model::Unknown>(value)) return to_cel(value, {}, {});  // only what is unknown needs a name
  const model::EntityId& id = record.entity_change() != nullptr ? record.entity_change()->id : record.relation_change()->id.source;
  return to_cel(value, id.address.view(), path_of(*change) + " " + std::string(word));
}

Value text_of(const ChangeRecord& record, Side model::AttributeChange::*side) {
  const model::AttributeChange* change = record.attribute_change();
  return change == nullptr ? Value::string(std::string_view()) : Value::own_string(side_text(change->*side));
}

const EntityRecord* either(const ChangeRecord& record) {
  const EntityRecord* after = record.entity_after();
  return after != nullptr ? after : record.entity_before();
}

Value symbol_or_empty(const ChangeRecord& record, base::Symbol model::AttributeChange::*member) {
  const model::AttributeChange* change = record.attribute_change();
  return Value::string(change == nullptr ? base::Symbol() : change->*member);
}

std::span<const base::Symbol> texts_of(const EntityRecord* record, const model::AttributeDefinition& definition) {
  return record == nullptr ? std::span<const base::Symbol>()
                           : std::span<const base::Symbol>(record->entity().attributes.list(definition));
}

Value list_of(std::span<const base::Symbol> texts) {
  std::vector<Value> values;
  for (const base::Symbol text : texts) values.push_back(Value::string(text));
  return Value::own_list(std::move(values));
}

Value gained_privileges_of(const ChangeRecord& record) {
  return list_of(model::gained(texts_of(record.entity_before(), model::attribute::privileges),
                               texts_of(record.entity_after(), model::attribute::privileges)));
}

Value gained_permissions_of(const ChangeRecord& record) {
  const auto before = texts_of(record.entity_before(), model::attribute::permissions);
  const auto after = texts_of(record.entity_after(), model::attribute::permissions);
  std::vector<base::Symbol> fresh;
  std::set_difference(after.begin(), after.end(), before.begin(), before.end(), std::back_inserter(fresh));
  return list_of(fresh);
}

}  // namespace

const FieldTable<ChangeRecord>& ChangeRecord::fields() {
  using C = const ChangeRecord&;
  static const FieldTable<ChangeRecord> k_fields = {
      {"kind", "string", "added, removed or modified: of the attribute where there is one, else of the subject",
       [](C r) { return Value::string(std::string_view(to_string(r.kind()))); }},
      {"subject", "string", "entity or relation",
       [](C r) { return Value::string(std::string_view(r.entity_change() != nullptr ? "entity" : "relation")); }},
      {"attribute", "string", "Name of the changed attribute; empty when the subject itself came or went",
       [](C r) {
         return Value::string(r.attribute_change() == nullptr ? std::string_view() : r.attribute_change()->definition->name);
       }},
      {"path", "string", "The attribute with container and key: server.environment[PORT]",
       [](C r) {
         return r.attribute_change() == nullptr ? Value::string(std::string_view())
                                                : Value::own_string(path_of(*r.attribute_change()));
       }},
      {"scope", "string", "Container of the attribute; empty for the whole entity",
       [](C r) { return symbol_or_empty(r, &model::AttributeChange::scope); }},
      {"key", "string", "Key of the attribute, e.g. the variable",
       [](C r) { return symbol_or_empty(r, &model::AttributeChange::key); }},
      {"before", "dyn", "Value in the baseline; null where it was not declared",
       [](C r) { return value_of(r, &model::AttributeChange::before, "before"); }},
      {"after", "dyn", "Value in the candidate; null where it is not declared",
       [](C r) { return value_of(r, &model::AttributeChange::after, "after"); }},
      {"before_text", "string", "The value before, in words", [](C r) { return text_of(r, &model::AttributeChange::before); }},
      {"after_text", "string", "The value after, in words", [](C r) { return text_of(r, &model::AttributeChange::after); }},
      {"summary", "string", "The change in words: run_as_non_root: true -> not declared",
       [](C r) { return Value::own_string(summary_of(r)); }},
      {"derived", "bool", "Follows from the whole graph; nobody wrote it down",
       [](C r) {
         return Value::boolean(r.attribute_change() != nullptr &&
                               r.attribute_change()->definition->origin == model::AttributeOrigin::derived);
       }},
      {"entity", "Entity", "The entity (of a relation: its source), in the candidate where it is there, else in the baseline",
       [](C r) { return record_or_absent(either(r)); }},
      {"entity_kind", "string", "Kind of that entity",
       [](C r) {
         const EntityRecord* entity = either(r);
         return Value::string(entity == nullptr ? std::string_view() : std::string_view(to_string(entity->entity().kind)));
       }},
      {"relation", "Relation", "The relation, as `entity`; has() is false for changes of entities",
       [](C r) { return record_or_absent(r.relation_after() != nullptr ? r.relation_after() : r.relation_before()); }},
      {"baseline_entity", "Entity", "The entity in the baseline; has() is false where it was not there",
       [](C r) { return record_or_absent(r.entity_before()); }},
      {"gained_privileges", "list(string)",
       "Powers of the entity that nothing it had in the baseline includes: who read all secrets gains nothing by reading those of "
       "a "
       "namespace",
       gained_privileges_of},
      {"gained_permissions", "list(string)", "Permissions of the entity that it did not have word for word in the baseline",
       gained_permissions_of},
      {"candidate_entity", "Entity", "The entity in the candidate; has() is false where it is gone",
       [](C r) { return record_or_absent(r.entity_after()); }},
  };
  return k_fields;
}

const cel::ObjectType& ChangeRecord::type() const {
  static const cel::ObjectType k_type = object_type_of("Change", fields());
  return k_type;
}

cel::Value ChangeRecord::get(std::size_t slot) const { return fields()[slot].get(*this); }

model::ChangeKind ChangeRecord::kind() const noexcept {
  if (m_attribute != nullptr) {
    if (!m_attribute->before) return model::ChangeKind::added;
    return m_attribute->after ? model::ChangeKind::modified : model::ChangeKind::removed;
  }
  return m_entity != nullptr ? m_entity->kind : m_relation->kind;
}

const EntityRecord* ChangeRecord::entity_before() const {
  if (m_entity != nullptr) return m_entity->before ? &m_baseline->entity(*m_entity->before) : nullptr;
  if (m_relation->before) return &m_baseline->entity(m_baseline->graph().relation(*m_relation->before).source);
  const auto index = m_baseline->graph().find(m_relation->id.source);
  return index ? &m_baseline->entity(*index) : nullptr;
}

const EntityRecord* ChangeRecord::entity_after() const {
  if (m_entity != nullptr) return m_entity->after ? &m_candidate->entity(*m_entity->after) : nullptr;
  if (m_relation->after) return &m_candidate->entity(m_candidate->graph().relation(*m_relation->after).source);
  const auto index = m_candidate->graph().find(m_relation->id.source);
  return index ? &m_candidate->entity(*index) : nullptr;
}

const RelationRecord* ChangeRecord::relation_before() const {
  return m_relation != nullptr && m_relation->before ? &m_baseline->relation(*m_relation->before) : nullptr;
}

const RelationRecord* ChangeRecord::relation_after() const {
  return m_relation != nullptr && m_relation->after ? &m_candidate->relation(*m_relation->after) : nullptr;
}

}  // namespace postern::policy
