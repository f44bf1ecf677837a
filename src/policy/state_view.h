// SPDX-License-Identifier: Apache-2.0
// A linked graph as expressions see it: records that are views, made once a state.
#pragma once
#include <postern/model/delta.h>
#include <postern/model/environment.h>
#include <postern/model/weakness.h>

#include <span>
#include <utility>
#include <vector>

#include "cel/value.h"
#include "policy/field.h"

namespace postern::policy {

class StateView;

/// An entity: `entity`, `source`, `target`.
class EntityRecord final : public cel::Record {
 public:
  EntityRecord(const StateView& state, model::EntityIndex index) : m_state(&state), m_index(index) {}
  [[nodiscard]] const cel::ObjectType& type() const override;
  [[nodiscard]] cel::Value get(std::size_t slot) const override;
  [[nodiscard]] bool equals(const cel::Record& other) const override;
  [[nodiscard]] std::optional<std::string> text() const override;
  [[nodiscard]] const StateView& state() const noexcept { return *m_state; }
  [[nodiscard]] model::EntityIndex index() const noexcept { return m_index; }
  [[nodiscard]] const model::Entity& entity() const;
  [[nodiscard]] static const FieldTable<EntityRecord>& fields();
  /// What queries see: `libraries` is a list there.
  [[nodiscard]] static const FieldTable<EntityRecord>& query_fields();
  [[nodiscard]] static const cel::ObjectType& query_type();

 private:
  const StateView* m_state;
  model::EntityIndex m_index;
};

/// A library of an entity, in queries.
class LibraryRecord final : public cel::Record {
 public:
  LibraryRecord(const StateView& state, model::EntityIndex owner, const model::Component& component)
      : m_state(&state), m_owner(owner), m_component(&component) {}
  [[nodiscard]] const cel::ObjectType& type() const override;
  [[nodiscard]] cel::Value get(std::size_t slot) const override;
  [[nodiscard]] std::optional<std::string> text() const override;
  [[nodiscard]] const StateView& state() const noexcept { return *m_state; }
  [[nodiscard]] model::EntityIndex owner() const noexcept { return m_owner; }
  [[nodiscard]] const model::Component& component() const noexcept { return *m_component; }
  [[nodiscard]] const model::Library& library() const noexcept { return *m_component->library; }
  [[nodiscard]] static const FieldTable<LibraryRecord>& fields();

 private:
  const StateView* m_state;
  model::EntityIndex m_owner;
  const model::Component* m_component;
};

/// A container of a workload.
class ContainerRecord final : public cel::Record {
 public:
  ContainerRecord(const StateView& state, model::EntityIndex index, base::Symbol name)
      : m_state(&state), m_index(index), m_name(name) {}
  [[nodiscard]] const cel::ObjectType& type() const override;
  [[nodiscard]] cel::Value get(std::size_t slot) const override;
  [[nodiscard]] const model::Entity& entity() const;
  [[nodiscard]] base::Symbol name() const noexcept { return m_name; }
  [[nodiscard]] static const FieldTable<ContainerRecord>& fields();

 private:
  const StateView* m_state;
  model::EntityIndex m_index;
  base::Symbol m_name;
};

/// A relation.
class RelationRecord final : public cel::Record {
 public:
  RelationRecord(const StateView& state, model::RelationIndex index) : m_state(&state), m_index(index) {}
  [[nodiscard]] const cel::ObjectType& type() const override;
  [[nodiscard]] cel::Value get(std::size_t slot) const override;
  [[nodiscard]] bool equals(const cel::Record& other) const override;
  [[nodiscard]] const StateView& state() const noexcept { return *m_state; }
  [[nodiscard]] const model::Relation& relation() const;
  [[nodiscard]] static const FieldTable<RelationRecord>& fields();

 private:
  const StateView* m_state;
  model::RelationIndex m_index;
};

/// A class of data that an entity holds or handles.
class DataRecord final : public cel::Record {
 public:
  DataRecord(base::Symbol name, base::Location location) : m_name(name), m_location(location) {}
  [[nodiscard]] const cel::ObjectType& type() const override;
  [[nodiscard]] cel::Value get(std::size_t slot) const override;
  [[nodiscard]] base::Symbol name() const noexcept { return m_name; }
  [[nodiscard]] const base::Location& location() const noexcept { return m_location; }
  [[nodiscard]] static const FieldTable<DataRecord>& fields();

 private:
  base::Symbol m_name;
  base::Location m_location;
};

/// A weakness of an entity: `finding`.
class WeaknessRecord final : public cel::Record {
 public:
  WeaknessRecord(const model::Weakness& weakness, model::EntityIndex entity) : m_weakness(&weakness), m_entity(entity) {}
  [[nodiscard]] const cel::ObjectType& type() const override;
  [[nodiscard]] cel::Value get(std::size_t slot) const override;
  [[nodiscard]] const model::Weakness& weakness() const noexcept { return *m_weakness; }
  [[nodiscard]] model::EntityIndex entity() const noexcept { return m_entity; }
  [[nodiscard]] static const FieldTable<WeaknessRecord>& fields();

 private:
  const model::Weakness* m_weakness;
  model::EntityIndex m_entity;
};

/// `env`: where the build goes.
class EnvironmentRecord final : public cel::Record {
 public:
  explicit EnvironmentRecord(const model::Environment& environment) : m_environment(&environment) {}
  [[nodiscard]] const cel::ObjectType& type() const override;
  [[nodiscard]] cel::Value get(std::size_t slot) const override;
  [[nodiscard]] const model::Environment& environment() const noexcept { return *m_environment; }
  [[nodiscard]] static const FieldTable<EnvironmentRecord>& fields();

