// SPDX-License-Identifier: Apache-2.0
// Binds variables to the subjects of rules, in the order in which language.cpp declares them.
#include "policy/subjects.h"

namespace postern::policy {

using cel::Value;

std::size_t Subjects::size() const noexcept {
  if (m_kind == model::SubjectKind::change) return m_changes->size();
  if (m_kind == model::SubjectKind::finding) return m_state->weaknesses().size();
  return m_kind == model::SubjectKind::relation ? m_state->graph().relations().size() : m_state->graph().entities().size();
}

void Subjects::bind(std::size_t subject, Activation& activation) const {
  activation.clear();
  const std::size_t count = m_kind == model::SubjectKind::relation ? 4 : m_kind == model::SubjectKind::finding ? 3 : 2;
  for (std::size_t slot = 0; slot < count; ++slot) activation.append(variable(subject, slot));
}

Value Subjects::variable(std::size_t subject, std::size_t slot) const {
  const auto index = static_cast<std::uint32_t>(subject);
  if (m_kind == model::SubjectKind::change) {
    return slot == 0 ? Value::record((*m_changes)[subject]) : Value::record(*m_environment);
  }
  if (m_kind == model::SubjectKind::entity) {
    return slot == 0 ? Value::record(m_state->entity(index)) : Value::record(*m_environment);
  }
  if (m_kind == model::SubjectKind::finding) {
    const WeaknessRecord& weakness = m_state->weaknesses()[subject];
    if (slot == 0) return Value::record(weakness);
    return slot == 1 ? Value::record(m_state->entity(weakness.entity())) : Value::record(*m_environment);
  }
  const RelationRecord& relation = m_state->relation(index);
  if (slot == 0) return Value::record(relation);
  if (slot == 3) return Value::record(*m_environment);
  return Value::record(m_state->entity(slot == 1 ? relation.relation().source : relation.relation().target));
}

std::string Subjects::name_of(std::size_t subject) const {
  const auto index = static_cast<std::uint32_t>(subject);
  if (m_kind == model::SubjectKind::entity) return m_state->graph().entity(index).id.address.str();
  if (m_kind == model::SubjectKind::finding) {
    const model::Weakness& weakness = m_state->weaknesses()[subject].weakness();
    return weakness.subject.address.str() + ": " + key_of(weakness);
  }
  const auto arrow = [](const model::RelationId& id) { return id.source.address.str() + " -> " + id.target.address.str(); };
  if (m_kind == model::SubjectKind::relation) return arrow(m_state->graph().id_of(m_state->graph().relation(index)));
  const ChangeRecord& record = change(subject);
  const std::string name =
      record.entity_change() != nullptr ? record.entity_change()->id.address.str() : arrow(record.relation_change()->id);
  return record.attribute_change() == nullptr ? name : name + ": " + path_of(*record.attribute_change());
}

}  // namespace postern::policy
