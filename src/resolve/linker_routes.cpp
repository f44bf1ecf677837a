// SPDX-License-Identifier: Apache-2.0
// Gateways, routes and the names that they are attached to -> what requests are led to.
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

/// Of gateways to what is behind them: far more than any cluster has, and few enough to hold.
constexpr std::size_t k_most_ways = 1'000'000;

bool redirects(const model::Relation& route) {
  const model::Attribute* row = route.attributes.find(model::attribute::forwarding);
  return row != nullptr && row->value == model::AttributeValue(model::TextList{Symbol(k_redirect)});
}

}  // namespace

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

}  // namespace postern::resolve
