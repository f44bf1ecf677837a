// SPDX-License-Identifier: Apache-2.0
// Libraries of both states: bound to what contains them, kept where nothing changed, unknown where nothing is known.
#include "resolve/libraries/settle.h"

#include <algorithm>
#include <set>
#include <unordered_set>

#include "package/image_name.h"
#include "resolve/libraries/entities.h"
#include "resolve/libraries/holdings.h"

namespace postern::resolve::libraries {
namespace {

using model::ArchitectureGraph;
using model::EntityId;

/// More than that in both states together, and only differences become entities: a library costs about a kilobyte as an entity and
/// sixty bytes as a row.
constexpr std::size_t k_most_entities = 100'000;

/// The images of an entity that a bill of materials is about; all of them where none can be told.
std::vector<std::string> images_meant(const model::Entity& entity, const Holding& holding) {
  const std::vector<std::string> all = images_of(entity);
  std::unordered_set<std::string> repositories;
  for (const Sbom& sbom : holding.sboms) {
    for (const model::Symbol image : sbom.fact->images) repositories.insert(package::image_name(image.view()).repository);
  }
  std::vector<std::string> meant;
  for (const std::string& image : all) {
    if (repositories.contains(package::image_name(image).repository)) meant.push_back(image);
  }
  return meant.empty() ? all : meant;
}

bool runs_the_same(const State& before, const State& after, const EntityId& owner, const Holding& holding) {
  const auto then = before.graph.find(owner);
  const auto now = after.graph.find(owner);
  if (!then || !now) return false;
  return images_meant(before.graph.entity(*then), holding) == images_meant(after.graph.entity(*now), holding);
}

bool is_fresh(const Sbom& sbom) { return !sbom.is_retained; }

/// What came with the candidate takes the place of its like that was kept of the baseline: a lock file that of lock files, a bill
/// of materials that of bills of materials. What is about an image that runs no more is dropped as soon as anything else came;
/// where it listed kinds of packages that nothing else lists (those of the distribution, beside a lock file), they are not known
/// any more: the answer is false.
bool drop_superseded(Holding& holding, bool runs_the_same) {
  std::set<model::SbomSource> fresh;
  for (const Sbom& sbom : holding.sboms) {
    if (is_fresh(sbom)) fresh.insert(sbom.fact->source);
  }
  if (fresh.empty()) return true;
  const auto replaced = [&](const Sbom& sbom) { return sbom.is_retained && fresh.contains(sbom.fact->source); };
  std::erase_if(holding.sboms, replaced);
  std::set<std::string_view> gone;
  std::set<std::string_view> listed;
  for (const Sbom& sbom : holding.sboms) {
    if (!sbom.is_retained) add_kinds(sbom, listed);
    if (sbom.is_retained && sbom.fact->source == model::SbomSource::statement) add_kinds(sbom, gone);
  }
  const bool is_covered = runs_the_same || std::includes(listed.begin(), listed.end(), gone.begin(), gone.end());
  if (!runs_the_same) std::erase_if(holding.sboms, [](const Sbom& sbom) { return sbom.is_retained; });
  const auto is_complete = [](const Sbom& sbom) { return sbom.fact->complete; };
  holding.is_known = is_covered && std::all_of(holding.sboms.begin(), holding.sboms.end(), is_complete);
  return is_covered;
}

void say_unknown(const State& after, const EntityId& owner, const Holding& then, bool is_workload) {
  const std::string reason = is_workload ? "its image changed and no bill of materials came with it"
                                         : "its bill of materials is missing from the candidate";
  after.diagnostics.warning("P2007", {then.sboms.front().path, 0, 0},
                            "the libraries of " + owner.address.str() + " are unknown: " + reason,
                            "give the bill of materials of the new build to Postern with the manifests");
}

/// Owners of the baseline about which the candidate says nothing.
void keep_or_forget(const State& before, const State& after, const Holdings& then, Holdings& now) {
  for (auto& [owner, holding] : now) {
    if (!then.contains(owner)) compare_lock_files(owner, holding, after.diagnostics);
  }
  for (const auto& [owner, holding] : then) {
    const bool is_workload = before.graph.find(owner).has_value();
    if (is_workload && !after.graph.find(owner)) continue;  // gone, and its libraries with it
    const auto at = now.find(owner);
    const bool stays = is_workload ? runs_the_same(before, after, owner, holding) : at != now.end();
    if (at != now.end() && std::any_of(at->second.sboms.begin(), at->second.sboms.end(), is_fresh)) {
      const bool is_covered = drop_superseded(at->second, stays);
      compare_lock_files(owner, at->second, after.diagnostics);
      if (!is_covered) say_unknown(after, owner, holding, is_workload);
      continue;
    }
    if (stays) {
      now[owner] = holding;
      continue;
    }
    // Nothing of the old list says anything about the new image.
    now[owner] = {holding.sboms, false, {}, true};
    say_unknown(after, owner, holding, is_workload);
  }
}

}  // namespace

namespace {

void collect(const Holdings& holdings, std::vector<model::Component>& components) {
  for (const auto& [owner, holding] : holdings) {
    if (holding.is_forgotten) continue;
    for (const Sbom& sbom : holding.sboms) {
      for (const model::Library& row : sbom.fact->libraries) {
        if (!holding.set_aside.contains(&row)) components.push_back({owner, &row, sbom.path});
      }
    }
  }
}

}  // namespace

std::vector<model::Component> add_libraries(const State& state, const ServiceOfFile& service_of_file, LibraryDetail detail) {
  Holdings holdings = holdings_of(state, service_of_file, nullptr);
  for (auto& [owner, holding] : holdings) compare_lock_files(owner, holding, state.diagnostics);
  EntityBuilder builder(state.graph);
  for (const auto& [owner, holding] : holdings) {
    const std::vector<Group> groups = groups_of(holding);
    builder.add_owner(owner, holding, groups.size());
    if (detail == LibraryDetail::counts) continue;
    for (const Group& group : groups) builder.add_library(owner, holding, group);
  }
  builder.finish();
  std::vector<model::Component> components;
  collect(holdings, components);
  return components;
}

namespace {

/// The libraries of one owner in both states, as far as they are there.
class Pairing {
 public:
  Pairing(EntityBuilder& before, EntityBuilder& after, bool with_unchanged)
      : m_before(before), m_after(after), m_with_unchanged(with_unchanged) {}

