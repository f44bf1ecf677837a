// SPDX-License-Identifier: Apache-2.0
// From the text of a reference to a commit, without git's full revision language.
#pragma once
#include <acquire/git_library.h>

#include <string>
#include <string_view>

namespace postern::acquire {

/// The commit that `reference` names; see GitRepository::resolve for what is accepted. Throws SourceError.
[[nodiscard]] CommitHandle resolve_commit(git_repository* repository, std::string_view reference);

/// What to do when a commit is missing: a word on shallow clones where this is one.
[[nodiscard]] std::string missing_commit_hint(git_repository* repository, std::string_view name);

}  // namespace postern::acquire
