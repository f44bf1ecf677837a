// SPDX-License-Identifier: Apache-2.0
// Which classes of data a workload holds or uses.
#include "derive/data_reach.h"

#include <set>

namespace postern::derive {
namespace {

using model::Symbol;
using model::TextList;

void add_classes(const model::Entity& entity, std::set<Symbol>& classes) {
  const model::TextList& list = entity.attributes.list(model::attribute::data_classes);
  classes.insert(list.begin(), list.end());
}

}  // namespace

void derive_data_reach(model::ArchitectureGraph& graph) {
  for (model::EntityIndex index = 0; index < graph.entities().size(); ++index) {
    const model::Entity& entity = graph.entity(index);
    if (!model::is_workload(entity.kind) || model::is_store(entity.kind)) continue;
    std::set<Symbol> classes;
    add_classes(entity, classes);
    for (const model::RelationIndex out : graph.outgoing(index)) {
      const model::Relation& relation = graph.relation(out);
      const bool network = model::family_of(relation.kind) == model::RelationFamily::network;
      if (network && model::is_store(graph.entity(relation.target).kind)) add_classes(graph.entity(relation.target), classes);
    }
    if (classes.empty()) continue;
    graph.entity_for_derivation(index).attributes.set(model::attribute::data_reach, TextList(classes.begin(), classes.end()));
  }
}

}  // namespace postern::derive
