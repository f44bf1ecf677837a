// SPDX-License-Identifier: Apache-2.0
// Writes powers and escalations down as attributes of identities and of the workloads that run as them.
#include "derive/privilege/privilege.h"

#include <algorithm>

#include "derive/privilege/escalation.h"

namespace postern::derive {
namespace {

using model::Attributes;
using model::EntityIndex;
using model::EntityKind;
using model::Symbol;
using model::TextList;
namespace attribute = model::attribute;

TextList texts_of(const PowerMap& powers) {
  TextList texts;
  for (const auto& [power, grants] : powers) texts.emplace_back(to_string(power));
  std::sort(texts.begin(), texts.end());
  return texts;
}

class PrivilegeDeriver {
 public:
  explicit PrivilegeDeriver(model::ArchitectureGraph& graph) : m_graph(graph), m_subjects(graph) {}

  void run() {
    m_accounts.resize(m_graph.entities().size());
    std::vector<bool> used(m_subjects.all().size());
    for (EntityIndex index = 0; index < m_graph.entities().size(); ++index) {
      const model::Entity& entity = m_graph.entity(index);
      if (!model::is_workload(entity.kind) || entity.id.application.empty()) continue;
      m_accounts[index] = m_subjects.account_of(index);
      if (m_accounts[index] && m_subjects.has_token(index)) used[*m_accounts[index]] = true;
    }
    m_escalations = escalations_of(m_subjects, used);
    for (std::size_t subject = 0; subject < m_subjects.all().size(); ++subject) {
      for (const EntityIndex entity : m_subjects.all()[subject].entities) write(entity, subject, Detail::all);
    }
    for (EntityIndex index = 0; index < m_accounts.size(); ++index) {
      if (m_accounts[index] && m_subjects.has_token(index)) write(index, *m_accounts[index], Detail::powers);
    }
  }

 private:
  enum class Detail : std::uint8_t { all, powers };

  void write(EntityIndex entity, std::size_t index, Detail detail) {
    const Subject& subject = m_subjects.all()[index];
    Attributes& attributes = m_graph.entity_for_derivation(entity).attributes;
    if (detail == Detail::all && !subject.permissions.empty()) {
      attributes.set(attribute::permissions, subject.permissions, subject.location);
    }
    if (!subject.powers.empty()) attributes.set(attribute::privileges, texts_of(subject.powers), subject.location);
    for (const auto& [power, grants] : subject.powers) {
      attributes.set(attribute::privilege_grants, grants, subject.location, {}, Symbol(to_string(power)));
    }
    for (const auto& [goal, chain] : m_escalations[index]) {
      attributes.set(attribute::escalation, chain, subject.location, {}, goal);
    }
    if (subject.account_namespace().empty()) return;
    const PowerMap inherited = m_subjects.inherited_by(subject);
    if (!inherited.empty()) attributes.set(attribute::inherited_privileges, texts_of(inherited));
  }

  model::ArchitectureGraph& m_graph;
  const SubjectTable m_subjects;
  std::vector<std::optional<std::size_t>> m_accounts;  ///< by entity: of workloads
  std::vector<Escalations> m_escalations;
};

}  // namespace

void derive_privileges(model::ArchitectureGraph& graph) {
  const auto entities = graph.entities();
  const bool grants = std::any_of(entities.begin(), entities.end(),
                                  [](const model::Entity& entity) { return entity.kind == EntityKind::role_binding; });
  if (grants) PrivilegeDeriver(graph).run();
}

}  // namespace postern::derive
