// SPDX-License-Identifier: Apache-2.0
// Folding by namespace, then by application, then altogether, until the boxes fit.
#include "render/fold.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <unordered_map>

namespace postern::render {
namespace {

using model::ChangeKind;
using model::EntityId;
using model::EntityKind;
using model::Picture;
using model::PictureEntity;
using model::PictureRelation;

using Positions = std::unordered_map<EntityId, std::size_t, model::EntityIdHash>;
constexpr std::size_t k_most_neighbours = 6;  // that a changed part draws into the picture

/// How coarse the groups are.
enum class Grain : std::uint8_t { namespaces, applications, all };

std::uint64_t count_of(const PictureEntity& entity) { return std::max<std::uint64_t>(entity.folded, 1); }

/// A group under construction: its box, and how many are in it.
using GroupId = EntityId;

bool is_outside(const EntityId& id) { return id.application.empty(); }

/// `external/*`, `shop/*`, `*`: an address that no entity has, since no name holds an asterisk.
GroupId group_of(const EntityId& id, Grain grain) {
  if (grain == Grain::all) return {{}, {}, model::Symbol("*")};
  const std::string_view address = id.address.view();
  const std::string_view first = address.substr(0, address.find('/'));
  if (is_outside(id)) return {{}, {}, model::Symbol(std::string(first) + "/*")};
  if (grain == Grain::applications) return {id.application, {}, model::Symbol("*")};
  return {id.application, id.target, model::Symbol(std::string(first) + "/*")};
}

std::string group_name(const GroupId& id) {
  const std::string address = id.address.str();
  if (address == "*") return id.application.empty() ? "everything else" : id.application.str();
  return address.substr(0, address.size() - 2);
}

/// The wider of two exposures.
const std::string& wider(const std::string& a, const std::string& b) {
  constexpr std::array<std::string_view, 4> k_wide = {"internet", "partner", "corporate", "internal"};
  const auto rank = [&](const std::string& one) { return std::find(k_wide.begin(), k_wide.end(), one); };
  return rank(b) < rank(a) ? b : a;
}

void fold_into(PictureEntity& box, const PictureEntity& part) {
  const bool is_first = box.folded == 0;
  box.folded += count_of(part);
  if (is_first) {
    box.exposure = part.exposure;
    box.kind = part.kind;
  }
  if (box.kind != part.kind) box.kind = EntityKind::namespace_;
  box.exposure = wider(box.exposure, part.exposure);
  box.data_classes.insert(box.data_classes.end(), part.data_classes.begin(), part.data_classes.end());
  // One kind of change is told as that; several are a group that was modified.
  if (is_first) box.change = part.change;
  if (box.change != part.change) box.change = ChangeKind::modified;
}

/// Of two parts that do not change and are not near a change, the one that is exposed or holds data says more than the other.
std::size_t plainness_of(const PictureEntity& entity) {
  if (entity.exposure == "internet" || !entity.data_classes.empty()) return 0;
  return model::is_store(entity.kind) || entity.kind == EntityKind::third_party ? 1 : 2;
}

/// How many lines that do not change each entity has.
std::vector<std::size_t> context_of(const Picture& whole, const Positions& positions) {
  std::vector<std::size_t> counts(whole.entities.size(), 0);
  for (const PictureRelation& relation : whole.relations) {
    if (relation.change) continue;
    for (const EntityId* end : {&relation.source, &relation.target}) {
      if (const auto at = positions.find(*end); at != positions.end()) ++counts[at->second];
    }
  }
  return counts;
}

/// Positions of the entities, best first.
struct Order {
  std::vector<std::size_t> positions;
  std::size_t near = 0;  ///< how many of the first ones decide, change or are next to such
};

/// Deciding, changed, near a change, plain.
Order by_rank(const Picture& whole, const Positions& positions, const std::vector<EntityId>& deciding) {
  std::vector<std::size_t> ranks;
  for (const PictureEntity& entity : whole.entities) ranks.push_back(entity.change ? 1 : 3 + plainness_of(entity));
  for (const EntityId& id : deciding) {
    if (const auto at = positions.find(id); at != positions.end()) ranks[at->second] = 0;
  }
  const std::vector<std::size_t> neighbours = context_of(whole, positions);
  std::vector<std::size_t> near;
  for (const PictureRelation& relation : whole.relations) {
    const auto source = positions.find(relation.source);
    const auto target = positions.find(relation.target);
    if (source == positions.end() || target == positions.end()) continue;
    // Everything that calls a store in the middle of all says nothing of the change: it is folded.
    const auto draws_near = [&](std::size_t at) {
      return relation.change || (whole.entities[at].change && neighbours[at] <= k_most_neighbours);
    };
    if (draws_near(source->second)) near.push_back(target->second);
    if (draws_near(target->second)) near.push_back(source->second);
  }
  for (const std::size_t at : near) ranks[at] = std::min<std::size_t>(ranks[at], 2);
  std::vector<std::size_t> order(whole.entities.size());
  for (std::size_t at = 0; at < order.size(); ++at) order[at] = at;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return ranks[a] < ranks[b]; });
  const auto near_ones = std::count_if(ranks.begin(), ranks.end(), [](std::size_t rank) { return rank <= 2; });
  return {std::move(order), static_cast<std::size_t>(near_ones)};
}

