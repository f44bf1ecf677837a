// SPDX-License-Identifier: Apache-2.0
// Sets of packs: look-up, choice, union, digest.
#include "policy/pack.h"

#include <postern/base/digest.h>
#include <postern/base/error.h>
#include <postern/base/text.h>

#include <algorithm>

#include "shipped_packs.h"

namespace postern::policy {
namespace {

/// `secrets@1.0` -> secrets, 1.0.
std::pair<std::string_view, std::string_view> split_name(std::string_view name) {
  const std::size_t at = name.find('@');
  return at == std::string_view::npos ? std::pair(name, std::string_view()) : std::pair(name.substr(0, at), name.substr(at + 1));
}

[[noreturn]] void refuse_unknown(const PackSet& packs, std::string_view name) {
  std::vector<std::string_view> known;
  std::string hint = "known packs are:";
  for (const Pack& pack : packs.packs) {
    known.push_back(pack.name);
    hint += " " + pack.name;
  }
  const auto near = base::did_you_mean(name, known);
  throw UsageError("there is no policy pack called '" + std::string(name) + "'", near ? "did you mean '" + *near + "'?" : hint);
}

}  // namespace

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
  PackSet chosen;
  for (const Pack& pack : packs.packs) {
    if (std::any_of(names.begin(), names.end(), [&](const std::string& name) { return split_name(name).first == pack.name; }))
      chosen.packs.push_back(pack);
  }
  for (const std::string& name : names) {
    const auto [wanted, version] = split_name(name);
    const auto at = std::find_if(chosen.packs.begin(), chosen.packs.end(), [&](const Pack& pack) { return pack.name == wanted; });
    if (at == chosen.packs.end()) refuse_unknown(packs, wanted);
    if (version.empty() || (at->version + ".").starts_with(std::string(version) + ".")) continue;
    throw UsageError(
        "the policy pack '" + at->name + "' has version " + at->version + ", but version " + std::string(version) + " is asked for",
        "read what changed between the two, then name the version that you want");
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
