// SPDX-License-Identifier: Apache-2.0
// What each owner is made of: the rows of its bills of materials, joined by library.
#pragma once
#include <map>
#include <set>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "resolve/libraries/settle.h"

namespace postern::resolve::libraries {

/// The bills of materials of one owner. Cheap to copy: rows stay where they are.
struct Holding {
  std::vector<Sbom> sboms;
  bool is_known = true;                                 ///< false: rows may be missing
  std::unordered_set<const model::Library*> set_aside;  ///< rows of lock files about which a bill of materials says what counts
  bool is_forgotten = false;                            ///< the rows are those of another build: they say nothing any more
};

/// Owners by id; one that is no entity of the graph is of kind `application`.
using Holdings = std::map<model::EntityId, Holding>;

/// What the state's bills of materials say. Of those that a candidate state kept of the baseline (`bound_before`: its holdings)
/// nothing is asked again: they belong to whom they belonged to.
[[nodiscard]] Holdings holdings_of(const State& state, const ServiceOfFile& service_of_file, const Holdings* bound_before);

/// Compares the lock files of an owner with its bills of materials, of each kind of package that both list. The versions of the
/// bill of materials count; what it lacks of what the lock file says is needed counts too. One warning says where they disagree.
/// To be called once what is superseded is dropped.
void compare_lock_files(const model::EntityId& owner, Holding& holding, base::DiagnosticSink& sink);

/// The kinds of packages that a list has rows of: `pkg:npm`, `pkg:deb`.
void add_kinds(const Sbom& sbom, std::set<std::string_view>& kinds);

/// All rows of one library within one owner.
using Group = std::vector<const model::Library*>;

/// The rows by purl, versions in order. Linear but for the sorting of several lists into one.
[[nodiscard]] std::vector<Group> groups_of(const Holding& holding);
[[nodiscard]] inline model::Symbol key_of(const Group& group) { return group.front()->purl; }

/// Versions, licences: each once, sorted.
[[nodiscard]] model::TextList versions_of(const Group& group);
[[nodiscard]] model::TextList licences_of(const Group& group);
/// What is needed in any version or list is needed; what nobody says counts before what is left out.
[[nodiscard]] model::ComponentScope scope_of(const Group& group);
/// Whether two owners have the library in the same way.
[[nodiscard]] bool is_same(const Group& a, const Group& b);

}  // namespace postern::resolve::libraries
