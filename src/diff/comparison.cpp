// SPDX-License-Identifier: Apache-2.0
// What differs between two entities, or two relations, that are taken for one.
#include "diff/comparison.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "diff/api_defaults.h"

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
  // What we take a workload for is no change of it. How a library comes in, and who grants a power, may change while the library
  // and the power stay; what comes through a group is told where the group is.
  constexpr std::array k_explanations = {
      &attribute::link_rule,           &attribute::via,        &attribute::criticality,   &attribute::criticality_reason,
      &attribute::business_function,   &attribute::directness, &attribute::introduced_by, &attribute::privilege_grants,
      &attribute::inherited_privileges};
  return std::find(k_explanations.begin(), k_explanations.end(), &definition) != k_explanations.end();
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

bool is_number(const std::optional<model::AttributeValue>& value) { return value && std::holds_alternative<std::int64_t>(*value); }

bool is_halved(const AttributeChange& change) {
  constexpr std::int64_t k_long = 10;
  const std::int64_t before = std::get<std::int64_t>(*change.before);
  return before >= k_long && std::get<std::int64_t>(*change.after) * 2 <= before;
}

/// A key that comes or goes is told by `keys`; its text is not told a second time. The number of libraries follows from those that
/// come and go, as long as it is known; that half of a long list is gone is news of the list itself.
bool is_told_elsewhere(const AttributeChange& change) {
  if (change.definition == &attribute::libraries) return is_number(change.before) && is_number(change.after) && !is_halved(change);
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

/// A default that is written down, or no longer, is no change.
void drop_defaults(const ArchitectureGraph& before, EntityIndex left, const ArchitectureGraph& after, EntityIndex right,
                   std::vector<AttributeChange>& changes) {
  std::erase_if(changes, [&](const AttributeChange& change) {
    if (change.before.has_value() == change.after.has_value()) return false;
    const Attribute written{change.definition, change.scope, change.key, change.before ? *change.before : *change.after, {}};
    return change.before ? says_default(written, after, right) : says_default(written, before, left);
  });
}

/// Where what is declared changes just so, what follows from it is not told a second time.
void drop_repetitions(std::vector<AttributeChange>& changes) {
  const auto declared = std::find_if(changes.begin(), changes.end(),
                                     [](const AttributeChange& change) { return change.definition == &attribute::replicas; });
  if (declared == changes.end()) return;
  const auto before = declared->before;
  const auto after = declared->after;
  std::erase_if(changes, [&](const AttributeChange& change) {
    return change.definition == &attribute::least_replicas && change.before == before && change.after == after;
  });
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

}  // namespace

model::EntityChange compare_entities(const ArchitectureGraph& before, EntityIndex left, const ArchitectureGraph& after,
                                     EntityIndex right) {
  const model::Entity& old_entity = before.entity(left);
  const model::Entity& new_entity = after.entity(right);
  model::EntityChange change{ChangeKind::modified, new_entity.id, left, right, {}};
  compare_kind(attribute::entity_kind, model::to_string(old_entity.kind), model::to_string(new_entity.kind),
               first_of(old_entity.locations), first_of(new_entity.locations), change.attributes);
  compare(old_entity.attributes, new_entity.attributes, change.attributes);
  drop_defaults(before, left, after, right, change.attributes);
  drop_repetitions(change.attributes);
  return change;
}

model::RelationChange compare_relations(const ArchitectureGraph& before, RelationIndex left, const ArchitectureGraph& after,
                                        RelationIndex right) {
  const model::Relation& old_relation = before.relation(left);
  const model::Relation& new_relation = after.relation(right);
  model::RelationChange change{ChangeKind::modified, after.id_of(new_relation), left, right, {}};
  compare_kind(attribute::relation_kind, model::to_string(old_relation.kind), model::to_string(new_relation.kind),
               first_of(old_relation.evidence), first_of(new_relation.evidence), change.attributes);
  compare(old_relation.attributes, new_relation.attributes, change.attributes);
  // Attributes of relations carry no places of their own: the evidence of the relation is theirs.
  for (AttributeChange& row : change.attributes) {
    if (row.before) row.before_location = first_of(old_relation.evidence);
    if (row.after) row.after_location = first_of(new_relation.evidence);
  }
  return change;
}

}  // namespace postern::diff
