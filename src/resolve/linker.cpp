// SPDX-License-Identifier: Apache-2.0
// Mentions, references and selectors -> relations between entities.
#include "resolve/linker.h"

#include <algorithm>
#include <array>

#include "resolve/link_rules/link_rule.h"

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
enum class Builtin : std::uint8_t { no, ignored, role };
Builtin builtin_of(std::string_view address, std::string_view local) {
  if (address == "kube-system/roles/extension-apiserver-authentication-reader") return Builtin::role;
  if (local == "serviceaccounts/default" || local == "configmaps/kube-root-ca.crt") return Builtin::ignored;
  constexpr std::array k_roles = {"clusterroles/cluster-admin", "clusterroles/admin", "clusterroles/edit", "clusterroles/view"};
  const bool role = local.starts_with("clusterroles/system:") || std::find(k_roles.begin(), k_roles.end(), local) != k_roles.end();
  return role ? Builtin::role : Builtin::no;
}

/// The namespace of `NS/KINDS/NAME`; empty where the address has no such form.
std::string_view namespace_of(std::string_view address) {
  return std::count(address.begin(), address.end(), '/') == 2 ? address.substr(0, address.find('/')) : std::string_view();
}

void add_text(Attributes& attributes, const model::AttributeDefinition& definition, std::string_view text) {
  if (!text.empty()) attributes.set(definition, model::TextList{Symbol(text)});
}

Attributes attributes_of(const connection::Endpoint& endpoint, std::string_view rule) {
  Attributes attributes;
  if (endpoint.port) add_text(attributes, model::attribute::relation_ports, std::to_string(*endpoint.port));
  add_text(attributes, model::attribute::schemes, endpoint.scheme);
  add_text(attributes, model::attribute::spoken_technology, endpoint.technology);
  add_text(attributes, model::attribute::databases, endpoint.database);
  add_text(attributes, model::attribute::link_rule, rule);
  if (endpoint.transport != connection::Transport::unknown) {
    attributes.set(model::attribute::transport, Symbol(connection::to_string(endpoint.transport)));
  }
  return attributes;
}

}  // namespace

void Linker::relate(EntityIndex source, EntityIndex target, RelationKind kind, Attributes attributes,
                    std::vector<Evidence> evidence) {
  if (source == target) return;
  m_relations.push_back({source, target, kind, std::move(attributes), std::move(evidence)});
}

EntityIndex Linker::placeholder(EntityKind kind, const model::EntityId& id) {
  if (const auto present = m_index.find(id)) return *present;
  model::Entity entity;
  entity.id = id;
  entity.kind = kind;
  const std::string_view address = id.address.view();
  entity.name = Symbol(address.substr(address.find('/') + 1));
  return m_index.add(std::move(entity), Declared{{id.application, id.target}, true});
}

void Linker::link_selectors(const model::StateView& state) {
  for_each<model::SelectorFact>(state, [&](const model::UnitView& unit, const model::SelectorFact& fact) {
    const Place place{unit.id.application, unit.id.target};
    const auto subject = m_index.find({place.application, place.target, fact.subject});
    if (!subject) return;
    const bool routes = fact.kind == RelationKind::routes_to;
    // Traffic reaches a workload through one of its pods; a policy or budget for one pod does not hold for the workload.
    std::vector<EntityIndex> selected = routes ? m_index.select_pods(place, fact.namespace_name, fact.selector)
                                               : m_index.select(place, fact.namespace_name, fact.selector);
    for (const EntityIndex workload : selected) relate(*subject, workload, fact.kind, {}, {{fact.location, Symbol("selector")}});
    if (routes) m_index.set_behind(*subject, std::move(selected));
  });
}

void Linker::link_references(const model::StateView& state) {
  for_each<model::ReferenceFact>(state, [&](const model::UnitView& unit, const model::ReferenceFact& fact) {
    const Place place{unit.id.application, unit.id.target};
    const auto source = m_index.find({place.application, place.target, fact.source});
    if (!source) return;
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
    if (!target) {
      const Builtin builtin = builtin_of(address, local);
      if (fact.optional || builtin == Builtin::ignored) return;
      target = builtin == Builtin::role ? placeholder(EntityKind::role, {place.application, place.target, fact.target})
                                        : placeholder(EntityKind::unresolved,
                                                      {place.application, place.target, Symbol("unresolved/" + fact.target.str())});
    }
    relate(*source, *target, fact.kind, Attributes::from_rows(fact.attributes), {{fact.location, fact.note}});
  });
}

