// SPDX-License-Identifier: Apache-2.0
// Mentions, references and selectors -> relations between entities.
#include "resolve/linker.h"

#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <set>

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
enum class Builtin : std::uint8_t { no, ignored, role, identity };
Builtin builtin_of(std::string_view address, std::string_view local, RelationKind kind) {
  if (kind == RelationKind::binds && local == "serviceaccounts/default") return Builtin::identity;
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

/// Groups and users are known by their names in the cluster, identities of a cloud everywhere.
std::optional<model::EntityId> undeclared_identity(const Place& place, Symbol address) {
  const std::string_view text = address.view();
  if (text.starts_with(model::k_cloud_identity_prefix)) return model::EntityId{{}, {}, address};
  const bool subject = text.starts_with(model::k_group_prefix) || text.starts_with(model::k_user_prefix);
  return subject ? std::optional(model::EntityId{place.application, place.target, address}) : std::nullopt;
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

/// The word of `forwarding` for routes that answer with another address.
constexpr std::string_view k_redirect = "redirect";

/// Of callers to what is behind the names that they use, beyond the first: a name may stand for thousands of addresses, and
/// thousands may use it.
constexpr std::size_t k_most_fanned_out = 100'000;

/// Of gateways to what is behind them: far more than any cluster has, and few enough to hold.
constexpr std::size_t k_most_ways = 1'000'000;

model::TextList entrances_of(const Mention& mention) {
  model::TextList list;
  for (const std::string_view address : base::split(mention.entrances.view(), ',')) list.emplace_back(address);
  return list;
}

bool redirects(const model::Relation& route) {
  const model::Attribute* row = route.attributes.find(model::attribute::forwarding);
  return row != nullptr && row->value == model::AttributeValue(model::TextList{Symbol(k_redirect)});
}

/// A policy that makes callers encrypt protects; any other only says how they behave.
RelationKind kind_of_policy(const model::Entity& policy) {
  const std::string_view mode = policy.attributes.text(model::attribute::tls_mode).view();
  return mode.empty() || mode == "DISABLE" ? RelationKind::configures : RelationKind::protects;
}

}  // namespace

namespace {

/// What people call an undeclared entity: the address without what kind of thing it is.
Symbol name_of(EntityKind kind, std::string_view address) {
  for (const std::string_view prefix : {model::k_group_prefix, model::k_user_prefix, model::k_cloud_identity_prefix}) {
    if (address.starts_with(prefix)) return Symbol(address.substr(prefix.size()));
  }
  if (kind == EntityKind::role || kind == EntityKind::identity) return Symbol(address.substr(address.rfind('/') + 1));
  return Symbol(address.substr(address.find('/') + 1));
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
  entity.name = name_of(kind, id.address.view());
  if (kind == EntityKind::identity) entity.namespace_name = Symbol(namespace_of(id.address.view()));
  return m_index.add(std::move(entity), Declared{{id.application, id.target}, true});
}

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
    const model::Attribute* row = entity.attributes.find(model::attribute::grants);
    const auto* list = row == nullptr ? nullptr : std::get_if<model::TextList>(&row->value);
    return list != nullptr && std::find_first_of(list->begin(), list->end(), fact.grants.begin(), fact.grants.end()) != list->end();
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
  std::set<EntityIndex> meant;
  std::set<EntityIndex> endpoints{target};
  // An external name may lead to another endpoint; a cycle ends after as many steps as anybody would write.
  for (int step = 0; step < 4 && !endpoints.empty(); ++step) {
    std::set<EntityIndex> next;
    for (const EntityIndex at : endpoints) {
      const std::vector<EntityIndex>& behind = m_index.behind(at);
      meant.insert(behind.begin(), behind.end());
      for (const auto* names : {&m_stands_for, &m_steered}) {
        const auto others = names->find(at);
        if (others == names->end()) continue;
        for (const EntityIndex other : others->second) {
          (m_index.entities()[other].kind == EntityKind::endpoint ? next : meant).insert(other);
        }
      }
    }
    endpoints = std::move(next);
  }
  if (meant.empty()) return {target};
  return {meant.begin(), meant.end()};
}

std::vector<EntityIndex> Linker::fan_out(EntityIndex target, const Mention& mention) {
  const auto [at, fresh] = m_meant.try_emplace(target);
  if (fresh) at->second = meant_by(target);
  const std::vector<EntityIndex>& meant = at->second;
  if (meant.size() == 1) return meant;
  if (m_fanned_out + meant.size() <= k_most_fanned_out) {
    m_fanned_out += meant.size();
    return meant;
  }
  if (!m_cut_off) {
    m_diagnostics.error("P2008", mention.evidence.empty() ? base::Location{} : mention.evidence.front().location,
                        "callers and what stands behind '" + m_index.entities()[target].id.address.str() +
                            "' and other names make more than " + std::to_string(k_most_fanned_out) +
                            " pairs; from here on callers are related to the names only",
                        "declare fewer addresses for a name, or judge parts of the system one by one");
  }
  m_cut_off = true;
  return {target};
}

void Linker::consume(const Mention& mention) {
  for (const ConfigurationKey& key : mention.keys) m_consumed_keys[key.object].insert(key.key);
  if (mention.variables.empty()) return;
  auto& variables = m_consumed_variables[mention.owner];
  variables.insert(variables.end(), mention.variables.begin(), mention.variables.end());
}

void Linker::take_consumed() {
  m_index.consume(m_consumed_keys);
  for (auto& [owner, variables] : m_consumed_variables) {
    std::sort(variables.begin(), variables.end());
    Attributes& attributes = m_index.entities()[owner].attributes;
    std::vector<model::Attribute> kept;
    kept.reserve(attributes.all().size());
    for (const model::Attribute& row : attributes.all()) {
      const bool consumed = row.definition == &model::attribute::environment &&
                            std::binary_search(variables.begin(), variables.end(), std::pair(row.scope, row.key));
      if (!consumed) kept.push_back(row);
    }
    if (kept.size() != attributes.all().size()) attributes = Attributes::from_rows(std::move(kept));
  }
  m_consumed_variables.clear();
  m_consumed_keys.clear();
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
  if (mention.forwarding.view() == k_redirect) {
    if (!m_own_hosts) m_own_hosts.emplace(m_index.entities());
    // Sending clients to another name of one's own is no way out, and the one who answers there is asked by the client.
    if (target.kind != LinkTarget::Kind::external || m_own_hosts->covers(mention.endpoint.host)) return;
  }
  const EntityKind owner_kind = owner.kind;
  const Place place = declared.place;
  EntityIndex found = target.entity;
  if (target.kind == LinkTarget::Kind::external) {
    found = placeholder(EntityKind::external, {{}, {}, Symbol("external/" + target.name.str())});
  } else if (target.kind == LinkTarget::Kind::unresolved) {
    found = placeholder(EntityKind::unresolved, {place.application, place.target, Symbol("unresolved/" + target.name.str())});
  }
  consume(mention);
  if (owner_kind == EntityKind::endpoint) m_stands_for[mention.owner].insert(found);
  // These speak of the name itself, not of what stands behind it.
  if (owner_kind == EntityKind::endpoint || owner_kind == EntityKind::route || owner_kind == EntityKind::gateway) {
    Attributes attributes = attributes_of(mention.endpoint, rule);
    if (!mention.entrances.empty()) attributes.set(model::attribute::entrances, entrances_of(mention));
    add_text(attributes, model::attribute::forwarding, mention.forwarding.view());
    relate(mention.owner, found, RelationKind::routes_to, std::move(attributes), mention.evidence);
    return;
  }
  if (owner_kind == EntityKind::traffic_policy) {
    relate(mention.owner, found, kind_of_policy(m_index.entities()[mention.owner]), {}, mention.evidence);
    return;
  }
  const RelationKind kind = target.kind == LinkTarget::Kind::external ? RelationKind::sends_to : RelationKind::calls;
  const std::vector<EntityIndex> meant = fan_out(found, mention);
  for (const EntityIndex entity : meant) {
    Attributes attributes = attributes_of(mention.endpoint, rule);
    if (entity != found) add_text(attributes, model::attribute::via, m_index.entities()[found].id.address.view());
    relate(mention.owner, entity, kind, std::move(attributes), mention.evidence);
  }
}

void Linker::link_mentions(const std::vector<Mention>& mentions) {
  // What an endpoint stands for, and where routes steer its requests, must be known before anybody means it.
  const auto link_of = [&](auto wanted) {
    for (const Mention& mention : mentions) {
      if (wanted(m_index.entities()[mention.owner].kind)) link_mention(mention);
    }
  };
  link_of([](EntityKind kind) { return kind == EntityKind::endpoint; });
  link_of([](EntityKind kind) { return kind == EntityKind::route; });
  steer();
  link_of([](EntityKind kind) { return kind != EntityKind::endpoint && kind != EntityKind::route; });
  take_consumed();
}

bool Linker::leads_from(const model::Relation& route, EntityIndex entrance) const {
  const model::Attribute* row = route.attributes.find(model::attribute::entrances);
  const auto* list = row == nullptr ? nullptr : std::get_if<model::TextList>(&row->value);
  if (list == nullptr) return true;
  const model::Entity& entity = m_index.entities()[entrance];
  constexpr std::string_view k_unresolved = "unresolved/";
  std::string_view name = entity.kind == EntityKind::endpoint ? std::string_view("mesh") : entity.id.address.view();
  if (name.starts_with(k_unresolved)) name.remove_prefix(k_unresolved.size());
  return std::find(list->begin(), list->end(), Symbol(name)) != list->end();
}

void Linker::steer() {
  std::unordered_map<EntityIndex, std::vector<EntityIndex>> steered;  // by route
  for (const model::Relation& relation : m_relations) {
    const bool steers = relation.kind == RelationKind::configures &&
                        m_index.entities()[relation.source].kind == EntityKind::route &&
                        m_index.entities()[relation.target].kind == EntityKind::endpoint;
    if (steers) steered[relation.source].push_back(relation.target);
  }
  if (steered.empty()) return;
  for (const model::Relation& relation : m_relations) {
    const auto at = relation.kind == RelationKind::routes_to ? steered.find(relation.source) : steered.end();
    if (at == steered.end() || redirects(relation)) continue;
    for (const EntityIndex endpoint : at->second) {
      if (endpoint != relation.target && leads_from(relation, endpoint)) m_steered[endpoint].insert(relation.target);
    }
  }
}

void Linker::link_outside_backends() {
  const std::size_t linked = m_relations.size();
  for (std::size_t at = 0; at < linked; ++at) {
    const model::Relation route = m_relations[at];
    const EntityKind kind = m_index.entities()[route.source].kind;
    const bool hands_on = route.kind == RelationKind::routes_to && (kind == EntityKind::gateway || kind == EntityKind::route);
    const auto outside = hands_on ? m_stands_for.find(route.target) : m_stands_for.end();
    if (outside == m_stands_for.end()) continue;
    for (const EntityIndex target : outside->second) {
      if (m_index.entities()[target].kind != EntityKind::external) continue;
      Attributes attributes = route.attributes;
      add_text(attributes, model::attribute::via, m_index.entities()[route.target].id.address.view());
      relate(route.source, target, RelationKind::routes_to, std::move(attributes), route.evidence);
    }
  }
}

void Linker::link_routes() {
  std::unordered_map<EntityIndex, std::vector<std::size_t>> targets;  // of each route
  for (std::size_t at = 0; at < m_relations.size(); ++at) {
    const model::Relation& relation = m_relations[at];
    const bool leads = relation.kind == RelationKind::routes_to;
    if (leads && m_index.entities()[relation.source].kind == EntityKind::route) targets[relation.source].push_back(at);
  }
  // A route may hand requests on to another one (delegate), once.
  for (auto& [route, leads] : targets) {
    std::set<EntityIndex> delegates;
    for (const std::size_t at : leads) delegates.insert(m_relations[at].target);
    for (const EntityIndex delegate : delegates) {
      const auto next = targets.find(delegate);
      if (next == targets.end() || next->first == route) continue;
      for (const std::size_t further : next->second) {
        if (m_relations[further].source == next->first) leads.push_back(further);
      }
    }
  }
  const std::size_t linked = m_relations.size();
  for (std::size_t at = 0; at < linked; ++at) {
    const model::Relation attachment = m_relations[at];
    const EntityKind to = m_index.entities()[attachment.target].kind;
    const bool attaches = attachment.kind == RelationKind::configures && (to == EntityKind::gateway || to == EntityKind::endpoint);
    const auto found = attaches ? targets.find(attachment.source) : targets.end();
    if (found == targets.end()) continue;
    if (m_relations.size() - linked > k_most_ways) {
      m_diagnostics.error("P2003", attachment.evidence.front().location,
                          "gateways and what their routes lead to make more than a million pairs; the rest is not linked",
                          "split the route");
      return;
    }
    for (const std::size_t target : found->second) {
      const model::Relation route = m_relations[target];
      if (m_index.entities()[route.target].kind == EntityKind::route) continue;  // what it leads to is here as well
      if (!leads_from(route, attachment.target)) continue;
      Attributes attributes = route.attributes;
      add_text(attributes, model::attribute::via, m_index.entities()[route.source].id.address.view());
      relate(attachment.target, route.target, RelationKind::routes_to, std::move(attributes), route.evidence);
    }
  }
}

model::GraphFragment Linker::finish() { return {std::move(m_index.entities()), std::move(m_relations), std::move(m_policies)}; }

}  // namespace postern::resolve
