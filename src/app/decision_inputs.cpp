// SPDX-License-Identifier: Apache-2.0
// Where the files come from that decide.
#include "app/decision_inputs.h"

#include <postern/base/error.h>
#include <postern/base/text.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "app/ci_system.h"

namespace postern::app {
namespace {

namespace fs = std::filesystem;

constexpr const char* k_configuration_name = "postern.yaml";

std::string read_whole(const std::string& path, const std::string& role) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw UsageError("the " + role + " " + path + " cannot be opened", "name a file that exists and may be read");
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<policy::PackFile> pack_on_disk(const std::string& folder) {
  std::error_code error;
  const fs::path root = fs::path(folder).lexically_normal();
  if (!fs::is_directory(root, error))
    throw UsageError("the policy pack " + folder + " is no folder", "name the folder that holds pack.yaml");
  std::vector<policy::PackFile> files;
  for (fs::recursive_directory_iterator at(root, error), end; !error && at != end; at.increment(error)) {
    if (!at->is_regular_file(error) || at->is_symlink(error)) continue;
    files.push_back({at->path().generic_string(), read_whole(at->path().string(), "policy pack's file")});
  }
  if (error) throw UsageError("the policy pack " + folder + " cannot be read: " + error.message());
  return files;
}

/// The commit that the first of `references` names that is in this clone. Throws UsageError when none is.
model::ProtectedSide resolved(const acquire::GitRepository& repository, const std::vector<std::string>& references) {
  std::string trouble;
  for (const std::string& reference : references) {
    try {
      return {reference, repository.resolve(reference)};
    } catch (const SourceError& error) {
      if (trouble.empty()) trouble = error.what();
    }
  }
  throw UsageError("this is a merge request, and what it goes into cannot be read (" + base::join(references, ", ") + "): " +
                       trouble + "; configuration, policies and baseline must not be taken from what the merge request brings",
                   "fetch the target branch before this step (git fetch origin BRANCH:refs/remotes/origin/BRANCH), clone with full "
                   "depth, or name the commit with --target-ref");
}

/// A submodule belongs to whoever chooses its commit, and the merge request does: nothing in it is protected.
void refuse_submodule(const std::string& top, acquire::ForeignOwner owner) {
  const fs::path folder(top);
  const auto outer = acquire::find_repository_root(folder.parent_path().string());
  if (!outer) return;
  acquire::GitRepository repository = acquire::GitRepository::open(*outer, owner);
  const auto head = repository.head_commit();
  const auto entry = head ? repository.entry(*head, folder.lexically_relative(*outer).generic_string()) : std::nullopt;
  if (!entry || entry->kind != acquire::TreeEntry::Kind::submodule) return;
  throw UsageError("the working folder lies in a submodule, whose content the merge request chooses",
                   "run from the top folder of the repository that the merge request is for");
}

/// Where no repository is around the working folder, nothing of one may be named: its protected side could not be found.
void refuse_paths_of_repositories(const Options& options) {
  std::vector<std::string> named = options.paths;
  named.insert(named.end(), options.policies.begin(), options.policies.end());
  for (const std::string& baseline : options.baseline) named.push_back(baseline.substr(baseline.find(':') + 1));
  if (options.configuration) named.push_back(*options.configuration);
  for (const std::string& path : named) {
    std::error_code error;
    const fs::path whole = fs::weakly_canonical(path, error);
    if (error || !fs::exists(whole, error) || !acquire::find_repository_root(whole.string())) continue;
    throw UsageError(
        "this is a merge request, and " + path + " lies in a git repository that the working folder is not in",
        "run inside of the repository, so that what decides can be read from the commit that the merge request goes into");
  }
}

std::string shown(const fs::path& path) { return path.lexically_proximate(fs::current_path()).generic_string(); }

}  // namespace

DecisionInputs DecisionInputs::for_merge_request(const Options& options) {
  DecisionInputs inputs;
  const std::vector<std::string> references =
      options.target_reference ? std::vector<std::string>{*options.target_reference} : merge_request_targets();
  if (references.empty()) return inputs;
  const auto owner = options.allow_foreign_owner ? acquire::ForeignOwner::allowed : acquire::ForeignOwner::refused;
  try {
    inputs.m_repository = std::make_shared<acquire::GitRepository>(acquire::GitRepository::open(".", owner));
  } catch (const SourceError&) {
    const bool is_there = acquire::find_repository_root(fs::current_path().string()).has_value();
    if (options.target_reference || is_there) throw;
    refuse_paths_of_repositories(options);
    inputs.m_trouble =
        "there is no git repository around the working folder, so configuration and policies come from disk "
        "although this is a merge request";
    return inputs;
  }
  refuse_submodule(inputs.m_repository->top_folder(), owner);
  inputs.m_side = resolved(*inputs.m_repository, references);
  return inputs;
}

std::optional<std::string> path_in_repository(const std::string& top_folder, const std::string& path) {
  const fs::path top = top_folder;
  const fs::path whole = fs::absolute(path).lexically_normal();
  std::error_code error;
  fs::path above;
  for (const fs::path& part : whole) {
    above /= part;
    if (above == top || fs::weakly_canonical(above, error) == top) {
      const std::string relative = whole.lexically_relative(above).generic_string();
      return relative == "." ? std::string() : relative;
    }
  }
  const std::string relative = fs::weakly_canonical(whole, error).lexically_relative(top).generic_string();
  if (error || relative.empty() || relative.starts_with("..")) return std::nullopt;
  return relative;
}

std::optional<std::string> DecisionInputs::inside(const std::string& path) const {
  return path_in_repository(m_repository->top_folder(), path);
}

std::optional<std::string> DecisionInputs::find_configuration() const {
  for (fs::path at = fs::current_path(); !at.empty(); at = at.parent_path()) {
    const fs::path file = at / k_configuration_name;
    const auto relative = m_side ? inside(file.string()) : std::nullopt;
    std::error_code absent;
    const auto entry = relative ? m_repository->entry(m_side->commit, *relative) : std::nullopt;
    if (entry && entry->kind != acquire::TreeEntry::Kind::file) {
      throw UsageError("the configuration " + *relative + " is a link in the commit that the merge request goes into (" +
                           m_side->reference + "), and links are not followed there",
                       "make it a file, or name the file that it means with --config");
    }
    if (entry || (!relative && fs::is_regular_file(file, absent))) return shown(file);
    if (at == at.parent_path()) break;
  }
  return std::nullopt;
}

std::string DecisionInputs::read(const std::string& path, const std::string& role) {
  const auto relative = m_side ? inside(path) : std::nullopt;
  if (!relative) return read_whole(path, role);
  m_deciding.push_back({*relative, role});
  if (auto text = m_repository->file(m_side->commit, *relative, {})) return std::move(*text);
  throw UsageError("the " + role + " " + path + " is not in the commit that the merge request goes into (" + m_side->reference +
                       "), and what the merge request brings does not decide about it",
                   "merge it first, or name a file outside of the repository");
}

std::vector<policy::PackFile> DecisionInputs::read_protected_pack(const std::string& folder, const std::string& path) {
  base::DiagnosticSink sink;
  try {
    const acquire::SourceTree tree = m_repository->load(m_side->commit, path, {}, sink);
    std::vector<policy::PackFile> files;
    for (const acquire::InputFile& file : tree.files) {
      files.push_back({(fs::path(folder).lexically_normal() / file.path).generic_string(), *file.bytes});
    }
    return files;
  } catch (const SourceError& error) {
    throw UsageError("the policy pack " + folder + " cannot be read from the commit that the merge request goes into (" +
                         m_side->reference + "): " + error.what(),
                     "merge it first, or name a folder outside of the repository");
  }
}

std::vector<policy::PackFile> DecisionInputs::read_pack(const std::string& folder) {
  const auto relative = m_side ? inside(folder) : std::nullopt;
  if (!relative) return pack_on_disk(folder);
  m_deciding.push_back({*relative, "policy pack"});
  return read_protected_pack(folder, *relative);
}

acquire::SourceSpec DecisionInputs::protect(acquire::SourceSpec source, const std::string& role) {
  const bool is_file = source.kind == acquire::SourceKind::path || source.kind == acquire::SourceKind::snapshot;
  const auto relative = m_side && is_file ? inside(source.path) : std::nullopt;
  if (!relative) return source;
  m_deciding.push_back({*relative, role});
  source.path = *relative;
  source.reference = m_side->commit;
  return source;
}

}  // namespace postern::app
