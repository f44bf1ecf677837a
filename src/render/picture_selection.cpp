// SPDX-License-Identifier: Apache-2.0
// Ranking the parts of a picture.
#include "render/picture_selection.h"

#include <algorithm>
#include <map>
#include <set>

namespace postern::render {
namespace {

using model::EntityId;
using model::PictureEntity;
using model::PictureRelation;

constexpr std::size_t k_relations_per_entity = 4;  // more lines than that hide the boxes

/// Of two parts that do not change, the one that is exposed or holds data says more than the other.
std::size_t plainness_of(const PictureEntity& entity) {
  if (entity.exposure == "internet" || !entity.data_classes.empty()) return 0;
  return model::is_store(entity.kind) || entity.kind == model::EntityKind::third_party ? 1 : 2;
}

/// 0 for what decides, in its order; then changes, neighbours of changes, context.
std::map<EntityId, std::size_t> ranks_of(const model::Picture& picture, const PictureOptions& options) {
  const std::size_t deciding = options.deciding.size();
  std::map<EntityId, std::size_t> ranks;
  for (const PictureEntity& entity : picture.entities) ranks[entity.id] = deciding + (entity.change ? 0 : 2 + plainness_of(entity));
  for (const PictureRelation& relation : picture.relations) {
    const auto lift = [&](const EntityId& one, const EntityId& other) {
      const auto at = ranks.find(one);
      const auto neighbour = ranks.find(other);
      const bool is_near = relation.change || (neighbour != ranks.end() && neighbour->second == deciding);
      if (at != ranks.end() && is_near) at->second = std::min(at->second, deciding + 1);
    };
    lift(relation.source, relation.target);
    lift(relation.target, relation.source);
  }
  for (std::size_t at = deciding; at-- > 0;) {
    if (const auto found = ranks.find(options.deciding[at]); found != ranks.end()) found->second = at;
  }
  return ranks;
}

std::vector<ShownEntity> shown_entities(const model::Picture& picture, const PictureOptions& options) {
  const std::map<EntityId, std::size_t> ranks = ranks_of(picture, options);
  std::vector<std::pair<std::size_t, std::size_t>> order;  // rank, index
  for (std::size_t at = 0; at < picture.entities.size(); ++at) order.emplace_back(ranks.at(picture.entities[at].id), at);
  std::sort(order.begin(), order.end());
  if (options.most_entities != 0 && order.size() > options.most_entities) order.resize(options.most_entities);
  std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  std::vector<ShownEntity> shown;
  for (const auto& [rank, at] : order) shown.push_back({&picture.entities[at], rank < options.deciding.size(), false});
  return shown;
}

/// Arrows from the internet go to exposed entities that no other exposed entity leads to, so that a way in is drawn once.
void mark_entries(Selection& selection) {
  const auto is_exposed = [&](std::size_t at) { return selection.entities[at].entity->exposure == "internet"; };
  std::set<std::size_t> led_to;
  for (const ShownRelation& relation : selection.relations) {
    const bool is_other = relation.source != relation.target;
    const bool is_removed = relation.relation->change == model::ChangeKind::removed;
    if (is_other && !is_removed && is_exposed(relation.source)) led_to.insert(relation.target);
  }
  bool has_entry = false;
  for (std::size_t at = 0; at < selection.entities.size(); ++at) {
    selection.entities[at].is_entry = is_exposed(at) && !led_to.contains(at);
    has_entry = has_entry || selection.entities[at].is_entry;
  }
  if (has_entry) return;  // otherwise they lead to each other in a ring
  for (std::size_t at = 0; at < selection.entities.size(); ++at) selection.entities[at].is_entry = is_exposed(at);
}

/// `shop` of `shop/cart`; nothing for what lies outside of all applications.
std::string frame_of(const EntityId& id, Frames frames, bool has_applications) {
  const std::string_view address = id.address.view();
  const std::size_t slash = address.find('/');
  if (id.application.empty()) return {};
  if (frames == Frames::applications) return id.application.str();
  if (slash == std::string_view::npos) return {};
  return (has_applications ? id.application.str() + ": " : std::string()) + std::string(address.substr(0, slash));
}

void set_frames(Selection& selection, Frames frames) {
  std::set<base::Symbol> applications;
  for (const ShownEntity& shown : selection.entities) {
    if (!shown.entity->id.application.empty()) applications.insert(shown.entity->id.application);
  }
  std::set<std::string> names = {""};
  const auto name_of = [&](const ShownEntity& shown) { return frame_of(shown.entity->id, frames, applications.size() > 1); };
  for (const ShownEntity& shown : selection.entities) names.insert(name_of(shown));
  if (names.size() < 3) return;  // one frame around everything says nothing
  selection.frames.assign(names.begin(), names.end());
  for (ShownEntity& shown : selection.entities) {
    shown.frame = static_cast<std::size_t>(std::distance(names.begin(), names.find(name_of(shown))));
  }
}

}  // namespace

Selection select(const model::Picture& picture, const PictureOptions& options) {
  Selection selection{shown_entities(picture, options), {}, {}, picture.entities.size(), picture.relations.size()};
  std::map<EntityId, std::size_t> positions;
  for (std::size_t at = 0; at < selection.entities.size(); ++at) positions.emplace(selection.entities[at].entity->id, at);
  for (const PictureRelation& relation : picture.relations) {
    const auto source = positions.find(relation.source);
    const auto target = positions.find(relation.target);
    if (source == positions.end() || target == positions.end()) continue;
    selection.relations.push_back({&relation, source->second, target->second});
  }
  std::stable_partition(selection.relations.begin(), selection.relations.end(),
                        [](const ShownRelation& one) { return one.relation->change.has_value(); });
  const std::size_t most = k_relations_per_entity * options.most_entities;
  if (most != 0 && selection.relations.size() > most) selection.relations.resize(most);
  mark_entries(selection);
  if (options.frames != Frames::none) set_frames(selection, options.frames);
  return selection;
}

}  // namespace postern::render
