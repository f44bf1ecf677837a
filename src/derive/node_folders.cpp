// SPDX-License-Identifier: Apache-2.0
// Workload -> claim -> volume: the folder of the node behind it.
#include "derive/node_folders.h"

#include <algorithm>
#include <map>
#include <set>

namespace postern::derive {
namespace {

using model::Entity;
using model::EntityIndex;
using model::EntityKind;
using model::RelationKind;
using model::Symbol;
using model::TextList;
namespace attribute = model::attribute;

const TextList* folders_of(const Entity& volume) {
  const model::Attribute* row = volume.attributes.find(attribute::volumes);
  return row == nullptr ? nullptr : std::get_if<TextList>(&row->value);
}

class NodeFolders {
 public:
  explicit NodeFolders(model::ArchitectureGraph& graph) : m_graph(graph) {}

  void run() {
    if (!find_volumes()) return;
    for (EntityIndex index = 0; index < m_graph.entities().size(); ++index) {
      if (model::is_workload(m_graph.entity(index).kind)) settle(index);
    }
  }

 private:
  /// Volumes that are folders; those that name no claim, by their class.
  bool find_volumes() {
    bool any = false;
    for (EntityIndex index = 0; index < m_graph.entities().size(); ++index) {
      const Entity& entity = m_graph.entity(index);
      if (entity.kind != EntityKind::volume || folders_of(entity) == nullptr) continue;
      any = true;
      const Symbol storage = entity.attributes.text(attribute::storage_class);
      if (!storage.empty() && m_graph.incoming(index).empty()) m_free[{entity.id.target, storage}].push_back(index);
    }
    return any;
  }

  /// The volume that a claim is bound to; else those of its class that are free.
  [[nodiscard]] std::vector<EntityIndex> volumes_of(EntityIndex claim) const {
    std::vector<EntityIndex> volumes;
    for (const model::RelationIndex out : m_graph.outgoing(claim)) {
      const model::Relation& relation = m_graph.relation(out);
      const bool bound = relation.kind == RelationKind::mounts && m_graph.entity(relation.target).kind == EntityKind::volume;
      if (bound) volumes.push_back(relation.target);
    }
    if (!volumes.empty()) return volumes;
    const Entity& entity = m_graph.entity(claim);
    const auto free = m_free.find({entity.id.target, entity.attributes.text(attribute::storage_class)});
    return free == m_free.end() ? volumes : free->second;
  }

  void settle(EntityIndex workload) {
    std::set<Symbol> folders;
    for (const model::RelationIndex out : m_graph.outgoing(workload)) {
      const model::Relation& relation = m_graph.relation(out);
      if (relation.kind != RelationKind::mounts || m_graph.entity(relation.target).kind != EntityKind::volume) continue;
      for (const EntityIndex volume : volumes_of(relation.target)) {
        if (const TextList* found = folders_of(m_graph.entity(volume))) folders.insert(found->begin(), found->end());
      }
    }
    if (folders.empty()) return;
    model::Attributes& attributes = m_graph.entity_for_derivation(workload).attributes;
    model::Location location;
    if (const model::Attribute* row = attributes.find(attribute::volumes)) {
      location = row->location;
      if (const auto* own = std::get_if<TextList>(&row->value)) folders.insert(own->begin(), own->end());
    }
    attributes.set(attribute::volumes, TextList(folders.begin(), folders.end()), location);
  }

  model::ArchitectureGraph& m_graph;
  std::map<std::pair<Symbol, Symbol>, std::vector<EntityIndex>> m_free;  ///< by target and class
};

}  // namespace

void derive_node_folders(model::ArchitectureGraph& graph) { NodeFolders(graph).run(); }

}  // namespace postern::derive
