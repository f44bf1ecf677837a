// SPDX-License-Identifier: Apache-2.0
// Two linked, classified, derived graphs -> what changed: merge joins over sorted lists.
#include "diff/diff.h"

#include <algorithm>
#include <tuple>

namespace postern::diff {
namespace {

using model::ArchitectureGraph;
using model::Attribute;
using model::AttributeChange;
using model::Attributes;
using model::ChangeKind;
using model::EntityIndex;
using model::RelationIndex;
namespace attribute = model::attribute;

bool is_explanation(const model::AttributeDefinition& definition) {
  return &definition == &attribute::link_rule || &definition == &attribute::via;
}

auto order_of(const Attribute& row) { return std::tie(row.definition->name, row.scope, row.key); }

AttributeChange change_of(const Attribute* before, const Attribute* after) {
  const Attribute& any = before != nullptr ? *before : *after;
  AttributeChange change{any.definition, any.scope, any.key, {}, {}, {}, {}};
  if (before != nullptr) {
    change.before = before->value;
    change.before_location = before->location;
  }
  if (after != nullptr) {
    change.after = after->value;
    change.after_location = after->location;
  }
  return change;
}

/// A key that comes or goes is told by `keys`; its text is not told a second time.
bool is_told_elsewhere(const AttributeChange& change) {
  return change.definition == &attribute::data && (!change.before || !change.after);
}

void compare(const Attributes& before, const Attributes& after, std::vector<AttributeChange>& changes) {
  const auto add = [&](const Attribute* left, const Attribute* right) {
    AttributeChange change = change_of(left, right);
    if (!is_explanation(*change.definition) && !is_told_elsewhere(change)) changes.push_back(std::move(change));
  };
  auto left = before.all().begin();
  auto right = after.all().begin();
  while (left != before.all().end() || right != after.all().end()) {
    if (right == after.all().end() || (left != before.all().end() && order_of(*left) < order_of(*right))) {
      add(&*left++, nullptr);
    } else if (left == before.all().end() || order_of(*right) < order_of(*left)) {
      add(nullptr, &*right++);
    } else {
      if (left->value != right->value) add(&*left, &*right);
      ++left;
      ++right;
    }
  }
}

void compare_kind(const model::AttributeDefinition& definition, const char* before, const char* after,
                  base::Location before_location, base::Location after_location, std::vector<AttributeChange>& changes) {
  if (std::string_view(before) == after) return;
  changes.push_back({&definition, {}, {}, model::Symbol(before), model::Symbol(after), before_location, after_location});
}

base::Location first_of(const std::vector<base::Location>& locations) {
  return locations.empty() ? base::Location{} : locations.front();
}

base::Location first_of(const std::vector<model::Evidence>& evidence) {
  return evidence.empty() ? base::Location{} : evidence.front().location;
}

void diff_entity(const ArchitectureGraph& before, EntityIndex left, const ArchitectureGraph& after, EntityIndex right,
                 model::Delta& delta) {
  const model::Entity& old_entity = before.entity(left);
  const model::Entity& new_entity = after.entity(right);
  std::vector<AttributeChange> changes;
  compare_kind(attribute::entity_kind, model::to_string(old_entity.kind), model::to_string(new_entity.kind),
               first_of(old_entity.locations), first_of(new_entity.locations), changes);
  compare(old_entity.attributes, new_entity.attributes, changes);
  if (!changes.empty()) delta.entities.push_back({ChangeKind::modified, new_entity.id, left, right, std::move(changes)});
}

void diff_entities(const ArchitectureGraph& before, const ArchitectureGraph& after, model::Delta& delta) {
  EntityIndex left = 0;
  EntityIndex right = 0;
  const auto left_end = static_cast<EntityIndex>(before.entities().size());
  const auto right_end = static_cast<EntityIndex>(after.entities().size());
  while (left < left_end || right < right_end) {
    if (right == right_end || (left < left_end && before.entity(left).id < after.entity(right).id)) {
      delta.entities.push_back({ChangeKind::removed, before.entity(left).id, left, std::nullopt, {}});
      ++left;
    } else if (left == left_end || after.entity(right).id < before.entity(left).id) {
      delta.entities.push_back({ChangeKind::added, after.entity(right).id, std::nullopt, right, {}});
      ++right;
    } else {
      diff_entity(before, left++, after, right++, delta);
    }
  }
}

void diff_relation(const ArchitectureGraph& before, RelationIndex left, const ArchitectureGraph& after, RelationIndex right,
                   model::Delta& delta) {
  const model::Relation& old_relation = before.relation(left);
  const model::Relation& new_relation = after.relation(right);
  std::vector<AttributeChange> changes;
  compare_kind(attribute::relation_kind, model::to_string(old_relation.kind), model::to_string(new_relation.kind),
               first_of(old_relation.evidence), first_of(new_relation.evidence), changes);
  compare(old_relation.attributes, new_relation.attributes, changes);
  // Attributes of relations carry no places of their own: the evidence of the relation is theirs.
  for (AttributeChange& change : changes) {
    if (change.before) change.before_location = first_of(old_relation.evidence);
    if (change.after) change.after_location = first_of(new_relation.evidence);
  }
  if (!changes.empty())
    delta.relations.push_back({ChangeKind::modified, after.id_of(new_relation), left, right, std::move(changes)});
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
      delta.relations.push_back({ChangeKind::removed, *left_id, left, std::nullopt, {}});
      ++left;
    } else if (!left_id || *right_id < *left_id) {
      delta.relations.push_back({ChangeKind::added, *right_id, std::nullopt, right, {}});
      ++right;
    } else {
      diff_relation(before, left++, after, right++, delta);
    }
  }
}

}  // namespace

model::Delta diff(const ArchitectureGraph& before, const ArchitectureGraph& after) {
  model::Delta delta;
  diff_entities(before, after, delta);
  diff_relations(before, after, delta);
  delta.renames = find_renames(before, after, delta.entities);
  return delta;
}

}  // namespace postern::diff
