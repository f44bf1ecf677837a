// SPDX-License-Identifier: Apache-2.0
// What a candidate says about itself may raise risk and never lower it.
#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "classify/classify.h"

namespace postern::classify {
namespace {

using model::Entity;
using model::Symbol;
using model::TextList;
namespace attribute = model::attribute;

/// Tiers in ascending weight; what nobody said weighs as much as `normal`.
int weight_of(std::string_view tier) {
  constexpr std::array<std::string_view, 4> k_tiers = {"low", "normal", "high", "mission-critical"};
  const auto at = std::find(k_tiers.begin(), k_tiers.end(), tier);
  return at == k_tiers.end() ? 1 : static_cast<int>(at - k_tiers.begin());
}

void keep_data(const Entity& before, Entity& after) {
  const model::Attribute* was = before.attributes.find(attribute::data_classes);
  const auto* classes = was == nullptr ? nullptr : std::get_if<TextList>(&was->value);
  if (classes == nullptr) return;
  std::set<Symbol> united(classes->begin(), classes->end());
  model::Location location = was->location;
  if (const model::Attribute* is = after.attributes.find(attribute::data_classes)) {
    location = is->location;
    if (const auto* own = std::get_if<TextList>(&is->value)) united.insert(own->begin(), own->end());
  }
  after.attributes.set(attribute::data_classes, TextList(united.begin(), united.end()), location);
}

/// A declared tier never goes below what was declared, or what the workload was taken for.
void keep_tier(const Entity* before, Entity& after) {
  const model::Attribute* row = after.attributes.find(attribute::tier);
  const bool was_declared = before != nullptr && before->attributes.find(attribute::tier) != nullptr;
  if (row == nullptr && !was_declared) return;
  const Symbol was = before == nullptr ? Symbol() : model::tier_of(before->attributes);
  const model::Location location = row == nullptr ? model::Location{} : row->location;
  if (weight_of(was.view()) > weight_of(model::tier_of(after.attributes).view()))
    after.attributes.set(attribute::tier, was.empty() ? Symbol("normal") : was, location);
}

}  // namespace

void keep_claims(const model::ArchitectureGraph& baseline, model::ArchitectureGraph& candidate) {
  for (model::EntityIndex index = 0; index < candidate.entities().size(); ++index) {
    const auto known = baseline.find(candidate.entity(index).id);
    const Entity* before = known ? &baseline.entity(*known) : nullptr;
    Entity& after = candidate.entity_for_derivation(index);
    if (before != nullptr) keep_data(*before, after);
    keep_tier(before, after);
  }
}

}  // namespace postern::classify
