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

std::vector<policy::PackFile> read_git_pack(const std::string& source, const std::string& base_folder,
                                            acquire::ForeignOwner foreign_owner, Head head) {
  const GitPackSource git = split_git_source(source);
  const acquire::SourceSpec spec = acquire::parse_source(git.rest);
  if (head == Head::refused && git.repository.empty() && spec.reference.starts_with("HEAD"))
    throw UsageError("the policy pack " + source + " comes from what is to be judged", "name a branch or tag that is protected");
  acquire::Options options;
  options.wanted = is_yaml;
  options.foreign_owner = foreign_owner;
  options.working_folder =
      git.repository.empty() ? base_folder : (fs::path(base_folder) / git.repository).lexically_normal().string();
  base::DiagnosticSink sink;
  try {
    acquire::Acquirer acquirer(std::move(options));
    const acquire::SourceTree tree = acquirer.load(spec, sink);
    if (sink.has_errors()) throw UsageError(sink.all().front().message, sink.all().front().hint);
    std::vector<policy::PackFile> files;
    for (const acquire::InputFile& file : tree.files) files.push_back({source + "/" + file.path, *file.bytes});
    return files;
  } catch (const Error& error) {
    throw UsageError("the policy pack " + source + " cannot be read: " + error.what(), error.hint());
  }
}

}  // namespace postern::app
