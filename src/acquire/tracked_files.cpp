// SPDX-License-Identifier: Apache-2.0
// Asks the git index through libgit2.
#include <acquire/git_library.h>
#include <acquire/tracked_files.h>

#include <filesystem>

namespace postern::acquire {

struct TrackedFiles::Index {
  IndexHandle handle;
};

TrackedFiles::TrackedFiles(std::string repository_root) : m_root(std::move(repository_root)) {}
TrackedFiles::~TrackedFiles() = default;

void TrackedFiles::open() {
  if (m_opened) return;
  m_opened = true;
  const std::string folder = git_folder_of(m_root);
  if (folder.empty()) {
    m_reason = "`.git` is neither a folder nor a link to one";
    return;
  }
  const std::string path = folder + "/index";
  std::error_code trouble;
  if (!std::filesystem::exists(path, trouble) && !trouble) return;  // a new repository: nothing is tracked yet
  start_git_library();
  git_index* raw = nullptr;
  if (git_index_open(&raw, path.c_str()) != 0) {
    m_reason = last_git_error();
    return;
  }
  m_index = std::make_unique<Index>(Index{IndexHandle(raw)});
}

bool TrackedFiles::contains(const std::string& path) {
  open();
  if (unreadable()) return true;
  return m_index && git_index_find(nullptr, m_index->handle.get(), path.c_str()) == 0;
}

bool TrackedFiles::contains_below(const std::string& folder) {
  open();
  if (unreadable()) return true;
  return m_index && git_index_find_prefix(nullptr, m_index->handle.get(), (folder + "/").c_str()) == 0;
}

}  // namespace postern::acquire
