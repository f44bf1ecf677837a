// SPDX-License-Identifier: Apache-2.0
// Lookups in the table of regions.
#include "connection/region.h"

#include <postern/base/error.h>
#include <postern/base/text.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "connection/knowledge_table.h"

namespace postern::connection {
namespace {

using Key = std::pair<std::string_view, std::string_view>;

DataProtection protection_of(std::string_view word) {
  static const std::map<std::string_view, DataProtection> words{
      {"eu", DataProtection::eu},           {"eea", DataProtection::eea},   {"adequate", DataProtection::adequate},
      {"partial", DataProtection::partial}, {"none", DataProtection::none}, {"global", DataProtection::global}};
  const auto found = words.find(word);
  POSTERN_ASSERT(found != words.end());
  return found->second;
}

struct RegionTable {
  std::map<Key, RegionFacts> by_name;
  std::map<Key, RegionFacts> by_code;
  std::map<std::string_view, std::vector<RegionFacts>> by_region;
  std::map<std::string_view, DataProtection> by_country;
};

const RegionTable& table() {
  static const RegionTable built = [] {
    RegionTable regions;
    for (const TableRow& cells : read_knowledge("regions.tsv", 5)) {
      const RegionFacts facts{cells[0], cells[1], cell_text(cells[2]), protection_of(cells[3])};
      regions.by_name.emplace(Key{cells[0], cells[1]}, facts);
      regions.by_region[cells[1]].push_back(facts);
      if (!facts.country.empty()) regions.by_country.emplace(facts.country, facts.protection);
      for (const std::string_view code : words_of(cells[4])) regions.by_code.emplace(Key{cells[0], code}, facts);
    }
    return regions;
  }();
  return built;
}

std::optional<RegionFacts> find_in(const std::map<Key, RegionFacts>& map, Key key) {
  const auto found = map.find(key);
  return found == map.end() ? std::nullopt : std::optional(found->second);
}

/// "eu-west-1a" -> "eu-west-1", "europe-west4-b" -> "europe-west4"; empty when the name is no zone.
std::string_view region_of_zone(std::string_view zone) {
  if (zone.size() < 4 || zone.back() < 'a' || zone.back() > 'z') return {};
  const std::string_view rest = zone.substr(0, zone.size() - 1);
  if (rest.ends_with('-')) return rest.substr(0, rest.size() - 1);
  return rest.back() >= '0' && rest.back() <= '9' ? rest : std::string_view{};
}

bool is_large(const RegionFacts& row) { return row.provider == "aws" || row.provider == "azure" || row.provider == "gcp"; }

}  // namespace

std::optional<RegionFacts> find_exact_region(std::string_view provider, std::string_view region) {
  if (auto facts = find_in(table().by_name, {provider, region})) return facts;
  if (provider != "azure") return std::nullopt;
  std::string joined = base::to_lower(region);
  joined.erase(std::remove_if(joined.begin(), joined.end(), [](char c) { return c == '-' || c == ' '; }), joined.end());
  return find_in(table().by_name, {provider, joined});
}

std::optional<RegionFacts> find_region_by_code(std::string_view provider, std::string_view code) {
  return find_in(table().by_code, {provider, code});
}

DataProtection protection_of_country(std::string_view country) {
  const auto found = table().by_country.find(country);
  return found == table().by_country.end() ? DataProtection::unknown : found->second;
}

std::optional<RegionFacts> find_region(std::string_view provider, std::string_view region) {
  const std::string name = base::to_lower(base::trim(region));
  if (auto facts = find_exact_region(provider, name)) return facts;
  const std::string_view zone = region_of_zone(name);
  return zone.empty() ? std::nullopt : find_exact_region(provider, zone);
}

std::optional<RegionFacts> find_region(std::string_view region) {
  const std::string name = base::to_lower(base::trim(region));
  for (const std::string_view candidate : {std::string_view(name), region_of_zone(name)}) {
    const auto found = table().by_region.find(candidate);
    if (candidate.empty() || found == table().by_region.end()) continue;
    std::vector<RegionFacts> rows = found->second;
    // Smaller providers borrow names of regions for other places; without a word about the provider they are not meant.
    if (std::any_of(rows.begin(), rows.end(), is_large)) std::erase_if(rows, [](const RegionFacts& row) { return !is_large(row); });
    const bool agree =
        std::all_of(rows.begin(), rows.end(), [&](const RegionFacts& row) { return row.country == rows.front().country; });
    return agree ? std::optional(rows.front()) : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace postern::connection
