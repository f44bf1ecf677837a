// SPDX-License-Identifier: Apache-2.0
// What each role allows: its own rules, those of roles that its selectors join into it, and the roles of every cluster.
#include "derive/privilege/roles.h"

#include <postern/model/fact.h>

#include <algorithm>
#include <set>

#include "connection/knowledge_table.h"

namespace postern::derive {

using model::Symbol;

namespace {

constexpr std::string_view k_cluster_roles = "clusterroles/";

/// Rows of knowledge/cluster-roles.tsv.
struct BuiltIn {
  std::string_view name;
  std::string_view joined;
  std::string_view label;
  std::string_view rule;
};

std::vector<BuiltIn> built_in_rows() {
  std::vector<BuiltIn> rows;
  for (const connection::TableRow& row : connection::read_knowledge("cluster-roles.tsv", 4)) {
    rows.push_back({row[0], connection::cell_text(row[1]), connection::cell_text(row[2]), connection::cell_text(row[3])});
  }
  return rows;
}

}  // namespace

RoleTable::RoleTable(const model::ArchitectureGraph& graph) {
  for (const model::Entity& entity : graph.entities()) {
    if (entity.kind == model::EntityKind::role) add_declared(entity);
    if (entity.kind == model::EntityKind::role_binding) m_clusters[entity.id.target];
  }
  for (auto& [target, cluster] : m_clusters) add_built_in(cluster);
}

void RoleTable::add(Cluster& cluster, Role role) {
  const auto [at, fresh] = cluster.by_address.emplace(role.address, cluster.roles.size());
  if (!fresh) {  // the same role in two applications: what both say
    Role& present = cluster.roles[at->second];
    present.rules.insert(present.rules.end(), role.rules.begin(), role.rules.end());
    present.joined.insert(present.joined.end(), role.joined.begin(), role.joined.end());
    return;
  }
  if (role.cluster) {
    for (const model::Label& label : role.labels) cluster.by_label[label].push_back(at->second);
  }
  cluster.roles.push_back(std::move(role));
}

void RoleTable::add_declared(const model::Entity& entity) {
  if (entity.locations.empty()) return;  // only named: one of those that every cluster has
  Role role{entity.id.address, entity.labels, {}, {}, entity.id.address.view().starts_with(k_cluster_roles)};
  for (const Symbol text : entity.attributes.list(model::attribute::rules)) {
    if (text.view().starts_with(model::k_aggregation)) {
      role.joined.emplace_back(text.view().substr(model::k_aggregation.size()));
    } else if (auto rule = model::access_rule_from(text.view())) {
      role.rules.push_back(std::move(*rule));
    }
  }
  add(m_clusters[entity.id.target], std::move(role));
}

void RoleTable::add_built_in(Cluster& cluster) {
  static const std::vector<BuiltIn> k_rows = built_in_rows();
  const std::size_t declared = cluster.roles.size();
  for (const BuiltIn& row : k_rows) {
    const Symbol address(std::string(k_cluster_roles) + std::string(row.name));
    const auto known = cluster.by_address.find(address);
    if (known != cluster.by_address.end() && known->second < declared) continue;  // somebody declares it himself
    Role role{address, {}, {}, {}, true};
    if (const std::size_t equals = row.label.find('='); equals != std::string_view::npos) {
      role.labels.emplace_back(Symbol(row.label.substr(0, equals)), Symbol(row.label.substr(equals + 1)));
    }
    if (!row.joined.empty()) role.joined.emplace_back(row.joined);
    if (auto rule = model::access_rule_from(row.rule)) role.rules.push_back(std::move(*rule));
    add(cluster, std::move(role));
  }
}

const std::vector<std::size_t>& RoleTable::select(Cluster& cluster, Symbol text) {
  const auto [at, fresh] = cluster.selected.emplace(text, std::vector<std::size_t>());
  const auto selector = fresh ? model::selector_from(text.view()) : std::nullopt;
  if (!selector) return at->second;
  const std::vector<std::size_t>* candidates = nullptr;
  static const std::vector<std::size_t> k_none;
  for (const model::LabelRequirement& term : selector->requirements) {
    if (term.operation != model::LabelRequirement::Operator::in || term.values.size() != 1) continue;
    const auto found = cluster.by_label.find({term.key, term.values.front()});
    const std::vector<std::size_t>* roles = found == cluster.by_label.end() ? &k_none : &found->second;
    if (candidates == nullptr || roles->size() < candidates->size()) candidates = roles;
  }
  const auto consider = [&](std::size_t role) {
    if (cluster.roles[role].cluster && selector->matches(cluster.roles[role].labels)) at->second.push_back(role);
  };
  if (candidates != nullptr) {
    for (const std::size_t role : *candidates) consider(role);
  } else {
    for (std::size_t role = 0; role < cluster.roles.size(); ++role) consider(role);
  }
  return at->second;
}

const std::vector<RoleRule>* RoleTable::rules_of(Symbol target, Symbol address) {
  Cluster& cluster = m_clusters[target];
  const auto known = cluster.by_address.find(address);
  if (known == cluster.by_address.end()) return nullptr;
  const auto [at, fresh] = cluster.closed.emplace(address, std::vector<RoleRule>());
  if (!fresh) return &at->second;
  std::vector<std::size_t> queue = {known->second};
  std::set<std::size_t> seen = {known->second};
  std::set<Symbol> selectors;
  for (std::size_t next = 0; next < queue.size(); ++next) {
    const Role& role = cluster.roles[queue[next]];
    for (const model::AccessRule& rule : role.rules) at->second.push_back({&rule, role.address});
    for (const Symbol selector : role.joined) {
      if (!selectors.insert(selector).second) continue;
      for (const std::size_t joined : select(cluster, selector)) {
        if (seen.insert(joined).second) queue.push_back(joined);
      }
    }
  }
  return &at->second;
}

}  // namespace postern::derive
