// SPDX-License-Identifier: Apache-2.0
// libgit2's process-wide settings: nothing from outside of the repository, nothing that could run a program.
#include <acquire/git_library.h>
#include <platform/file.h>
#include <postern/base/error.h>
#include <postern/base/text.h>

#include <filesystem>

namespace postern::acquire {
namespace {

class Library {
 public:
  Library() {
    if (git_libgit2_init() < 0) throw SourceError("libgit2 does not start: " + last_git_error());
    for (const int level : {GIT_CONFIG_LEVEL_SYSTEM, GIT_CONFIG_LEVEL_GLOBAL, GIT_CONFIG_LEVEL_XDG, GIT_CONFIG_LEVEL_PROGRAMDATA}) {
      git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, level, "");
    }
    // We compare the owner ourselves: libgit2 1.5 would ask the user's configuration, which is not read, and its word is unclear.
    git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
    // Harmless for a reader: a missing object of a partial clone shows when it is read, a per-work-tree configuration is not
    // needed.
    const char* extensions[] = {"partialclone", "worktreeconfig", "preciousobjects"};
    git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, extensions, std::size(extensions));
  }
  ~Library() { git_libgit2_shutdown(); }
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;
};

}  // namespace

void start_git_library() { static const Library library; }

std::string last_git_error() {
  const git_error* error = git_error_last();
  return error != nullptr && error->message != nullptr ? error->message : "no reason given";
}

std::string hex(const git_oid& id) {
  std::string digits(GIT_OID_HEXSZ, '0');
  git_oid_fmt(digits.data(), &id);
  return digits;
}

std::string git_folder_of(const std::string& repository_root) {
  namespace fs = std::filesystem;
  constexpr std::uint64_t k_largest_link = 8192;
  constexpr std::string_view k_word = "gitdir:";
  std::error_code ignored;
  const fs::path entry = fs::path(repository_root) / ".git";
  if (fs::is_directory(entry, ignored)) return entry.string();
  const platform::ReadResult link = platform::read_file_in(platform::open_folder(repository_root), ".git", k_largest_link);
  if (link.status != platform::ReadStatus::complete || link.bytes.substr(0, k_word.size()) != k_word) return {};
  const std::string target(base::trim(std::string_view(link.bytes).substr(k_word.size())));
  return (fs::path(repository_root) / target).string();
}

}  // namespace postern::acquire
