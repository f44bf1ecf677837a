// SPDX-License-Identifier: Apache-2.0
// Two linked, classified, derived graphs -> what changed: merge joins over sorted lists.
#include "diff/diff.h"

#include "diff/comparison.h"

namespace postern::diff {
namespace {

using model::ArchitectureGraph;
using model::ChangeKind;
using model::EntityIndex;
using model::RelationIndex;

/// Whether `graph` has what contains this library (an entity of `own`), and does not know of which libraries that consists: then
/// nobody can say whether it came or went.
bool is_untold(const ArchitectureGraph& own, EntityIndex index, const ArchitectureGraph& graph) {
  if (own.entity(index).kind != model::EntityKind::library) return false;
  for (const RelationIndex incoming : own.incoming(index)) {
    const model::Relation& relation = own.relation(incoming);
    if (relation.kind != model::RelationKind::contains) continue;
    const auto owner = graph.find(own.entity(relation.source).id);
    if (!owner) return false;
    const model::Attribute* count = graph.entity(*owner).attributes.find(model::attribute::libraries);
    return count == nullptr || std::holds_alternative<model::Unknown>(count->value);
  }
  return false;
}

/// A library's address says what contains it.
bool is_containment(const std::optional<model::RelationId>& id) { return id && id->family == model::RelationFamily::containment; }

void diff_entities(const ArchitectureGraph& before, const ArchitectureGraph& after, model::Delta& delta) {
  EntityIndex left = 0;
  EntityIndex right = 0;
  const auto left_end = static_cast<EntityIndex>(before.entities().size());
  const auto right_end = static_cast<EntityIndex>(after.entities().size());
  while (left < left_end || right < right_end) {
    if (right == right_end || (left < left_end && before.entity(left).id < after.entity(right).id)) {
      if (!is_untold(before, left, after))
        delta.entities.push_back({ChangeKind::removed, before.entity(left).id, left, std::nullopt, {}});
      ++left;
    } else if (left == left_end || after.entity(right).id < before.entity(left).id) {
      if (!is_untold(after, right, before))
        delta.entities.push_back({ChangeKind::added, after.entity(right).id, std::nullopt, right, {}});
      ++right;
    } else {
      model::EntityChange change = compare_entities(before, left++, after, right++);
      if (!change.attributes.empty()) delta.entities.push_back(std::move(change));
    }
  }
}

void diff_relations(const ArchitectureGraph& before, const ArchitectureGraph& after, model::Delta& delta) {
  RelationIndex left = 0;
  RelationIndex right = 0;
  const auto left_end = static_cast<RelationIndex>(before.relations().size());
  const auto right_end = static_cast<RelationIndex>(after.relations().size());
  while (left < left_end || right < right_end) {
    const auto left_id = left < left_end ? std::optional(before.id_of(before.relation(left))) : std::nullopt;
    const auto right_id = right < right_end ? std::optional(after.id_of(after.relation(right))) : std::nullopt;
    if (!right_id || (left_id && *left_id < *right_id)) {
      if (!is_containment(left_id)) delta.relations.push_back({ChangeKind::removed, *left_id, left, std::nullopt, {}});
      ++left;
    } else if (!left_id || *right_id < *left_id) {
      if (!is_containment(right_id)) delta.relations.push_back({ChangeKind::added, *right_id, std::nullopt, right, {}});
      ++right;
    } else {
      model::RelationChange change = compare_relations(before, left++, after, right++);
      if (!change.attributes.empty()) delta.relations.push_back(std::move(change));
    }
  }
}

}  // namespace

model::Delta diff(const ArchitectureGraph& before, const ArchitectureGraph& after) {
  model::Delta delta;
  diff_entities(before, after, delta);
  diff_relations(before, after, delta);
  delta.renames = find_renames(before, after, delta);
  return delta;
}

}  // namespace postern::diff
