// SPDX-License-Identifier: Apache-2.0
// Reads the files of policy packs from git objects.
#include "app/pack_sources.h"

#include <postern/base/error.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "acquire/acquire.h"

namespace postern::app {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view k_git = "git:";
constexpr std::string_view k_file_url = "file://";

bool is_yaml(std::string_view path) { return path.ends_with(".yaml") || path.ends_with(".yml"); }

bool knows(const acquire::GitRepository& repository, const std::string& commit) {
  try {
    return !repository.resolve(commit).empty();
  } catch (const SourceError&) {
    return false;
  }
}

/// A repository that does not know the target is another one, which the merge request cannot write to.
void refuse_own_policy(const std::string& source, const std::string& reference, const acquire::GitRepository& repository,
                       const std::string& target) {
  if (!knows(repository, target) || !is_brought(repository, reference, target)) return;
  throw UsageError("the policy pack " + source + " comes from what is to be judged", "name a branch or tag that is protected");
}

}  // namespace

GitPackSource split_git_source(std::string_view source) {
  constexpr std::array<std::string_view, 4> k_repositories = {"/", "./", "../", k_file_url};
  std::string_view rest = source.substr(k_git.size());
  const auto begins = [&](std::string_view prefix) { return rest.starts_with(prefix); };
  if (std::none_of(k_repositories.begin(), k_repositories.end(), begins)) {
    if (rest.find("://") != std::string_view::npos)
      throw UsageError(
          "the policy pack " + std::string(source) + " is in a repository elsewhere, and Postern opens no connection for it",
          "clone it in a step before, then name git:PATH-OF-THE-CLONE@REF:PATH");
    return {{}, std::string(source)};
  }
  const std::size_t at = rest.find('@');
  if (at == std::string_view::npos)
    throw UsageError("the policy pack " + std::string(source) + " names no ref", "write git:REPOSITORY@REF[:PATH]");
  std::string_view repository = rest.substr(0, at);
  if (repository.starts_with(k_file_url)) repository.remove_prefix(k_file_url.size());
  return {std::string(repository), std::string(k_git) + std::string(rest.substr(at + 1))};
}

bool is_git_pack(std::string_view source) { return source.starts_with(k_git); }

bool is_brought(const acquire::GitRepository& repository, const std::string& reference, const std::string& target) {
  const std::string commit = repository.resolve(reference);
  const auto head = repository.head_commit();
  return head && repository.merge_base(commit, target) != commit && repository.merge_base(commit, *head) == commit;
}

std::vector<policy::PackFile> read_git_pack(const std::string& source, const std::string& base_folder,
                                            acquire::ForeignOwner foreign_owner, const std::string& target) {
  const GitPackSource git = split_git_source(source);
  const acquire::SourceSpec spec = acquire::parse_source(git.rest);
  acquire::Options options;
  options.wanted = is_yaml;
  options.foreign_owner = foreign_owner;
  options.working_folder =
      git.repository.empty() ? base_folder : (fs::path(base_folder) / git.repository).lexically_normal().string();
  base::DiagnosticSink sink;
  try {
    acquire::Acquirer acquirer(std::move(options));
    if (!target.empty()) refuse_own_policy(source, spec.reference, acquirer.repository(), target);
    const acquire::SourceTree tree = acquirer.load(spec, sink);
    if (sink.has_errors()) throw SourceError(sink.all().front().message, sink.all().front().hint);
    std::vector<policy::PackFile> files;
    for (const acquire::InputFile& file : tree.files) files.push_back({source + "/" + file.path, *file.bytes});
    return files;
  } catch (const UsageError&) {
    throw;
  } catch (const Error& error) {
    throw UsageError("the policy pack " + source + " cannot be read: " + error.what(), error.hint());
  }
}

}  // namespace postern::app
