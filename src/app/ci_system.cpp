// SPDX-License-Identifier: Apache-2.0
// What the variables of a CI system (GitLab, GitHub, Azure DevOps, Jenkins) say about the run.
#include "app/ci_system.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace postern::app {
namespace {

/// Variables in which CI systems say where a merge request goes, the surest first; the first that is set counts alone.
struct TargetRow {
  const char* variable;
  bool branch;                 ///< the name of a branch, not a commit
  const char* only_with = "";  ///< counts only where this variable is set, too: others set it for every build
};
constexpr std::array k_targets = {
    TargetRow{"CI_MERGE_REQUEST_TARGET_BRANCH_SHA", false},       TargetRow{"BITBUCKET_PR_DESTINATION_COMMIT", false},
    TargetRow{"CI_MERGE_REQUEST_TARGET_BRANCH_NAME", true},       TargetRow{"GITHUB_BASE_REF", true},
    TargetRow{"SYSTEM_PULLREQUEST_TARGETBRANCH", true},           TargetRow{"CHANGE_TARGET", true},
    TargetRow{"DRONE_TARGET_BRANCH", true, "DRONE_PULL_REQUEST"}, TargetRow{"BITBUCKET_PR_DESTINATION_BRANCH", true},
    TargetRow{"CI_MERGE_REQUEST_DIFF_BASE_SHA", false},
};

/// Where each CI system says which text it builds. `server`: the variable with what stands before the name of the repository.
struct CommitRow {
  const char* server;
  const char* repository;
  const char* revision;
  const char* branch;
};
constexpr std::array k_commits = {
    CommitRow{"", "CI_PROJECT_URL", "CI_COMMIT_SHA", "CI_COMMIT_REF_NAME"},
    CommitRow{"GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_SHA", "GITHUB_REF_NAME"},
    CommitRow{"", "BUILD_REPOSITORY_URI", "BUILD_SOURCEVERSION", "BUILD_SOURCEBRANCHNAME"},
    CommitRow{"", "GIT_URL", "GIT_COMMIT", "GIT_BRANCH"},
};

std::string variable(const char* name) {
  const char* value = *name == '\0' ? nullptr : std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

bool is_url_character(char c) {
  const bool is_alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return is_alphanumeric || std::string_view("-._~/%:+").find(c) != std::string_view::npos;
}

}  // namespace

std::vector<std::string> merge_request_targets() {
  constexpr std::string_view k_heads = "refs/heads/";
  for (const TargetRow& row : k_targets) {
    std::string value = variable(row.variable);
    const bool counts = *row.only_with == '\0' || !variable(row.only_with).empty();
    if (value.empty() || !counts) continue;
    if (!row.branch) return {value};
    if (value.starts_with(k_heads)) value.erase(0, k_heads.size());
    return {"refs/remotes/origin/" + value, std::string(k_heads) + value};
  }
  return {};
}

std::optional<std::string> public_url(std::string_view url) {
  constexpr std::array<std::string_view, 3> k_schemes = {"https://", "http://", "ssh://"};
  const auto* const scheme = std::find_if(k_schemes.begin(), k_schemes.end(), [&](auto one) { return url.starts_with(one); });
  if (scheme == k_schemes.end()) return std::nullopt;
  std::string_view rest = url.substr(scheme->size());
  rest = rest.substr(0, rest.find_first_of("?#"));
  const std::string_view host = rest.substr(0, rest.find('/'));
  // Whatever stands before the last @ of the host part may be a token.
  if (const std::size_t at = host.rfind('@'); at != std::string_view::npos) rest.remove_prefix(at + 1);
  if (rest.empty() || rest.front() == '/' || !std::all_of(rest.begin(), rest.end(), is_url_character)) return std::nullopt;
  return std::string(*scheme) + std::string(rest);
}

std::optional<model::VersionControl> version_control() {
  for (const CommitRow& row : k_commits) {
    const std::string server = variable(row.server);
    const std::string name = variable(row.repository);
    if (name.empty()) continue;
    if (auto url = public_url(server.empty() ? name : server + "/" + name)) {
      return model::VersionControl{std::move(*url), variable(row.revision), variable(row.branch)};
    }
  }
  return std::nullopt;
}

}  // namespace postern::app
