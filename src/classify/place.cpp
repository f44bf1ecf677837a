// SPDX-License-Identifier: Apache-2.0
// In which region something of our own is, and under whose law.
#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "classify/steps.h"
#include "connection/host.h"

namespace postern::classify {
namespace {

using model::ArchitectureGraph;
using model::Entity;
using model::EntityKind;
using model::Symbol;
using model::TextList;
namespace attribute = model::attribute;

/// What is outside has a place of its own, by its name.
bool is_outside(EntityKind kind) {
  return kind == EntityKind::external || kind == EntityKind::third_party || kind == EntityKind::unresolved;
}

/// Variables by which the programs of a provider are told where they run.
constexpr std::array<std::string_view, 6> k_variables = {
    "AWS_REGION", "AWS_DEFAULT_REGION", "GOOGLE_CLOUD_REGION", "GOOGLE_CLOUD_LOCATION", "CLOUDSDK_COMPUTE_REGION", "AZURE_REGION"};

/// The region that all values of those variables name; empty where there is none, or several.
Symbol region_of_variables(const Entity& entity) {
  Symbol found;
  for (const model::Attribute& row : entity.attributes.of(attribute::environment)) {
    const auto* text = std::get_if<Symbol>(&row.value);
    if (text == nullptr || std::find(k_variables.begin(), k_variables.end(), row.key.view()) == k_variables.end()) continue;
    if (!found.empty() && found != *text) return {};
    found = *text;
  }
  return found;
}

/// The region of all zones, where they are of one.
Symbol region_of_zones(const Entity& entity) {
  const model::TextList& zones = entity.attributes.list(attribute::zones);
  std::string_view found;
  for (const Symbol zone : zones) {
    const auto region = connection::find_region(zone.view());
    if (!region || (!found.empty() && found != region->region)) return {};
    found = region->region;
  }
  return Symbol(found);
}

/// What is declared before what the environment's target says, before what programs are told.
Symbol region_of(const Entity& entity) {
  if (const Symbol declared = entity.attributes.text(attribute::declared_region); !declared.empty()) return declared;
  if (const Symbol by_zones = region_of_zones(entity); !by_zones.empty()) return by_zones;
  if (connection::find_region(entity.id.target.view())) return entity.id.target;
  return region_of_variables(entity);
}

void set_place(Entity& entity, Symbol region) {
  const auto facts = connection::find_region(region.view());
  entity.attributes.set(attribute::region, facts ? Symbol(facts->region) : region);
  if (!facts) return;
  std::set<Symbol> jurisdictions;
  if (!facts->country.empty()) jurisdictions.insert(Symbol(facts->country));
  if (facts->protection == connection::DataProtection::eu) jurisdictions.insert(Symbol("EU"));
  if (!jurisdictions.empty()) entity.attributes.set(attribute::jurisdictions, TextList(jurisdictions.begin(), jurisdictions.end()));
}

bool has_place(const Entity& entity) {
  return model::is_workload(entity.kind) || entity.kind == EntityKind::gateway || entity.kind == EntityKind::host ||
         entity.kind == EntityKind::network || entity.kind == EntityKind::resource ||
         entity.attributes.find(attribute::declared_region) != nullptr;
}

}  // namespace

void classify_places(ArchitectureGraph& graph) {
  for (model::EntityIndex index = 0; index < graph.entities().size(); ++index) {
    const Entity& entity = graph.entity(index);
    if (is_outside(entity.kind) || !has_place(entity) || entity.attributes.find(attribute::region) != nullptr) continue;
    if (const Symbol region = region_of(entity); !region.empty()) set_place(graph.entity_for_derivation(index), region);
  }
}

}  // namespace postern::classify
