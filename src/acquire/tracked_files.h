// SPDX-License-Identifier: Apache-2.0
// Which files git tracks in a work tree: those are read whatever a .gitignore says.
#pragma once
#include <memory>
#include <string>

namespace postern::acquire {

/// The index of one git work tree, read when the first question is asked. Paths are relative to the top of the work tree.
class TrackedFiles {
 public:
  /// `repository_root` is a folder with a `.git` entry.
  explicit TrackedFiles(std::string repository_root);
  ~TrackedFiles();
  TrackedFiles(const TrackedFiles&) = delete;
  TrackedFiles& operator=(const TrackedFiles&) = delete;

  /// Whether the file is tracked. Always true when the index is unreadable, so that more is read rather than less.
  [[nodiscard]] bool contains(const std::string& path);
  /// Whether any file below the folder is tracked; likewise.
  [[nodiscard]] bool contains_below(const std::string& folder);
  /// Whether the index was needed and could not be read; `reason()` says why.
  [[nodiscard]] bool unreadable() const noexcept { return !m_reason.empty(); }
  [[nodiscard]] const std::string& reason() const noexcept { return m_reason; }

 private:
  struct Index;
  void open();

  std::string m_root;
  std::string m_reason;
  std::unique_ptr<Index> m_index;  ///< null: not opened, or nothing is tracked
  bool m_opened = false;
};

}  // namespace postern::acquire
