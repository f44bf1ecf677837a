// SPDX-License-Identifier: Apache-2.0
// Policy packs from git objects.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "acquire/source_tree.h"
#include "policy/pack.h"

namespace postern::app {

/// Whether `git:HEAD` may hold policy: not for a merge request, where it is the candidate itself.
enum class Head : std::uint8_t { allowed, refused };

/// True for `git:...`.
[[nodiscard]] bool is_git_pack(std::string_view source);

/// The files of the packs at `source`: `git:REF[:PATH]` of the repository around `base_folder`, or `git:REPOSITORY@REF[:PATH]`,
/// where REPOSITORY is a path that begins with `/`, `./` or `../` (the latter two start at `base_folder`) or a `file://` URL. Only
/// objects are read, nothing is checked out. Throws UsageError when there is nothing that can be read, since policy that cannot be
/// used is never left out; with Head::refused also for `HEAD` of this repository.
[[nodiscard]] std::vector<policy::PackFile> read_git_pack(const std::string& source, const std::string& base_folder,
                                                          acquire::ForeignOwner foreign_owner, Head head);

/// A pack in git, taken apart.
struct GitPackSource {
  std::string repository;  ///< empty: the one around the working folder
  std::string rest;        ///< `git:REF[:PATH]`
};
/// Takes `git:...` apart; throws UsageError for a repository that is neither a path nor a `file://` URL.
[[nodiscard]] GitPackSource split_git_source(std::string_view source);

}  // namespace postern::app
