// SPDX-License-Identifier: Apache-2.0
// Binds variables to the subjects of rules.
#include "policy/subjects.h"

#include "policy/guard_index.h"
#include "policy/reference.h"

namespace postern::policy {

using cel::Value;

void Activation::assign(std::initializer_list<Value> values) {
  m_count = 0;
  for (const Value& value : values) append(value);
}

std::size_t Subjects::size() const noexcept {
  if (m_kind == model::SubjectKind::change) return m_changes->size();
  return m_kind == model::SubjectKind::relation ? m_state->graph().relations().size() : m_state->graph().entities().size();
}

void Subjects::bind(std::size_t subject, Activation& activation) const {
  const Value environment = Value::record(*m_environment);
  const auto index = static_cast<std::uint32_t>(subject);
  if (m_kind == model::SubjectKind::change) {
    activation.assign({Value::record((*m_changes)[subject]), environment});
  } else if (m_kind == model::SubjectKind::relation) {
    const RelationRecord& relation = m_state->relation(index);
    activation.assign({Value::record(relation), Value::record(m_state->entity(relation.relation().source)),
                       Value::record(m_state->entity(relation.relation().target)), environment});
  } else {
    activation.assign({Value::record(m_state->entity(index)), environment});
  }
}

Value Subjects::follow(std::size_t subject, std::string_view path) const {
  Activation activation;
  bind(subject, activation);
  const auto& variables = cel_environment(m_kind).variables();
  std::array<std::pair<std::string_view, Value>, Activation::k_most> named;
  for (std::size_t i = 0; i < activation.values().size(); ++i) named.at(i) = {variables[i].name, activation.values()[i]};
  return policy::follow(std::span(named).first(activation.values().size()), path);
}

std::string Subjects::name_of(std::size_t subject) const {
  const auto index = static_cast<std::uint32_t>(subject);
  if (m_kind == model::SubjectKind::entity) return m_state->graph().entity(index).id.address.str();
  const auto arrow = [](const model::RelationId& id) { return id.source.address.str() + " -> " + id.target.address.str(); };
  if (m_kind == model::SubjectKind::relation) return arrow(m_state->graph().id_of(m_state->graph().relation(index)));
  const ChangeRecord& record = change(subject);
  const std::string name =
      record.entity_change() != nullptr ? record.entity_change()->id.address.str() : arrow(record.relation_change()->id);
  return record.attribute_change() == nullptr ? name : name + ": " + path_of(*record.attribute_change());
}

}  // namespace postern::policy
