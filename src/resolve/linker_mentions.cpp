// SPDX-License-Identifier: Apache-2.0
// Addresses in settings -> relations, and what the names in them stand for.
#include <postern/base/text.h>

#include <algorithm>
#include <set>

#include "resolve/link_rules/link_rule.h"
#include "resolve/linker.h"
#include "resolve/linker_parts.h"
#include "resolve/numbered_settings.h"

namespace postern::resolve {

using model::Attributes;
using model::EntityKind;
using model::Evidence;
using model::RelationKind;

namespace {

/// Of callers to what is behind the names that they use, beyond the first: a name may stand for thousands of addresses, and
/// thousands may use it.
constexpr std::size_t k_most_fanned_out = 100'000;

Attributes attributes_of(const connection::Endpoint& endpoint, std::string_view rule) {
  // Sorted once: tens of thousands of these are made.
  std::vector<model::Attribute> rows;
  rows.reserve(6);
  const auto add = [&](const model::AttributeDefinition& definition, std::string_view text) {
    if (!text.empty()) rows.push_back({&definition, {}, {}, model::TextList{Symbol(text)}, {}});
  };
  // `http://web` and `http://web:80` are the same address; without a scheme the port is a guess, and names with `+srv` look it up.
  const bool implied = !endpoint.scheme.empty() && endpoint.scheme.find('+') == std::string::npos;
  const auto port = implied ? endpoint.effective_port() : endpoint.port;
  if (port) add(model::attribute::relation_ports, std::to_string(*port));
  add(model::attribute::schemes, endpoint.scheme);
  add(model::attribute::spoken_technology, endpoint.technology);
  add(model::attribute::databases, endpoint.database);
  add(model::attribute::link_rule, rule);
  if (endpoint.transport != connection::Transport::unknown) {
    rows.push_back({&model::attribute::transport, {}, {}, Symbol(connection::to_string(endpoint.transport)), {}});
  }
  return Attributes::from_rows(std::move(rows));
}

model::TextList entrances_of(const Mention& mention) {
  model::TextList list;
  for (const std::string_view address : base::split(mention.entrances.view(), ',')) list.emplace_back(address);
  return list;
}

/// A policy that makes callers encrypt protects; any other only says how they behave.
RelationKind kind_of_policy(const model::Entity& policy) {
  const std::string_view mode = policy.attributes.text(model::attribute::tls_mode).view();
  return mode.empty() || mode == "DISABLE" ? RelationKind::configures : RelationKind::protects;
}

}  // namespace

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

void Linker::link_mentions(const Mentions& mentions) {
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
  join_numbered_settings(m_index.entities());
}

}  // namespace postern::resolve