void Linker::link_policies(const model::StateView& state) {
  for_each<model::NetworkPolicyFact>(state, [&](const model::UnitView& unit, const model::NetworkPolicyFact& fact) {
    const Place place{unit.id.application, unit.id.target};
    const model::EntityId id{place.application, place.target, fact.address};
    const auto subject = m_index.find(id);
    if (!subject) return;
    std::vector<EntityIndex> selected = m_index.select(place, fact.namespace_name, fact.selector);
    for (const EntityIndex workload : selected) {
      relate(*subject, workload, RelationKind::protects, {}, {{fact.location, Symbol("pod selector")}});
    }
    m_policies.push_back({fact, id, std::move(selected)});
  });
}

void Linker::link_external_names() {
  const std::size_t declared = m_index.entities().size();
  for (EntityIndex endpoint = 0; endpoint < declared; ++endpoint) {
    const model::Attribute* row = m_index.entities()[endpoint].attributes.find(model::attribute::external_name);
    const auto* name = row == nullptr ? nullptr : std::get_if<Symbol>(&row->value);
    if (name == nullptr) continue;
    const base::Location location = row->location;
    Mention mention{endpoint, {}, {{location, Symbol("external name")}}, {}, false};
    mention.endpoint.host = name->str();
    mention.endpoint.confidence = connection::Confidence::host_port;
    link_mention(mention);
  }
}

std::vector<EntityIndex> Linker::meant_by(EntityIndex target) const {
  if (m_index.entities()[target].kind != EntityKind::endpoint) return {target};
  std::vector<EntityIndex> meant;
  EntityIndex at = target;
  // An external name may lead to another endpoint; a cycle ends after as many steps as anybody would write.
  for (int step = 0; step < 4; ++step) {
    meant = m_index.behind(at);
    const auto outside = m_stands_for.find(at);
    if (!meant.empty() || outside == m_stands_for.end()) break;
    at = outside->second;
    if (m_index.entities()[at].kind != EntityKind::endpoint) return {at};
  }
  return meant.empty() ? std::vector<EntityIndex>{target} : meant;
}

void Linker::consume(const Mention& mention) {
  for (const ConfigurationKey& key : mention.keys) m_index.consume(key.object, key.key);
  Attributes& attributes = m_index.entities()[mention.owner].attributes;
  std::vector<model::Attribute> kept;
  for (const model::Attribute& row : attributes.all()) {
    const bool consumed =
        row.definition == &model::attribute::environment &&
        std::find(mention.variables.begin(), mention.variables.end(), std::pair(row.scope, row.key)) != mention.variables.end();
    if (!consumed) kept.push_back(row);
  }
  if (kept.size() != attributes.all().size()) attributes = Attributes::from_rows(std::move(kept));
}

void Linker::link_mention(const Mention& mention) {
  const model::Entity& owner = m_index.entities()[mention.owner];
  const Declared& declared = m_index.declared(mention.owner);
  const LinkRequest request{m_index,
                            mention,
                            {declared.place, owner.namespace_name, declared.namespace_declared, false},
                            connection::describe_host(mention.endpoint.host)};
  LinkTarget target;
  std::string_view rule;
  for (const LinkRule& row : link_rules()) {
    if (const auto found = row.match(request)) {
      target = *found;
      rule = row.id;
      break;
    }
  }
  if (target.kind == LinkTarget::Kind::nothing) return;
  const bool from_endpoint = owner.kind == EntityKind::endpoint;
  const Place place = declared.place;
  EntityIndex found = target.entity;
  if (target.kind == LinkTarget::Kind::external) {
    found = placeholder(EntityKind::external, {{}, {}, Symbol("external/" + target.name.str())});
  } else if (target.kind == LinkTarget::Kind::unresolved) {
    found = placeholder(EntityKind::unresolved, {place.application, place.target, Symbol("unresolved/" + target.name.str())});
  }
  consume(mention);
  if (from_endpoint) {
    m_stands_for[mention.owner] = found;
    relate(mention.owner, found, RelationKind::routes_to, attributes_of(mention.endpoint, rule), mention.evidence);
    return;
  }
  const RelationKind kind = target.kind == LinkTarget::Kind::external ? RelationKind::sends_to : RelationKind::calls;
  const std::vector<EntityIndex> meant = meant_by(found);
  for (const EntityIndex entity : meant) {
    Attributes attributes = attributes_of(mention.endpoint, rule);
    if (entity != found) add_text(attributes, model::attribute::via, m_index.entities()[found].id.address.view());
    relate(mention.owner, entity, kind, std::move(attributes), mention.evidence);
  }
}

void Linker::link_mentions(std::vector<Mention> mentions) {
  for (const Mention& mention : mentions) link_mention(mention);
}

model::GraphFragment Linker::finish() { return {std::move(m_index.entities()), std::move(m_relations), std::move(m_policies)}; }

}  // namespace postern::resolve
