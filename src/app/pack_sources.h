// SPDX-License-Identifier: Apache-2.0
// Policy packs from git objects.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "acquire/acquire.h"
#include "policy/pack.h"

namespace postern::app {

/// True for `git:...`.
[[nodiscard]] bool is_git_pack(std::string_view source);

/// The files of the packs at `source`: `git:REF[:PATH]` of the repository around `base_folder`, or `git:REPOSITORY@REF[:PATH]`,
/// where REPOSITORY is a path that begins with `/`, `./` or `../` (the latter two start at `base_folder`) or a `file://` URL. Only
/// objects are read, nothing is checked out. Throws UsageError when there is nothing that can be read, since policy that cannot be
/// used is never left out. For a merge request `target` is the commit that it goes into, empty otherwise: then it also throws for
/// what the merge request itself brings, by whatever name.
[[nodiscard]] std::vector<policy::PackFile> read_git_pack(const std::string& source, const std::string& base_folder,
                                                          acquire::ForeignOwner foreign_owner, const std::string& target);

/// Whether a merge request into `target` brings the commit that `reference` names: it is part of what is checked out and not of the
/// target. Throws SourceError when one of them is not in this repository.
[[nodiscard]] bool is_brought(const acquire::GitRepository& repository, const std::string& reference, const std::string& target);

/// A pack in git, taken apart.
struct GitPackSource {
  std::string repository;  ///< empty: the one around the working folder
  std::string rest;        ///< `git:REF[:PATH]`
};
/// Takes `git:...` apart; throws UsageError for a repository that is neither a path nor a `file://` URL.
[[nodiscard]] GitPackSource split_git_source(std::string_view source);

}  // namespace postern::app
