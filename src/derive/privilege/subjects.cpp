// SPDX-License-Identifier: Apache-2.0
// Who has which power: bindings joined by subject, each role closed once for each scope.
#include "derive/privilege/subjects.h"

#include <algorithm>

namespace postern::derive {

using model::Entity;
using model::EntityIndex;
using model::EntityKind;
using model::Location;
using model::Privilege;
using model::Symbol;

namespace {

constexpr std::string_view k_unresolved = "unresolved/";
constexpr std::string_view k_accounts = "/serviceaccounts/";
constexpr std::string_view k_bindings = "/rolebindings/";

/// The address under which everybody knows it, declared or not.
Symbol canonical(Symbol address) {
  const std::string_view text = address.view();
  return text.starts_with(k_unresolved) ? Symbol(text.substr(k_unresolved.size())) : address;
}

bool is_subject(const Entity& entity) {
  const std::string_view address = entity.id.address.view();
  if (entity.kind != EntityKind::identity && entity.kind != EntityKind::unresolved) return false;
  return address.find(k_accounts) != std::string_view::npos || address.starts_with(model::k_group_prefix) ||
         address.starts_with(model::k_user_prefix);
}

/// The namespace that a binding is for; empty for the whole cluster.
Symbol scope_of(const Entity& binding) {
  const std::string_view address = binding.id.address.view();
  const std::size_t at = address.find(k_bindings);
  return at == std::string_view::npos ? Symbol() : Symbol(address.substr(0, at));
}

/// Whether another power of the collection includes this one.
bool is_covered_by_others(const PowerMap& powers, const Privilege& power) {
  using model::Power;
  const auto has = [&](const Privilege& wide) { return wide != power && powers.contains(wide); };
  return has({Power::cluster_admin, {}, {}}) || (!power.scope.empty() && has({Power::everything, {}, power.scope})) ||
         has({power.power, {}, {}}) || has({power.power, {}, power.scope}) || has({power.power, power.name, {}});
}

Location location_of(const Entity& entity) { return entity.locations.empty() ? Location{} : entity.locations.front(); }

}  // namespace

Symbol Subject::account_namespace() const {
  const std::string_view text = address.view();
  const std::size_t at = text.find(k_accounts);
  return at == std::string_view::npos ? Symbol() : Symbol(text.substr(0, at));
}

SubjectTable::SubjectTable(const model::ArchitectureGraph& graph) : m_graph(graph), m_roles(graph) {
  for (EntityIndex index = 0; index < graph.entities().size(); ++index) {
    if (is_subject(graph.entity(index))) add_entity(index);
  }
  std::vector<std::vector<Grant>> grants(m_subjects.size());
  for (EntityIndex index = 0; index < graph.entities().size(); ++index) {
    const Entity& binding = graph.entity(index);
    if (binding.kind != EntityKind::role_binding) continue;
    std::vector<EntityIndex> roles;
    std::vector<std::size_t> subjects;
    for (const model::RelationIndex out : graph.outgoing(index)) {
      const model::Relation& relation = graph.relation(out);
      if (relation.kind != model::RelationKind::binds) continue;
      const Entity& bound = graph.entity(relation.target);
      if (is_subject(bound)) {
        subjects.push_back(*find(binding.id.target, canonical(bound.id.address)));
      } else {
        roles.push_back(relation.target);
      }
    }
    for (const std::size_t subject : subjects) {
      for (const EntityIndex role : roles) grants[subject].push_back({index, role});
    }
  }
  for (std::size_t subject = 0; subject < m_subjects.size(); ++subject) grant(subject, grants[subject]);
}

void SubjectTable::add_entity(EntityIndex index) {
  const Entity& entity = m_graph.entity(index);
  const Symbol address = canonical(entity.id.address);
  const auto [at, fresh] = m_by_address.emplace(std::pair(entity.id.target, address), m_subjects.size());
  if (fresh) m_subjects.push_back({entity.id.target, address, {}, {}, {}, {}});
  m_subjects[at->second].entities.push_back(index);
}

const SubjectTable::Part& SubjectTable::part_of(const Grant& grant, Symbol scope) {
  const Entity& role = m_graph.entity(grant.role);
  const Symbol address = canonical(role.id.address);
  const auto [at, fresh] = m_parts.emplace(std::tuple(role.id.target, address, scope), Part{});
  Part& part = at->second;
  if (!fresh) return part;
  part.rules = m_roles.rules_of(role.id.target, address);
  if (part.rules == nullptr) return part;
  for (const RoleRule& rule : *part.rules) {
    for (const Privilege& power : powers_of(*rule.rule, scope)) part.powers.emplace_back(power, rule.role);
  }
  std::sort(part.powers.begin(), part.powers.end());
  part.powers.erase(std::unique(part.powers.begin(), part.powers.end()), part.powers.end());
  return part;
}

void SubjectTable::grant(std::size_t index, const std::vector<Grant>& grants) {
  Subject& subject = m_subjects[index];
  PowerMap powers;
  std::set<RoleInScope> roles;
  for (const Grant& grant : grants) {
    const Entity& binding = m_graph.entity(grant.binding);
    const Entity& bound = m_graph.entity(grant.role);
    const Symbol role = canonical(bound.id.address);
    const Symbol scope = scope_of(binding);
    roles.emplace(bound.id.target, role, scope);
    if (subject.location.file.empty()) subject.location = location_of(binding);
    const std::string chain = binding.id.address.str() + " > " + role.str();
    for (const auto& [power, says] : part_of(grant, scope).powers) {
      const Symbol whole(says == role ? chain : chain + " > " + says.str());
      const auto [at, fresh] = powers.emplace(power, whole);
      if (!fresh) at->second = std::min(at->second, whole);
    }
  }
  for (auto at = powers.begin(); at != powers.end(); ++at) {
    if (!is_covered_by_others(powers, at->first)) subject.powers.insert(subject.powers.end(), *at);
  }
  subject.permissions = permissions_of(roles);
}

model::TextList SubjectTable::permissions_of(const std::set<RoleInScope>& roles) {
  const auto [at, fresh] = m_permissions.emplace(roles, model::TextList());
  if (!fresh) return at->second;
  PermissionSet permissions;
  for (const RoleInScope& part : roles) {
    const auto& [target, role, scope] = part;
    const std::vector<RoleRule>* rules = m_parts.at(part).rules;
    if (rules == nullptr) {
      permissions.add_unknown(role, scope);
      continue;
    }
    for (const RoleRule& rule : *rules) permissions.add(*rule.rule, scope);
  }
  return at->second = permissions.texts();
}

std::optional<std::size_t> SubjectTable::find(Symbol target, Symbol address) const {
  const auto at = m_by_address.find({target, address});
  return at == m_by_address.end() ? std::nullopt : std::optional(at->second);
}

std::optional<EntityIndex> SubjectTable::account_entity_of(EntityIndex workload) const {
  for (const model::RelationIndex out : m_graph.outgoing(workload)) {
    const model::Relation& relation = m_graph.relation(out);
    if (relation.kind == model::RelationKind::assumes && is_subject(m_graph.entity(relation.target))) return relation.target;
  }
  return std::nullopt;
}

std::optional<std::size_t> SubjectTable::account_of(EntityIndex workload) const {
  const Entity& entity = m_graph.entity(workload);
  if (const auto named = account_entity_of(workload)) return find(entity.id.target, canonical(m_graph.entity(*named).id.address));
  const Symbol account = entity.attributes.text(model::attribute::service_account);
  if (account.empty()) return std::nullopt;  // no pod of Kubernetes
  return find(entity.id.target, Symbol(entity.namespace_name.str() + std::string(k_accounts) + account.str()));
}

bool SubjectTable::has_token(EntityIndex workload) const {
  const auto word_of = [](const Entity& entity) {
    const model::Attribute* row = entity.attributes.find(model::attribute::automount_service_account_token);
    return row == nullptr ? nullptr : std::get_if<bool>(&row->value);
  };
  if (const bool* own = word_of(m_graph.entity(workload))) return *own;
  const auto account = account_of(workload);
  if (!account) return true;
  for (const EntityIndex entity : m_subjects[*account].entities) {
    if (const bool* said = word_of(m_graph.entity(entity))) return *said;
  }
  return true;
}

PowerMap SubjectTable::inherited_by(const Subject& account) const {
  PowerMap powers;
  const std::string groups[] = {"system:authenticated", "system:serviceaccounts",
                                "system:serviceaccounts:" + account.account_namespace().str()};
  for (const std::string& group : groups) {
    if (const auto found = find(account.target, Symbol(std::string(model::k_group_prefix) + group))) {
      powers.insert(m_subjects[*found].powers.begin(), m_subjects[*found].powers.end());
    }
  }
  return powers;
}

}  // namespace postern::derive
