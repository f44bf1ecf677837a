// SPDX-License-Identifier: Apache-2.0
// Finds what entries of catalogues describe.
#include "resolve/catalogue.h"

#include <postern/base/text.h>

#include <algorithm>
#include <array>

#include "resolve/attach_names.h"
#include "resolve/path_rules.h"

namespace postern::resolve {
namespace {

using model::ArchitectureGraph;
using model::Entity;
using model::EntityIndex;
using model::EntityKind;
using model::Symbol;
namespace attribute = model::attribute;

std::string_view setting_of(const Entity& entity, std::string_view key) {
  const model::Attribute* row = entity.attributes.find(attribute::settings, {}, Symbol(key));
  const auto* text = row == nullptr ? nullptr : std::get_if<Symbol>(&row->value);
  return text == nullptr ? std::string_view() : text->view();
}

/// Whether an entry of that type may be about an entity of that kind.
bool may_describe(std::string_view type, EntityKind kind) {
  if (type == "backstage-api") return kind == EntityKind::api;
  if (type == "backstage-resource") return model::is_store(kind) || kind == EntityKind::resource;
  return kind == EntityKind::service || kind == EntityKind::function || kind == EntityKind::job;
}

std::string core_of(std::string_view type, std::string_view name) {
  return type == "backstage-resource" ? store_core(name) : service_core(name);
}

/// 0: exactly the name; 1: the same without decoration; nothing: another one.
std::optional<std::size_t> distance(std::string_view type, std::string_view wanted, const Entity& entity) {
  if (plain_name(wanted) == plain_name(entity.name.view())) return 0;
  const std::string core = core_of(type, wanted);
  if (!core.empty() && core == core_of(type, entity.name.view())) return 1;
  return std::nullopt;
}

bool is_declared_in(const Entity& entity, std::string_view path) {
  return std::any_of(entity.locations.begin(), entity.locations.end(),
                     [&](const model::Location& at) { return at.file.view() == path; });
}

int rank_of_tier(std::string_view tier) {
  constexpr std::array<std::string_view, 4> k_tiers = {"low", "normal", "high", "mission-critical"};
  const auto at = std::find(k_tiers.begin(), k_tiers.end(), tier);
  return at == k_tiers.end() ? -1 : static_cast<int>(at - k_tiers.begin());
}

}  // namespace

bool is_catalogue_entry(const Entity& entity) {
  return entity.attributes.text(attribute::resource_type).view().starts_with("backstage-");
}
bool is_path_rules(const Entity& entity) { return entity.attributes.text(attribute::resource_type).view() == "codeowners"; }

std::optional<EntityIndex> described_by(const ArchitectureGraph& graph, EntityIndex entry_index) {
  const Entity& entry = graph.entity(entry_index);
  const std::string_view type = entry.attributes.text(attribute::resource_type).view();
  const std::string_view workload = setting_of(entry, "workload");
  const std::string_view definition = setting_of(entry, "definition");
  const std::string_view wanted = workload.empty() ? entry.name.view() : workload;
  const std::string_view path = entry.locations.empty() ? std::string_view() : entry.locations.front().file.view();
  std::vector<Candidate> candidates;
  for (EntityIndex index = 0; index < graph.entities().size(); ++index) {
    const Entity& entity = graph.entity(index);
    const bool same_place = entity.id.application == entry.id.application && entity.id.target == entry.id.target;
    if (!same_place || !may_describe(type, entity.kind) || is_catalogue_entry(entity)) continue;
    if (!definition.empty() && is_declared_in(entity, definition)) return index;
    if (const auto far = distance(type, wanted, entity))
      candidates.push_back({entity.id.address, index, *far, nearness(entity, path)});
  }
  const Candidate* best = only_best(candidates);
  return best == nullptr ? std::nullopt : std::optional<EntityIndex>(best->index);
}

void hand_over_catalogue(const Entity& entry, Entity& entity, base::DiagnosticSink& diagnostics) {
  for (const auto* definition : {&attribute::owner, &attribute::lifecycle, &attribute::system, &attribute::tier}) {
    const model::Attribute* said = entry.attributes.find(*definition);
    if (said == nullptr) continue;
    const model::Attribute* own = entity.attributes.find(*definition);
    const bool raises = definition == &attribute::tier && own != nullptr &&
                        rank_of_tier(model::to_string(said->value)) > rank_of_tier(model::to_string(own->value));
    if (own == nullptr || raises) {
      entity.attributes.set(*said);
    } else if (own->value != said->value) {
      diagnostics.warning("P2009", said->location,
                          "the catalogue says that '" + std::string(definition->name) + "' of '" + entity.id.address.str() +
                              "' is '" + model::to_string(said->value) + "', and the entity itself says '" +
                              model::to_string(own->value) + "' (" + base::to_string(own->location) + ")",
                          "correct one of them; what the entity says itself counts");
    }
  }
}

void own_by_path(model::GraphFragment& fragment, const Entity& entry) {
  const std::vector<PathRule> rules = path_rules_of(entry);
  for (Entity& entity : fragment.entities) {
    const bool can_be_owned = model::is_workload(entity.kind) || entity.kind == EntityKind::api ||
                              entity.kind == EntityKind::gateway || entity.kind == EntityKind::resource ||
                              entity.kind == EntityKind::host || entity.kind == EntityKind::network;
    if (!can_be_owned || entity.locations.empty() || entity.attributes.find(attribute::owner) != nullptr) continue;
    if (entity.id.application != entry.id.application || entity.id.target != entry.id.target) continue;
    const PathRule* rule = last_rule_for(rules, entity.locations.front().file.view());
    if (rule != nullptr && !rule->owners.empty()) entity.attributes.set(attribute::owner, rule->owners, rule->location);
  }
}

}  // namespace postern::resolve