using Groups = std::map<GroupId, std::vector<std::size_t>>;

Groups grouped(const Picture& whole, const std::vector<std::size_t>& order, std::size_t first, Grain grain) {
  Groups groups;
  for (std::size_t at = first; at < order.size(); ++at) groups[group_of(whole.entities[order[at]].id, grain)].push_back(order[at]);
  return groups;
}

/// The finest groups that leave room for `kept` boxes.
Groups fitting_groups(const Picture& whole, const std::vector<std::size_t>& order, std::size_t kept, std::size_t room) {
  for (const Grain grain : {Grain::namespaces, Grain::applications}) {
    Groups groups = grouped(whole, order, kept, grain);
    if (groups.size() <= room) return groups;
  }
  return grouped(whole, order, kept, Grain::all);
}

/// For each entity the box that shows it.
struct Boxes {
  std::vector<PictureEntity> all;
  std::vector<std::size_t> of;  ///< index into `all`, by position of the entity
};

Boxes boxes_of(const Picture& whole, const std::vector<std::size_t>& order, std::size_t kept, const Groups& groups) {
  Boxes boxes;
  boxes.of.resize(whole.entities.size());
  std::vector<std::size_t> alone(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(kept));
  for (const auto& [id, parts] : groups) {
    if (parts.size() == 1) alone.push_back(parts.front());
  }
  std::sort(alone.begin(), alone.end());
  for (const std::size_t at : alone) {
    boxes.of[at] = boxes.all.size();
    boxes.all.push_back(whole.entities[at]);
  }
  for (const auto& [id, parts] : groups) {
    if (parts.size() == 1) continue;
    PictureEntity box{id, group_name(id), EntityKind::namespace_, {}, {}, {}, 0};
    for (const std::size_t at : parts) {
      fold_into(box, whole.entities[at]);
      boxes.of[at] = boxes.all.size();
    }
    std::sort(box.data_classes.begin(), box.data_classes.end());
    box.data_classes.erase(std::unique(box.data_classes.begin(), box.data_classes.end()), box.data_classes.end());
    boxes.all.push_back(std::move(box));
  }
  return boxes;
}

}  // namespace

Picture folded(const Picture& whole, const FoldOptions& options) {
  const std::size_t most = std::max<std::size_t>(options.most_boxes, 4);
  if (whole.entities.size() <= most) return whole;
  Positions positions;
  for (std::size_t at = 0; at < whole.entities.size(); ++at) positions.emplace(whole.entities[at].id, at);
  const auto [order, near] = by_rank(whole, positions, options.deciding);
  // A third of the room is for groups, and what they do not need is for parts. Where something changes, what is far from it would
  // only hide it.
  const std::size_t wanted = near == 0 ? order.size() : near;
  const std::size_t least_kept = std::min(most - most / 3, wanted);
  const std::size_t room = fitting_groups(whole, order, least_kept, most / 3).size();
  const std::size_t kept = std::min(most - room, wanted);
  const Boxes boxes = boxes_of(whole, order, kept, fitting_groups(whole, order, kept, room));
  Picture picture{boxes.all, {}};
  std::map<std::pair<std::size_t, std::size_t>, std::size_t> drawn;
  for (const PictureRelation& relation : whole.relations) {
    const auto source = positions.find(relation.source);
    const auto target = positions.find(relation.target);
    if (source == positions.end() || target == positions.end()) continue;
    const std::pair ends{boxes.of[source->second], boxes.of[target->second]};
    const PictureEntity& from = boxes.all[ends.first];
    const PictureEntity& to = boxes.all[ends.second];
    if (ends.first == ends.second && from.folded != 0) continue;
    const auto [at, fresh] = drawn.try_emplace(ends, picture.relations.size());
    if (fresh) {
      picture.relations.push_back({from.id, to.id, relation.kind, relation.change});
    } else if (picture.relations[at->second].change != relation.change) {
      picture.relations[at->second].change = ChangeKind::modified;
    }
  }
  return picture;
}

std::size_t parts_of(const Picture& picture) {
  std::size_t parts = 0;
  for (const PictureEntity& entity : picture.entities) parts += count_of(entity);
  return parts;
}

}  // namespace postern::render
