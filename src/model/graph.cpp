// SPDX-License-Identifier: Apache-2.0
// Freezing a fragment into a graph: canonical order, joined relations, adjacency in compressed rows.
#include <postern/base/error.h>
#include <postern/model/graph.h>

#include <algorithm>
#include <numeric>
#include <tuple>

namespace postern::model {
namespace {

/// The places to which `order` moves each element: new index by old index.
std::vector<EntityIndex> inverse(const std::vector<EntityIndex>& order) {
  std::vector<EntityIndex> places(order.size());
  for (EntityIndex i = 0; i < order.size(); ++i) places[order[i]] = i;
  return places;
}

std::vector<EntityIndex> sorted_order(const std::vector<Entity>& entities) {
  std::vector<EntityIndex> order(entities.size());
  std::iota(order.begin(), order.end(), EntityIndex{0});
  std::sort(order.begin(), order.end(), [&](EntityIndex a, EntityIndex b) { return entities[a].id < entities[b].id; });
  return order;
}

auto key_of(const Relation& relation) { return std::make_tuple(relation.source, family_of(relation.kind), relation.target); }

/// Adds what `from` knows to `into`: lists are united, unknown gives way to known, evidence is kept once.
void join(Relation& into, Relation from) {
  into.kind = std::min(into.kind, from.kind);
  for (const Attribute& row : from.attributes.all()) {
    const Attribute* present = into.attributes.find(*row.definition, row.scope, row.key);
    if (present == nullptr || std::holds_alternative<Unknown>(present->value)) {
      into.attributes.set(row);
    } else if (const auto* more = std::get_if<TextList>(&row.value);
               more != nullptr && std::holds_alternative<TextList>(present->value)) {
      Attribute united = *present;
      auto& list = std::get<TextList>(united.value);
      const auto middle = static_cast<std::ptrdiff_t>(list.size());
      list.insert(list.end(), more->begin(), more->end());
      std::inplace_merge(list.begin(), list.begin() + middle, list.end());
      if (!std::is_sorted(list.begin(), list.end())) std::sort(list.begin(), list.end());
      list.erase(std::unique(list.begin(), list.end()), list.end());
      into.attributes.set(std::move(united));
    } else if (row.value > present->value) {
      into.attributes.set(row);  // of two scalars the greater, so that the order of inputs does not matter
    }
  }
  into.evidence.insert(into.evidence.end(), from.evidence.begin(), from.evidence.end());
}

/// Joins what belongs together pair by pair, then the pairs: thousands of mentions of one target cost little more than each for
/// itself.
Relation join_all(std::span<Relation> same) {
  for (std::size_t step = 1; step < same.size(); step *= 2) {
    for (std::size_t at = 0; at + step < same.size(); at += 2 * step) join(same[at], std::move(same[at + step]));
  }
  return std::move(same.front());
}

std::vector<Relation> joined(std::vector<Relation> relations) {
  std::stable_sort(relations.begin(), relations.end(), [](const Relation& a, const Relation& b) { return key_of(a) < key_of(b); });
  std::vector<Relation> result;
  result.reserve(relations.size());
  for (std::size_t begin = 0; begin < relations.size();) {
    std::size_t end = begin + 1;
    while (end < relations.size() && key_of(relations[begin]) == key_of(relations[end])) ++end;
    result.push_back(join_all(std::span(relations).subspan(begin, end - begin)));
    begin = end;
  }
  for (Relation& relation : result) {
    std::sort(relation.evidence.begin(), relation.evidence.end());
    relation.evidence.erase(std::unique(relation.evidence.begin(), relation.evidence.end()), relation.evidence.end());
  }
  return result;
}

/// Compressed rows: `start[e]..start[e+1]` are the relations of entity e in `edges`.
void build_rows(const std::vector<Relation>& relations, std::size_t entities, EntityIndex Relation::*end,
                std::vector<std::uint32_t>& start, std::vector<RelationIndex>& edges) {
  start.assign(entities + 1, 0);
  for (const Relation& relation : relations) ++start[relation.*end + 1];
  std::partial_sum(start.begin(), start.end(), start.begin());
  edges.resize(relations.size());
  std::vector<std::uint32_t> next(start.begin(), start.end() - 1);
  for (RelationIndex i = 0; i < relations.size(); ++i) edges[next[relations[i].*end]++] = i;
}

}  // namespace

ArchitectureGraph::ArchitectureGraph(GraphFragment fragment) : m_policies(std::move(fragment.policies)) {
  const std::vector<EntityIndex> order = sorted_order(fragment.entities);
  const std::vector<EntityIndex> places = inverse(order);
  m_entities.reserve(order.size());
  m_by_id.reserve(order.size());
  for (const EntityIndex from : order) {
    m_entities.push_back(std::move(fragment.entities[from]));
    const bool fresh = m_by_id.emplace(m_entities.back().id, static_cast<EntityIndex>(m_entities.size() - 1)).second;
    POSTERN_ASSERT(fresh);
  }
  for (Relation& relation : fragment.relations) {
    relation.source = places[relation.source];
    relation.target = places[relation.target];
  }
  m_relations = joined(std::move(fragment.relations));
  for (PolicyBinding& binding : m_policies) {
    for (EntityIndex& selected : binding.selected) selected = places[selected];
    std::sort(binding.selected.begin(), binding.selected.end());
  }
  std::sort(m_policies.begin(), m_policies.end(), [](const PolicyBinding& a, const PolicyBinding& b) { return a.id < b.id; });
  build_rows(m_relations, m_entities.size(), &Relation::source, m_out_start, m_out_edges);
  build_rows(m_relations, m_entities.size(), &Relation::target, m_in_start, m_in_edges);
}

GraphFragment ArchitectureGraph::release() && {
  GraphFragment fragment{std::move(m_entities), std::move(m_relations), std::move(m_policies)};
  *this = ArchitectureGraph();
  return fragment;
}

std::optional<EntityIndex> ArchitectureGraph::find(const EntityId& id) const {
  const auto at = m_by_id.find(id);
  if (at == m_by_id.end()) return std::nullopt;
  return at->second;
}

std::optional<RelationIndex> ArchitectureGraph::find(const RelationId& id) const {
  const auto source = find(id.source);
  const auto target = find(id.target);
  if (!source || !target) return std::nullopt;
  const auto wanted = std::make_tuple(*source, id.family, *target);
  const std::span<const RelationIndex> candidates = outgoing(*source);  // in the order of the relations
  const auto at = std::lower_bound(candidates.begin(), candidates.end(), wanted,
                                   [&](RelationIndex index, const auto& key) { return key_of(m_relations[index]) < key; });
  if (at == candidates.end() || key_of(m_relations[*at]) != wanted) return std::nullopt;
  return *at;
}

RelationId ArchitectureGraph::id_of(const Relation& relation) const {
  return {m_entities[relation.source].id, family_of(relation.kind), m_entities[relation.target].id};
}

std::span<const RelationIndex> ArchitectureGraph::outgoing(EntityIndex index) const {
  return {m_out_edges.data() + m_out_start[index], m_out_start[index + 1] - m_out_start[index]};
}

std::span<const RelationIndex> ArchitectureGraph::incoming(EntityIndex index) const {
  return {m_in_edges.data() + m_in_start[index], m_in_start[index + 1] - m_in_start[index]};
}

}  // namespace postern::model
