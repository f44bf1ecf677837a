// SPDX-License-Identifier: Apache-2.0
// Sets of packs: look-up, choice, union, digest.
#include "policy/pack.h"

#include <postern/base/digest.h>
#include <postern/base/error.h>
#include <postern/base/text.h>

#include <algorithm>

#include "shipped_packs.h"

namespace postern::policy {

std::size_t PackSet::rule_count() const noexcept {
  std::size_t count = 0;
  for (const Pack& pack : packs) count += pack.rules.size();
  return count;
}

const Rule* PackSet::find_rule(std::string_view id) const noexcept {
  for (const Pack& pack : packs) {
    for (const Rule& rule : pack.rules) {
      if (rule.id == id) return &rule;
    }
  }
  return nullptr;
}

std::string PackSet::digest() const {
  base::PartsDigest digest;
  for (const Pack& pack : packs) digest.add(pack.name).add(pack.version).add(pack.digest);
  return digest.hex();
}

std::vector<PackFile> shipped_pack_files() {
  std::vector<PackFile> files;
  for (const base::EmbeddedFile& file : shipped_packs()) files.push_back({std::string(file.path), std::string(file.text)});
  return files;
}

PackSet select_packs(const PackSet& packs, std::span<const std::string> names) {
  std::vector<std::string_view> known;
  for (const Pack& pack : packs.packs) known.push_back(pack.name);
  for (const std::string& name : names) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    const auto near = base::did_you_mean(name, known);
    std::string hint = "known packs are:";
    for (const std::string_view pack : known) hint += " " + std::string(pack);
    throw UsageError("there is no policy pack called '" + name + "'", near ? "did you mean '" + *near + "'?" : hint);
  }
  PackSet chosen;
  for (const Pack& pack : packs.packs) {
    if (std::find(names.begin(), names.end(), pack.name) != names.end()) chosen.packs.push_back(pack);
  }
  return chosen;
}

PackSet join_packs(PackSet a, PackSet b) {
  for (const Pack& pack : b.packs) {
    const auto same = [&](const Pack& other) { return other.name == pack.name; };
    if (std::any_of(a.packs.begin(), a.packs.end(), same))
      throw UsageError("there are two policy packs called '" + pack.name + "'");
    for (const Rule& rule : pack.rules) {
      if (a.find_rule(rule.id) == nullptr) continue;
      throw UsageError("two policy packs have a rule '" + rule.id + "': " + a.find_rule(rule.id)->pack + " and " + pack.name);
    }
  }
  std::move(b.packs.begin(), b.packs.end(), std::back_inserter(a.packs));
  std::stable_sort(a.packs.begin(), a.packs.end(), [](const Pack& x, const Pack& y) { return x.name < y.name; });
  return a;
}

}  // namespace postern::policy
