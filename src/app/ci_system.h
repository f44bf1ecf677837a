// SPDX-License-Identifier: Apache-2.0
// What the variables of a CI system (GitLab, GitHub, Azure DevOps, Jenkins) say about the run.
#pragma once
#include <postern/model/decision.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace postern::app {

/// What the merge request goes into, as the CI system says it: the tip of the target as a commit where that is said, and nothing
/// else then; else the remote's branch and the local one, by their full names, since short ones may be shared by a tag. The commit
/// that a merge request branched off is its author's choice and is taken only where nothing else is said. Nothing outside of merge
/// requests.
[[nodiscard]] std::vector<std::string> merge_request_targets();

/// Repository, commit and branch of the run, if a CI system says.
[[nodiscard]] std::optional<model::VersionControl> version_control();

/// `https://host/path` or `ssh://host/path` without user, password, query and fragment; nothing for all else.
[[nodiscard]] std::optional<std::string> public_url(std::string_view url);

}  // namespace postern::app
