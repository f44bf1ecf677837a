// SPDX-License-Identifier: Apache-2.0
// Makes the records of a state and of a delta.
#include "policy/state_view.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace postern::policy {

StateView::StateView(const model::ArchitectureGraph& graph, std::span<const model::Weakness> weaknesses) : m_graph(graph) {
  const auto entities = static_cast<model::EntityIndex>(graph.entities().size());
  const auto relations = static_cast<model::RelationIndex>(graph.relations().size());
  m_entities.reserve(entities);
  m_relations.reserve(relations);
  m_container_start.reserve(entities + std::size_t{1});
  m_container_start.push_back(0);
  m_data_start.reserve(entities + std::size_t{1});
  m_data_start.push_back(0);
  for (model::EntityIndex i = 0; i < entities; ++i) {
    m_entities.emplace_back(*this, i);
    add_containers(i);
    add_data(i);
  }
  for (model::RelationIndex i = 0; i < relations; ++i) m_relations.emplace_back(*this, i);
  for (const model::Weakness& weakness : weaknesses) {
    if (const auto entity = graph.find(weakness.subject)) m_weaknesses.emplace_back(weakness, *entity);
  }
}

StateView::StateView(const model::ArchitectureGraph& graph, std::span<const model::Weakness> weaknesses,
                     std::span<const model::Component> components)
    : StateView(graph, weaknesses) {
  m_is_for_queries = true;
  add_libraries(components);
  index_weaknesses();
}

void StateView::add_libraries(std::span<const model::Component> components) {
  m_libraries.reserve(components.size());
  for (const model::Component& component : components) {
    if (const auto owner = m_graph.find(component.owner)) m_libraries.emplace_back(*this, *owner, component);
  }
  const auto order = [](const LibraryRecord& record) {
    const model::Library& row = record.library();
    return std::tie(row.purl, row.version, row.qualifiers);
  };
  // Several bills of materials of one owner list the same library.
  std::stable_sort(m_libraries.begin(), m_libraries.end(), [&](const LibraryRecord& a, const LibraryRecord& b) {
    return a.owner() != b.owner() ? a.owner() < b.owner() : order(a) < order(b);
  });
  const auto same = [&](const LibraryRecord& a, const LibraryRecord& b) { return a.owner() == b.owner() && order(a) == order(b); };
  m_libraries.erase(std::unique(m_libraries.begin(), m_libraries.end(), same), m_libraries.end());
  m_library_start.assign(m_entities.size() + 1, 0);
  for (const LibraryRecord& record : m_libraries) ++m_library_start[record.owner() + std::size_t{1}];
  for (std::size_t i = 1; i < m_library_start.size(); ++i) m_library_start[i] += m_library_start[i - 1];
}

void StateView::index_weaknesses() {
  m_weaknesses_of.assign(m_entities.size(), {0, 0});
  for (std::uint32_t i = 0; i < m_weaknesses.size(); ++i) {
    auto& [from, to] = m_weaknesses_of[m_weaknesses[i].entity()];
    if (from == to) from = i;
    to = i + 1;
  }
}

std::span<const LibraryRecord> StateView::libraries(model::EntityIndex index) const {
  return std::span(m_libraries).subspan(m_library_start[index], m_library_start[index + 1] - m_library_start[index]);
}

std::span<const WeaknessRecord> StateView::weaknesses(model::EntityIndex index) const {
  const auto [from, to] = m_weaknesses_of[index];
  return std::span(m_weaknesses).subspan(from, to - from);
}

void StateView::add_containers(model::EntityIndex index) {
  std::vector<base::Symbol> names;
  for (const model::Attribute& row : m_graph.entity(index).attributes.all()) {
    if (!row.scope.empty() && std::find(names.begin(), names.end(), row.scope) == names.end()) names.push_back(row.scope);
  }
  std::sort(names.begin(), names.end());
  for (const base::Symbol name : names) m_containers.emplace_back(*this, index, name);
  m_container_start.push_back(static_cast<std::uint32_t>(m_containers.size()));
}

std::span<const ContainerRecord> StateView::containers(model::EntityIndex index) const {
  return std::span(m_containers).subspan(m_container_start[index], m_container_start[index + 1] - m_container_start[index]);
}

void StateView::add_data(model::EntityIndex index) {
  const model::Attribute* row = m_graph.entity(index).attributes.find(model::attribute::data_classes);
  const auto* names = row == nullptr ? nullptr : std::get_if<model::TextList>(&row->value);
  if (names != nullptr) {
    for (const base::Symbol name : *names) m_data.emplace_back(name, row->location);
  }
  m_data_start.push_back(static_cast<std::uint32_t>(m_data.size()));
}

std::span<const DataRecord> StateView::data(model::EntityIndex index) const {
  return std::span(m_data).subspan(m_data_start[index], m_data_start[index + 1] - m_data_start[index]);
}

std::vector<ChangeRecord> changes_of(const model::Delta& delta, const StateView& baseline, const StateView& candidate) {
  std::vector<ChangeRecord> records;
  records.reserve(delta.change_count());
  const auto add_entity = [&](const model::EntityChange& change) {
    if (change.kind != model::ChangeKind::modified) records.emplace_back(baseline, candidate, &change, nullptr, nullptr);
    for (const model::AttributeChange& row : change.attributes) records.emplace_back(baseline, candidate, &change, nullptr, &row);
  };
  const auto add_relation = [&](const model::RelationChange& change) {
    if (change.kind != model::ChangeKind::modified) records.emplace_back(baseline, candidate, nullptr, &change, nullptr);
    for (const model::AttributeChange& row : change.attributes) records.emplace_back(baseline, candidate, nullptr, &change, &row);
  };
  // An account under a new name is told by what differs: as a new one it would seem to gain all that it had.
  const auto renamed = [&](const model::EntityChange& change) {
    if (change.kind != model::ChangeKind::added) return false;
    return candidate.graph().entity(*change.after).kind == model::EntityKind::identity &&
           std::any_of(delta.renames.begin(), delta.renames.end(),
                       [&](const model::Rename& rename) { return rename.added == change.id; });
  };
  for (const model::EntityChange& change : delta.entities) {
    if (!renamed(change)) add_entity(change);
  }
  for (const model::RelationChange& change : delta.relations) add_relation(change);
  for (const model::Rename& rename : delta.renames) {
    add_entity(rename.content);
    for (const model::RelationChange& change : rename.relations) add_relation(change);
  }
  return records;
}

std::span<const cel::ObjectType* const> object_types() {
  static const auto k_types = [] {
    const model::ArchitectureGraph nothing;
    const StateView state(nothing);
    const model::Environment environment;
    const model::Weakness weakness;
    return std::array<const cel::ObjectType*, 7>{
        &EntityRecord(state, 0).type(),
        &ContainerRecord(state, 0, {}).type(),
        &DataRecord({}, {}).type(),
        &RelationRecord(state, 0).type(),
        &ChangeRecord(state, state, nullptr, nullptr, nullptr).type(),
        &WeaknessRecord(weakness, 0).type(),
        &EnvironmentRecord(environment).type(),
    };
  }();
  return k_types;
}

std::span<const cel::ObjectType* const> query_object_types() {
  static const auto k_types = [] {
    const model::ArchitectureGraph nothing;
    const StateView state(nothing);
    std::vector<const cel::ObjectType*> types(object_types().begin(), object_types().end());
    types.front() = &EntityRecord::query_type();
    const model::Component component;
    types.push_back(&LibraryRecord(state, 0, component).type());
    return types;
  }();
  return k_types;
}

}  // namespace postern::policy