 private:
  const model::Environment* m_environment;
};

/// One single change: a subject that came or went, or one changed attribute of a subject that stayed.
class ChangeRecord final : public cel::Record {
 public:
  /// Exactly one of `entity` and `relation` is set; `attribute` is null for subjects that came or went.
  ChangeRecord(const StateView& baseline, const StateView& candidate, const model::EntityChange* entity,
               const model::RelationChange* relation, const model::AttributeChange* attribute)
      : m_baseline(&baseline), m_candidate(&candidate), m_entity(entity), m_relation(relation), m_attribute(attribute) {}
  [[nodiscard]] const cel::ObjectType& type() const override;
  [[nodiscard]] cel::Value get(std::size_t slot) const override;
  [[nodiscard]] const model::EntityChange* entity_change() const noexcept { return m_entity; }
  [[nodiscard]] const model::RelationChange* relation_change() const noexcept { return m_relation; }
  [[nodiscard]] const model::AttributeChange* attribute_change() const noexcept { return m_attribute; }
  [[nodiscard]] const StateView& baseline() const noexcept { return *m_baseline; }
  [[nodiscard]] const StateView& candidate() const noexcept { return *m_candidate; }
  /// Of the attribute where there is one (added: declared now only), else of the subject.
  [[nodiscard]] model::ChangeKind kind() const noexcept;
  /// The entity, or the source of the relation; nullptr where it is not on that side.
  [[nodiscard]] const EntityRecord* entity_before() const;
  [[nodiscard]] const EntityRecord* entity_after() const;
  [[nodiscard]] const RelationRecord* relation_before() const;
  [[nodiscard]] const RelationRecord* relation_after() const;
  [[nodiscard]] static const FieldTable<ChangeRecord>& fields();

 private:
  const StateView* m_baseline;
  const StateView* m_candidate;
  const model::EntityChange* m_entity;
  const model::RelationChange* m_relation;
  const model::AttributeChange* m_attribute;
};

/// The records of one state. Not movable: records point back to it. Safe to read from several threads.
class StateView {
 public:
  /// Weaknesses of entities that the graph does not have are left out. Both are borrowed.
  explicit StateView(const model::ArchitectureGraph& graph, std::span<const model::Weakness> weaknesses = {});
  /// For queries: the entities list their libraries and weaknesses. Components of owners that the graph does not have are left out.
  StateView(const model::ArchitectureGraph& graph, std::span<const model::Weakness> weaknesses,
            std::span<const model::Component> components);
  StateView(const StateView&) = delete;
  StateView& operator=(const StateView&) = delete;

  [[nodiscard]] const model::ArchitectureGraph& graph() const noexcept { return m_graph; }
  [[nodiscard]] const EntityRecord& entity(model::EntityIndex index) const { return m_entities[index]; }
  [[nodiscard]] const RelationRecord& relation(model::RelationIndex index) const { return m_relations[index]; }
  /// Sorted as the weaknesses are.
  [[nodiscard]] std::span<const WeaknessRecord> weaknesses() const noexcept { return m_weaknesses; }
  [[nodiscard]] bool is_for_queries() const noexcept { return m_is_for_queries; }
  /// Of one entity; in states for queries only. Libraries by package URL and version, each once.
  [[nodiscard]] std::span<const LibraryRecord> libraries(model::EntityIndex index) const;
  [[nodiscard]] std::span<const WeaknessRecord> weaknesses(model::EntityIndex index) const;
  /// The containers of an entity, by name.
  [[nodiscard]] std::span<const ContainerRecord> containers(model::EntityIndex index) const;
  /// The classes of data that an entity holds or handles; nothing where they are unknown.
  [[nodiscard]] std::span<const DataRecord> data(model::EntityIndex index) const;

 private:
  void add_containers(model::EntityIndex index);
  void add_data(model::EntityIndex index);
  void add_libraries(std::span<const model::Component> components);
  void index_weaknesses();

  const model::ArchitectureGraph& m_graph;
  std::vector<EntityRecord> m_entities;
  std::vector<RelationRecord> m_relations;
  std::vector<WeaknessRecord> m_weaknesses;
  std::vector<ContainerRecord> m_containers;
  std::vector<std::uint32_t> m_container_start;
  std::vector<DataRecord> m_data;
  std::vector<std::uint32_t> m_data_start;
  bool m_is_for_queries = false;
  std::vector<LibraryRecord> m_libraries;
  std::vector<std::uint32_t> m_library_start;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> m_weaknesses_of;  ///< by entity: from, to
};

/// Every single change of a delta, in its order: changes of one subject stand together.
[[nodiscard]] std::vector<ChangeRecord> changes_of(const model::Delta& delta, const StateView& baseline,
                                                   const StateView& candidate);

/// How severe a weakness counts as, 0..10: its score, else what its word stands for, else 7.0, as rules see it in `finding.score`.
[[nodiscard]] double severity_of(const model::Weakness& weakness);

/// The object types that expressions know, for declarations and the reference.
[[nodiscard]] std::span<const cel::ObjectType* const> object_types();
/// The same for queries.
[[nodiscard]] std::span<const cel::ObjectType* const> query_object_types();

}  // namespace postern::policy
