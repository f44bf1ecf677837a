// SPDX-License-Identifier: Apache-2.0
// Finds collisions, and the shortest part of the paths that tells all groups apart.
#include <ingest/cloud/prefixes.h>
#include <postern/base/text.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <unordered_map>

namespace postern::ingest::cloud {

void give_prefixes(std::vector<Group>& groups) {
  std::unordered_map<std::string, std::size_t> owners;
  std::set<std::size_t> colliding;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    for (const Resource& resource : *groups[i].resources) {
      if (resource.is_data) continue;
      const auto [at, fresh] = owners.emplace(resource.address, i);
      if (!fresh && at->second != i) colliding.insert({at->second, i});
    }
  }
  if (colliding.empty()) return;
  std::vector<std::vector<std::string_view>> paths;
  for (const Group& group : groups) paths.push_back(base::split(group.path, '/'));
  std::size_t common = 0;
  const auto all_share = [&] {
    return std::all_of(paths.begin(), paths.end(),
                       [&](const auto& path) { return path.size() > common + 1 && path[common] == paths.front()[common]; });
  };
  while (all_share()) ++common;
  for (const std::size_t i : colliding) {
    for (std::size_t part = common; part < paths[i].size(); ++part)
      groups[i].prefix += (part == common ? "" : ".") + std::string(paths[i][part]);
    groups[i].prefix += ":";
  }
}

void add_prefix(const std::string& prefix, model::Fact& fact) {
  if (prefix.empty()) return;
  const auto change = [&](base::Symbol& address) { address = base::Symbol(prefix + address.str()); };
  if (auto* entity = std::get_if<model::EntityFact>(&fact)) change(entity->address);
  if (auto* setting = std::get_if<model::SettingFact>(&fact)) change(setting->owner);
  if (auto* mention = std::get_if<model::MentionFact>(&fact)) change(mention->owner);
  if (auto* reference = std::get_if<model::ReferenceFact>(&fact)) {
    change(reference->source);
    change(reference->target);
  }
}

}  // namespace postern::ingest::cloud
