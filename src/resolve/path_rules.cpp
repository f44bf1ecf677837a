// SPDX-License-Identifier: Apache-2.0
// Matches paths by parts.
#include "resolve/path_rules.h"

#include <postern/base/text.h>

#include <span>

namespace postern::resolve {
namespace {

using Parts = std::vector<std::string_view>;

/// `*` and `?` within one part. Linear for all that people write: the last star is the only one that is tried again.
bool part_matches(std::string_view pattern, std::string_view text) {
  std::size_t at = 0;
  std::size_t star = std::string_view::npos;
  std::size_t resume = 0;
  for (std::size_t i = 0; i < text.size();) {
    if (at < pattern.size() && (pattern[at] == '?' || pattern[at] == text[i]) && pattern[at] != '*') {
      ++at;
      ++i;
    } else if (at < pattern.size() && pattern[at] == '*') {
      star = at++;
      resume = i;
    } else if (star != std::string_view::npos) {
      at = star + 1;
      i = ++resume;
    } else {
      return false;
    }
  }
  while (at < pattern.size() && pattern[at] == '*') ++at;
  return at == pattern.size();
}

/// Whether the pattern takes up the whole path, or a folder above it where that is allowed. `**` is any number of parts.
bool parts_match(std::span<const std::string_view> pattern, std::span<const std::string_view> path, bool folders_too) {
  std::size_t at = 0;
  std::size_t star = std::string_view::npos;
  std::size_t resume = 0;
  for (std::size_t i = 0;;) {
    if (at == pattern.size() && (i == path.size() || folders_too)) return true;
    if (i == path.size()) break;
    if (at < pattern.size() && pattern[at] == "**") {
      star = at++;
      resume = i;
    } else if (at < pattern.size() && part_matches(pattern[at], path[i])) {
      ++at;
      ++i;
    } else if (star != std::string_view::npos) {
      at = star + 1;
      i = ++resume;
    } else {
      return false;
    }
  }
  while (at < pattern.size() && pattern[at] == "**") ++at;
  return at == pattern.size();
}

}  // namespace

bool is_meant(std::string_view pattern, std::string_view path) {
  const bool anchored = pattern.starts_with('/') || pattern.substr(0, pattern.size() - 1).find('/') != std::string_view::npos;
  const bool only_folder = pattern.ends_with('/');
  while (pattern.starts_with('/')) pattern.remove_prefix(1);
  while (pattern.ends_with('/')) pattern.remove_suffix(1);
  if (pattern.empty() || pattern == "*") return true;
  Parts parts = base::split(pattern, '/');
  if (!anchored) parts.insert(parts.begin(), "**");
  if (only_folder) parts.emplace_back("**");
  // `docs/*` means the files in that folder alone; anything else means what is below as well.
  const bool folders_too = parts.back() != "*";
  const Parts steps = base::split(path, '/');
  return parts_match(parts, steps, folders_too);
}

const PathRule* last_rule_for(const std::vector<PathRule>& rules, std::string_view path) {
  for (auto rule = rules.rbegin(); rule != rules.rend(); ++rule) {
    const std::string_view folder = rule->folder;
    const bool below = folder.empty() || (path.starts_with(folder) && path.size() > folder.size() && path[folder.size()] == '/');
    if (below && is_meant(rule->pattern, folder.empty() ? path : path.substr(folder.size() + 1))) return &*rule;
  }
  return nullptr;
}

std::vector<PathRule> path_rules_of(const model::Entity& entry) {
  constexpr std::string_view k_prefix = "catalogue/codeowners/";
  constexpr std::size_t k_number = 7;  // six digits and a blank before the pattern
  std::vector<PathRule> rules;
  for (const model::Attribute& row : entry.attributes.of(model::attribute::settings)) {
    const auto* owners = std::get_if<model::Symbol>(&row.value);
    if (owners == nullptr || row.key.view().size() <= k_number) continue;
    rules.push_back({std::string(entry.id.address.view().substr(k_prefix.size())), std::string(row.key.view().substr(k_number)),
                     *owners, row.location});
  }
  return rules;
}

}  // namespace postern::resolve
