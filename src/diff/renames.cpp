// SPDX-License-Identifier: Apache-2.0
// Renames: a removed and an added entity of one kind whose content is nearly the same. They are shown as one; rules see both.
#include <algorithm>
#include <map>
#include <set>

#include "diff/diff.h"

namespace postern::diff {
namespace {

using model::ArchitectureGraph;
using model::ChangeKind;
using model::Entity;
using model::EntityChange;

/// Below this share of common attributes two entities are two.
constexpr std::int32_t k_least_similarity_percent = 70;

/// What two entities must share to be compared at all: kind and the names of their images without tags. Keeps the search linear.
std::string bucket_of(const Entity& entity) {
  std::string bucket = model::to_string(entity.kind);
  std::set<std::string> images;
  for (const model::Attribute& row : entity.attributes.of(model::attribute::image)) {
    const auto* image = std::get_if<model::Symbol>(&row.value);
    if (image == nullptr) continue;
    const std::string_view text = image->view().substr(0, image->view().find('@'));
    const std::size_t slash = text.rfind('/');
    const std::size_t colon = text.find(':', slash == std::string_view::npos ? 0 : slash);
    images.insert(std::string(text.substr(0, colon)));
  }
  for (const std::string& image : images) bucket += '|' + image;
  return bucket;
}

std::set<std::string> rows_of(const Entity& entity) {
  std::set<std::string> rows;
  for (const model::Attribute& row : entity.attributes.all()) {
    rows.insert(std::string(row.definition->name) + '[' + row.key.str() + "]=" + model::to_string(row.value));
  }
  return rows;
}

std::int32_t similarity_percent(const Entity& a, const Entity& b) {
  const std::set<std::string> left = rows_of(a);
  const std::set<std::string> right = rows_of(b);
  const auto common = std::count_if(left.begin(), left.end(), [&](const std::string& row) { return right.contains(row); });
  const std::size_t all = left.size() + right.size() - static_cast<std::size_t>(common);
  return all == 0 ? 100 : static_cast<std::int32_t>(100 * static_cast<std::size_t>(common) / all);
}

}  // namespace

std::vector<model::Rename> find_renames(const ArchitectureGraph& before, const ArchitectureGraph& after,
                                        const std::vector<EntityChange>& changes) {
  struct Bucket {
    std::vector<const EntityChange*> removed, added;
  };
  std::map<std::string, Bucket> buckets;
  for (const EntityChange& change : changes) {
    if (change.kind == ChangeKind::removed && model::is_workload(before.entity(*change.before).kind)) {
      buckets[bucket_of(before.entity(*change.before))].removed.push_back(&change);
    } else if (change.kind == ChangeKind::added && model::is_workload(after.entity(*change.after).kind)) {
      buckets[bucket_of(after.entity(*change.after))].added.push_back(&change);
    }
  }
  std::vector<model::Rename> renames;
  for (const auto& [name, bucket] : buckets) {
    // Several candidates on a side would be a guess.
    if (bucket.removed.size() != 1 || bucket.added.size() != 1) continue;
    const EntityChange& removed = *bucket.removed.front();
    const EntityChange& added = *bucket.added.front();
    const std::int32_t percent = similarity_percent(before.entity(*removed.before), after.entity(*added.after));
    if (percent >= k_least_similarity_percent) renames.push_back({removed.id, added.id, percent});
  }
  std::sort(renames.begin(), renames.end(), [](const model::Rename& a, const model::Rename& b) { return a.removed < b.removed; });
  return renames;
}

}  // namespace postern::diff
