// SPDX-License-Identifier: Apache-2.0
// Lock files beside bills of materials of the same owner: nothing counts twice, and where they disagree one warning says so.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "resolve/libraries/holdings.h"

namespace postern::resolve::libraries {
namespace {

using model::Library;
using model::SbomSource;
using model::Symbol;

/// `pkg:npm/` of `pkg:npm/left-pad`; empty for what has no package URL.
std::string_view kind_of(Symbol purl) {
  const std::string_view text = purl.view();
  return text.starts_with("pkg:") ? text.substr(0, text.find('/')) : std::string_view();
}

/// `v1.2.3` and `1.2.3` are one version: tools differ in it for Go and Composer.
std::string_view plain(std::string_view version) {
  if (version.size() > 1 && version.front() == 'v' && version[1] >= '0' && version[1] <= '9') version.remove_prefix(1);
  return version;
}

/// What the bills of materials of an owner say: versions by package, and the kinds of packages that they list.
struct Stated {
  std::map<Symbol, std::set<std::string_view>> versions;
  std::set<std::string_view> kinds;
  Symbol path;
};

Stated stated_in(const Holding& holding) {
  Stated stated;
  for (const Sbom& sbom : holding.sboms) {
    if (sbom.fact->source != SbomSource::statement) continue;
    if (stated.path.empty()) stated.path = sbom.path;
    for (const Library& row : sbom.fact->libraries) {
      stated.versions[row.purl].insert(plain(row.version.view()));
      stated.kinds.insert(kind_of(row.purl));
    }
  }
  return stated;
}

/// What runs wherever the whole runs. A module of Go that another one names need not be part of the program.
bool is_needed(const Library& row) {
  if (row.scope == model::ComponentScope::excluded || row.scope == model::ComponentScope::optional) return false;
  return kind_of(row.purl) != "pkg:golang" || row.directness == model::Directness::direct;
}

struct Disagreement {
  std::size_t lacking = 0;
  std::size_t different = 0;
  std::string examples;

  void add(const Library& row, bool is_lacking) {
    constexpr std::size_t k_most = 3;
    if (lacking + different < k_most) examples += (examples.empty() ? "" : ", ") + row.name.str() + ' ' + row.version.str();
    ++(is_lacking ? lacking : different);
  }
};

Disagreement compare(const Sbom& lock, const Stated& stated, std::unordered_set<const Library*>& set_aside) {
  Disagreement found;
  for (const Library& row : lock.fact->libraries) {
    if (!stated.kinds.contains(kind_of(row.purl))) continue;
    const auto present = stated.versions.find(row.purl);
    const bool is_lacking = present == stated.versions.end();
    if (!is_lacking || !is_needed(row)) set_aside.insert(&row);
    if (row.version.empty() || !is_needed(row)) continue;
    if (is_lacking || !present->second.contains(plain(row.version.view()))) found.add(row, is_lacking);
  }
  return found;
}

}  // namespace

void add_kinds(const Sbom& sbom, std::set<std::string_view>& kinds) {
  for (const Library& row : sbom.fact->libraries) kinds.insert(kind_of(row.purl));
}

void compare_lock_files(const model::EntityId& owner, Holding& holding, base::DiagnosticSink& sink) {
  const Stated stated = stated_in(holding);
  if (stated.path.empty()) return;
  for (const Sbom& sbom : holding.sboms) {
    if (sbom.fact->source != SbomSource::lock_file) continue;
    const Disagreement found = compare(sbom, stated, holding.set_aside);
    // What is kept of the baseline was said when the baseline was made.
    if (found.lacking + found.different == 0 || sbom.is_retained) continue;
    sink.warning("P2011", {stated.path, 0, 0},
                 "the bill of materials of " + owner.address.str() + " disagrees with the lock file " + sbom.path.str() +
                     ": it lacks " + std::to_string(found.lacking) + " libraries and has " + std::to_string(found.different) +
                     " in another version (" + found.examples + ")",
                 "generate the bill of materials from the build that is deployed");
  }
}

}  // namespace postern::resolve::libraries