  void add(const EntityId& owner, const Holding* then, const Holding* now) {
    const std::vector<Group> old_groups = then == nullptr ? std::vector<Group>() : groups_of(*then);
    const std::vector<Group> new_groups = now == nullptr ? std::vector<Group>() : groups_of(*now);
    if (then != nullptr) m_before.add_owner(owner, *then, old_groups.size());
    if (now != nullptr) m_after.add_owner(owner, *now, new_groups.size());
    auto left = old_groups.begin();
    auto right = new_groups.begin();
    while (left != old_groups.end() || right != new_groups.end()) {
      if (right == new_groups.end() || (left != old_groups.end() && key_of(*left) < key_of(*right))) {
        // Of what is unknown now nothing is gone.
        if (now == nullptr || now->is_known) m_before.add_library(owner, *then, *left);
        ++left;
      } else if (left == old_groups.end() || key_of(*right) < key_of(*left)) {
        m_after.add_library(owner, *now, *right++);
      } else {
        if (m_with_unchanged || !is_same(*left, *right)) {
          m_before.add_library(owner, *then, *left);
          m_after.add_library(owner, *now, *right);
        }
        ++left;
        ++right;
      }
    }
  }

 private:
  EntityBuilder& m_before;
  EntityBuilder& m_after;
  bool m_with_unchanged;
};

std::size_t rows_of(const Holdings& holdings) {
  std::size_t rows = 0;
  for (const auto& [owner, holding] : holdings) {
    for (const Sbom& sbom : holding.sboms) rows += sbom.fact->libraries.size();
  }
  return rows;
}

}  // namespace

Contents add_libraries(const State& before, const State& after, const ServiceOfFile& service_of_file, LibraryDetail detail) {
  Holdings then = holdings_of(before, service_of_file, nullptr);
  for (auto& [owner, holding] : then) compare_lock_files(owner, holding, before.diagnostics);
  Holdings now = holdings_of(after, service_of_file, &then);
  keep_or_forget(before, after, then, now);
  const bool with_unchanged = detail == LibraryDetail::everything ||
                              (detail == LibraryDetail::differences && rows_of(then) + rows_of(now) <= k_most_entities);
  EntityBuilder old_builder(before.graph);
  EntityBuilder new_builder(after.graph);
  Pairing pairing(old_builder, new_builder, with_unchanged);
  for (const auto& [owner, holding] : then) {
    const auto at = now.find(owner);
    pairing.add(owner, &holding, at == now.end() ? nullptr : &at->second);
  }
  for (const auto& [owner, holding] : now) {
    if (!then.contains(owner)) pairing.add(owner, nullptr, &holding);
  }
  old_builder.finish();
  new_builder.finish();
  Contents contents;
  collect(then, contents.before);
  collect(now, contents.after);
  return contents;
}

}  // namespace postern::resolve::libraries
