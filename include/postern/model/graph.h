// SPDX-License-Identifier: Apache-2.0
// The linked architecture of one state. Entities and relations are fixed once it is linked; classification and derivation add
// attributes; after that it is used as const.
#pragma once
#include <postern/model/entity.h>
#include <postern/model/fact.h>
#include <postern/model/relation.h>

#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

namespace postern::model {

/// A network policy with the workloads that it selects, for derivation.
struct PolicyBinding {
  NetworkPolicyFact policy;
  EntityId id;
  std::vector<EntityIndex> selected;  ///< sorted
};

/// A graph under construction: what the resolver fills.
struct GraphFragment {
  std::vector<Entity> entities;
  std::vector<Relation> relations;  ///< indexes into `entities`
  std::vector<PolicyBinding> policies;
};

class ArchitectureGraph {
 public:
  ArchitectureGraph() = default;
  /// Sorts entities by id and relations by (source, family, target), joins relations of one identity, and builds the adjacency.
  /// Entity ids must be unique (asserted).
  explicit ArchitectureGraph(GraphFragment fragment);

  [[nodiscard]] std::span<const Entity> entities() const noexcept { return m_entities; }
  [[nodiscard]] std::span<const Relation> relations() const noexcept { return m_relations; }
  [[nodiscard]] std::span<const PolicyBinding> policies() const noexcept { return m_policies; }
  [[nodiscard]] const Entity& entity(EntityIndex index) const { return m_entities[index]; }
  [[nodiscard]] const Relation& relation(RelationIndex index) const { return m_relations[index]; }
  /// For classification and derivation only.
  [[nodiscard]] Entity& entity_for_derivation(EntityIndex index) { return m_entities[index]; }
  [[nodiscard]] Relation& relation_for_derivation(RelationIndex index) { return m_relations[index]; }

  /// Gives everything back so that more can be added; the graph is empty afterwards.
  [[nodiscard]] GraphFragment release() &&;

  [[nodiscard]] std::optional<EntityIndex> find(const EntityId& id) const;
  [[nodiscard]] std::optional<RelationIndex> find(const RelationId& id) const;
  [[nodiscard]] RelationId id_of(const Relation& relation) const;
  /// Relations that leave / enter an entity, in the order of the relations.
  [[nodiscard]] std::span<const RelationIndex> outgoing(EntityIndex index) const;
  [[nodiscard]] std::span<const RelationIndex> incoming(EntityIndex index) const;

 private:
  std::vector<Entity> m_entities;
  std::vector<Relation> m_relations;
  std::vector<PolicyBinding> m_policies;
  std::unordered_map<EntityId, EntityIndex, EntityIdHash> m_by_id;
  std::vector<RelationIndex> m_out_edges, m_in_edges;
  std::vector<std::uint32_t> m_out_start, m_in_start;
};

}  // namespace postern::model
