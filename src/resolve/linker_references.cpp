// SPDX-License-Identifier: Apache-2.0
// References by declared address, selectors and network policies -> relations.
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <set>

#include "resolve/linker.h"
#include "resolve/linker_parts.h"

namespace postern::resolve {

using model::Attributes;
using model::EntityKind;
using model::Evidence;
using model::RelationKind;

namespace {

/// Calls `act(unit, fact)` for every fact of one type that is still in force.
template <typename FactType, typename Action>
void for_each(const model::StateView& state, Action act) {
  for (const model::UnitView& unit : state.units) {
    for (const model::Input* input : unit.inputs) {
      for (const model::Fact& fact : input->facts) {
        const auto* wanted = std::get_if<FactType>(&fact);
        if (wanted != nullptr && !unit.replaced_addresses.contains(model::subject_of(fact))) act(unit, *wanted);
      }
    }
  }
}

/// Objects that every cluster has without anybody declaring them: a reference to one is not dangling.
enum class Builtin : std::uint8_t { no, ignored, role, identity };
Builtin builtin_of(std::string_view address, std::string_view local, RelationKind kind) {
  if (kind == RelationKind::binds && local == "serviceaccounts/default") return Builtin::identity;
  if (address == "kube-system/roles/extension-apiserver-authentication-reader") return Builtin::role;
  if (local == "serviceaccounts/default" || local == "configmaps/kube-root-ca.crt") return Builtin::ignored;
  constexpr std::array k_roles = {"clusterroles/cluster-admin", "clusterroles/admin", "clusterroles/edit", "clusterroles/view"};
  const bool role = local.starts_with("clusterroles/system:") || std::find(k_roles.begin(), k_roles.end(), local) != k_roles.end();
  return role ? Builtin::role : Builtin::no;
}

/// Groups and users are known by their names in the cluster, identities of a cloud everywhere.
std::optional<model::EntityId> undeclared_identity(const Place& place, Symbol address) {
  const std::string_view text = address.view();
  if (text.starts_with(model::k_cloud_identity_prefix)) return model::EntityId{{}, {}, address};
  const bool subject = text.starts_with(model::k_group_prefix) || text.starts_with(model::k_user_prefix);
  return subject ? std::optional(model::EntityId{place.application, place.target, address}) : std::nullopt;
}

}  // namespace

void Linker::link_selectors(const model::StateView& state) {
  for_each<model::SelectorFact>(state, [&](const model::UnitView& unit, const model::SelectorFact& fact) {
    const Place place{unit.id.application, unit.id.target};
    const auto subject = m_index.find({place.application, place.target, fact.subject});
    if (!subject) return;
    const bool routes = fact.kind == RelationKind::routes_to;
    // Traffic reaches a workload through one of its pods; a policy or budget for one pod does not hold for the workload.
    std::vector<EntityIndex> selected;
    if (fact.namespace_name.empty()) {
      selected = m_index.select_everywhere(place, {}, fact.selector);
    } else {
      selected = routes ? m_index.select_pods(place, fact.namespace_name, fact.selector)
                        : m_index.select(place, fact.namespace_name, fact.selector);
    }
    for (const EntityIndex workload : selected) relate(*subject, workload, fact.kind, {}, {{fact.location, Symbol("selector")}});
    if (routes) m_index.set_behind(*subject, std::move(selected));
  });
}

void Linker::link_attachments(const std::vector<Attachment>& attachments) {
  for (const Attachment& each : attachments) {
    const base::Location location = m_index.entities()[each.configuration].locations.front();
    relate(each.workload, each.configuration, RelationKind::mounts, {}, {{location, Symbol("configuration of this name")}});
  }
}

void Linker::link_references(const model::StateView& state) {
  for_each<model::ReferenceFact>(state, [&](const model::UnitView& unit, const model::ReferenceFact& fact) {
    const Place place{unit.id.application, unit.id.target};
    const auto source = m_index.find({place.application, place.target, fact.source});
    if (!source) return;
    if (const auto identity = undeclared_identity(place, fact.target)) {
      relate(*source, placeholder(EntityKind::identity, *identity), fact.kind, {}, {{fact.location, fact.note}});
      return;
    }
    const Symbol from = m_index.entities()[*source].namespace_name;
    const std::string_view address = fact.target.view();
    // A reference names its namespace by its address; most kinds can only mean their own.
    std::string_view local = local_of(address, from.view());
    NameQuery query{place, from, m_index.declared(*source).namespace_declared, false};
    if (const std::string_view elsewhere = namespace_of(local); !elsewhere.empty()) {
      query = {place, Symbol(elsewhere), true, true};
      local.remove_prefix(elsewhere.size() + 1);
    }
    auto target = m_index.find({place.application, place.target, fact.target});
    if (!target) target = m_index.find_local(query, local);
    // Naming the account that everybody has is as naming none, also where a binding speaks of it.
    const bool undeclared = target && m_index.entities()[*target].locations.empty();
    if (undeclared && fact.kind == RelationKind::assumes && local == "serviceaccounts/default") return;
    if (!target) {
      const Builtin builtin = builtin_of(address, local, fact.kind);
      if (fact.optional || builtin == Builtin::ignored) return;
      const model::EntityId unresolved{place.application, place.target, Symbol("unresolved/" + fact.target.str())};
      // A gateway that somebody else declares still lets requests in.
      const bool gateway = local.starts_with("gateways/") || local.starts_with("gateways.") || local.starts_with("listenersets/") ||
                           local.starts_with("xlistenersets/");
      const bool there = builtin == Builtin::role || builtin == Builtin::identity;
      target = there ? placeholder(builtin == Builtin::role ? EntityKind::role : EntityKind::identity,
                                   {place.application, place.target, fact.target})
                     : placeholder(gateway ? EntityKind::gateway : EntityKind::unresolved, unresolved);
    }
    if (!is_granted(fact, *source, *target)) {
      refuse(fact, *source, *target);
      if (fact.incoming) return;
      target = placeholder(EntityKind::unresolved, {place.application, place.target, Symbol("unresolved/" + fact.target.str())});
    }
    const auto [from_entity, to_entity] = fact.incoming ? std::pair(*target, *source) : std::pair(*source, *target);
    if (fact.kind == RelationKind::routes_to && model::is_workload(m_index.entities()[to_entity].kind) &&
        m_index.entities()[from_entity].kind == EntityKind::endpoint) {
      std::vector<EntityIndex> behind = m_index.behind(from_entity);
      if (std::find(behind.begin(), behind.end(), to_entity) == behind.end()) behind.push_back(to_entity);
      m_index.set_behind(from_entity, std::move(behind));
    }
    relate(from_entity, to_entity, fact.kind, Attributes::from_rows(fact.attributes), {{fact.location, fact.note}});
  });
}

bool Linker::is_granted(const model::ReferenceFact& fact, EntityIndex source, EntityIndex target) const {
  if (fact.grants.empty()) return true;
  const auto grants = [&](const model::Entity& entity) {
    const model::TextList& list = entity.attributes.list(model::attribute::grants);
    return std::find_first_of(list.begin(), list.end(), fact.grants.begin(), fact.grants.end()) != list.end();
  };
  const model::Entity& named = m_index.entities()[target];
  if (named.id.address.view().starts_with("unresolved/") || named.namespace_name == m_index.entities()[source].namespace_name)
    return true;
  if (grants(named)) return true;
  for (const EntityIndex index : m_index.granters()) {
    const model::Entity& granter = m_index.entities()[index];
    const bool beside = granter.namespace_name == named.namespace_name && granter.id.target == named.id.target;
    if (beside && grants(granter)) return true;
  }
  return false;
}

void Linker::refuse(const model::ReferenceFact& fact, EntityIndex source, EntityIndex target) {
  m_diagnostics.warning("P2002", fact.location,
                        "'" + m_index.entities()[source].id.address.str() + "' names '" +
                            m_index.entities()[target].id.address.str() +
                            "' in another namespace, and nothing there allows it: the reference has no effect",
                        "declare a ReferenceGrant (or, for a gateway, allowedRoutes) in that namespace");
}

void Linker::link_policies(const model::StateView& state) {
  for_each<model::NetworkPolicyFact>(state, [&](const model::UnitView& unit, const model::NetworkPolicyFact& fact) {
    const Place place{unit.id.application, unit.id.target};
    const model::EntityId id{place.application, place.target, fact.address};
    const auto subject = m_index.find(id);
    if (!subject) return;
    std::vector<EntityIndex> selected = fact.namespace_name.empty()
                                            ? m_index.select_everywhere(place, fact.namespaces, fact.selector)
                                            : m_index.select(place, fact.namespace_name, fact.selector);
    for (const EntityIndex workload : selected) {
      relate(*subject, workload, RelationKind::protects, {}, {{fact.location, Symbol("pod selector")}});
    }
    m_policies.push_back({fact, id, std::move(selected)});
  });
}

}  // namespace postern::resolve
