// SPDX-License-Identifier: Apache-2.0
// The reach of an outage, in words and as data.
#include "render/map_impact.h"

#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "render/json_output.h"
#include "render/json_writer.h"
#include "render/text_layout.h"
#include "render/words.h"

namespace postern::render {
namespace {

using model::ArchitectureGraph;
using model::Entity;
using model::Impact;
using model::ImpactEffect;
using model::ImpactRow;
namespace attribute = model::attribute;

struct EffectWords {
  ImpactEffect effect;
  std::string_view title;
  Tone tone;
};
constexpr std::array k_effects = {
    EffectWords{ImpactEffect::gone, "Gone", Tone::red},
    EffectWords{ImpactEffect::fails, "Fails, because something that it needs does", Tone::red},
    EffectWords{ImpactEffect::degraded, "Goes on with less", Tone::amber},
    EffectWords{ImpactEffect::unknown, "Not known: nothing says where it runs", Tone::faint},
};

constexpr std::array<std::string_view, 4> k_tiers = {"mission-critical", "high", "normal", "low"};

std::size_t rank_of_tier(const Entity& entity) {
  const std::string_view tier = model::tier_of(entity.attributes).view();
  const auto at = std::find(k_tiers.begin(), k_tiers.end(), tier);
  return at == k_tiers.end() ? 2 : static_cast<std::size_t>(at - k_tiers.begin());
}

/// What people call a box; the endpoints and routes on the way explain, but are not counted.
bool is_shown(const Entity& entity) {
  return model::is_workload(entity.kind) || entity.kind == model::EntityKind::gateway || entity.kind == model::EntityKind::host ||
         entity.kind == model::EntityKind::third_party || entity.kind == model::EntityKind::external;
}

std::vector<const ImpactRow*> rows_of(const ArchitectureGraph& graph, const Impact& impact, ImpactEffect effect) {
  std::vector<const ImpactRow*> rows;
  for (const ImpactRow& row : impact.rows)
    if (row.effect == effect && is_shown(graph.entity(row.entity))) rows.push_back(&row);
  std::stable_sort(rows.begin(), rows.end(), [&](const ImpactRow* a, const ImpactRow* b) {
    return rank_of_tier(graph.entity(a->entity)) < rank_of_tier(graph.entity(b->entity));
  });
  return rows;
}

/// `datastore, mission-critical, holds PII, team-orders`.
std::string traits_of(const Entity& entity) {
  std::string kind = to_string(entity.kind);
  std::replace(kind.begin(), kind.end(), '_', ' ');
  std::vector<std::string> parts = {kind};
  if (const auto tier = model::tier_of(entity.attributes); !tier.empty()) parts.push_back(tier.str());
  if (const auto data = model::strings_of(entity.attributes.list(attribute::data_classes)); !data.empty())
    parts.push_back("holds " + base::join(data, ", "));
  if (const auto owner = entity.attributes.text(attribute::owner); !owner.empty()) parts.push_back(owner.str());
  return base::join(parts, ", ");
}

std::string reason_of(const ArchitectureGraph& graph, const ImpactRow& row) {
  const model::Relation& relation = graph.relation(row.through);
  std::string kind = to_string(relation.kind);
  std::replace(kind.begin(), kind.end(), '_', ' ');
  std::string text = kind + " " + graph.entity(relation.target).id.address.str();
  if (!relation.evidence.empty()) text += " (" + to_string(relation.evidence.front().location) + ")";
  return text;
}

Json json_of(const ArchitectureGraph& graph, const ImpactRow& row) {
  const Entity& entity = graph.entity(row.entity);
  Json out = {{"entity", to_string(entity.id)},
              {"name", entity.name.str()},
              {"kind", to_string(entity.kind)},
              {"effect", to_string(row.effect)},
              {"distance", row.distance},
              {"tier", model::tier_of(entity.attributes).str()},
              {"owner", entity.attributes.text(attribute::owner).str()},
              {"data_classes", model::strings_of(entity.attributes.list(attribute::data_classes))}};
  if (row.distance == 0) return out;
  const model::Relation& relation = graph.relation(row.through);
  Json evidence = Json::array();
  for (const model::Evidence& each : relation.evidence) {
    JsonWriter writer;
    fields(writer, each);
    evidence.push_back(writer.take());
  }
  out["through"] = {{"relation", to_string(relation.kind)},
                    {"entity", to_string(graph.entity(relation.target).id)},
                    {"evidence", std::move(evidence)}};
  return out;
}

}  // namespace

std::string impact_text(const ArchitectureGraph& graph, const Impact& impact, const TextOptions& options) {
  TextLayout out(options);
  std::vector<std::string> counts;
  constexpr std::array<std::string_view, 4> k_words = {" gone", " fail with it", " degraded", " not known"};
  for (const EffectWords& each : k_effects) {
    const std::size_t count = rows_of(graph, impact, each.effect).size();
    counts.push_back(std::to_string(count) + std::string(k_words.at(static_cast<std::size_t>(each.effect))));
  }
  out.paragraph("", "Without " + impact.outage + ": " + base::join(counts, ", "));
  for (const EffectWords& each : k_effects) {
    const auto rows = rows_of(graph, impact, each.effect);
    if (rows.empty()) continue;
    out.blank();
    out.line({{each.tone, std::string(each.title)}});
    for (const ImpactRow* row : rows) {
      const Entity& entity = graph.entity(row->entity);
      out.line({{Tone::strong, "  " + entity.id.address.str()}, {Tone::faint, "  " + traits_of(entity)}});
      if (row->distance != 0) out.paragraph("      through  ", reason_of(graph, *row));
    }
  }
  return out.take();
}

std::string impact_json(const ArchitectureGraph& graph, const Impact& impact) {
  Json rows = Json::array();
  for (const EffectWords& each : k_effects)
    for (const ImpactRow* row : rows_of(graph, impact, each.effect)) rows.push_back(json_of(graph, *row));
  return json_text({{"schema_version", 1}, {"outage", impact.outage}, {"entities", std::move(rows)}});
}

}  // namespace postern::render
