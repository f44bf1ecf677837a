// SPDX-License-Identifier: Apache-2.0
// From a linked graph to a picture: what people draw as boxes, with network names and routes drawn through.
#include <map>
#include <set>
#include <tuple>

#include "render/picture.h"

namespace postern::render {
namespace {

using model::ArchitectureGraph;
using model::Entity;
using model::EntityIndex;
using model::EntityKind;
using model::Relation;
using model::RelationFamily;

bool is_drawn(EntityKind kind) {
  return model::is_workload(kind) || kind == EntityKind::gateway || kind == EntityKind::third_party ||
         kind == EntityKind::external || kind == EntityKind::unresolved || kind == EntityKind::api;
}

bool is_drawn(const Relation& relation) {
  const RelationFamily family = model::family_of(relation.kind);
  return family == RelationFamily::network || family == RelationFamily::routing;
}

model::PictureEntity box_of(const Entity& entity) {
  model::PictureEntity box;
  box.id = entity.id;
  box.name = entity.name.str();
  box.kind = entity.kind;
  box.exposure = entity.attributes.text(model::attribute::exposure).str();
  box.data_classes = model::strings_of(entity.attributes.list(model::attribute::data_classes));
  return box;
}

/// Where a relation leads: its target, or through an endpoint, which is a name only, to what stands behind it.
std::set<EntityIndex> ends_of(const ArchitectureGraph& graph, const Relation& relation) {
  if (graph.entity(relation.target).kind != EntityKind::endpoint) return {relation.target};
  std::set<EntityIndex> ends;
  for (const model::RelationIndex next : graph.outgoing(relation.target)) {
    if (is_drawn(graph.relation(next))) ends.insert(graph.relation(next).target);
  }
  return ends;
}

}  // namespace

model::Picture picture_of(const ArchitectureGraph& graph) {
  model::Picture picture;
  for (const Entity& entity : graph.entities()) {
    if (is_drawn(entity.kind)) picture.entities.push_back(box_of(entity));
  }
  std::set<std::tuple<EntityIndex, EntityIndex, model::RelationKind>> lines;
  for (const Relation& relation : graph.relations()) {
    if (!is_drawn(relation) || !is_drawn(graph.entity(relation.source).kind)) continue;
    for (const EntityIndex end : ends_of(graph, relation)) {
      if (is_drawn(graph.entity(end).kind)) lines.emplace(relation.source, end, relation.kind);
    }
  }
  for (const auto& [source, target, kind] : lines) {
    picture.relations.push_back({graph.entity(source).id, graph.entity(target).id, kind, std::nullopt});
  }
  return picture;
}

}  // namespace postern::render
