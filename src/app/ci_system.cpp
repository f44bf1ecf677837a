// SPDX-License-Identifier: Apache-2.0
// What the variables of a CI system (GitLab, GitHub, Azure DevOps, Jenkins) say about the run.
#include "app/ci_system.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace postern::app {
namespace {

/// Variables in which CI systems say where a merge request goes. `branch`: a name of the remote, not a commit.
struct TargetRow {
  const char* variable;
  bool branch;
};
constexpr std::array k_targets = {
    TargetRow{"CI_MERGE_REQUEST_TARGET_BRANCH_SHA", false},
    TargetRow{"CI_MERGE_REQUEST_DIFF_BASE_SHA", false},
    TargetRow{"GITHUB_BASE_REF", true},
    TargetRow{"SYSTEM_PULLREQUEST_TARGETBRANCHNAME", true},
    TargetRow{"CHANGE_TARGET", true},
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

std::optional<std::string> merge_request_target() {
  for (const TargetRow& row : k_targets) {
    const std::string value = variable(row.variable);
    if (!value.empty()) return row.branch ? "origin/" + value : value;
  }
  return std::nullopt;
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
