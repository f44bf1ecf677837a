// SPDX-License-Identifier: Apache-2.0
// The entry to this stage: turns a source into bytes.
#pragma once
#include <acquire/git_repository.h>
#include <acquire/source_spec.h>
#include <acquire/source_tree.h>
#include <postern/base/code_row.h>
#include <postern/base/diagnostic.h>

#include <memory>
#include <optional>
#include <span>
#include <string>

namespace postern::acquire {

/// Reads sources. One object serves both sides of a comparison, so that what is equal in two git trees is read once. Not
/// thread-safe.
class Acquirer {
 public:
  explicit Acquirer(Options options);
  ~Acquirer();
  Acquirer(Acquirer&&) noexcept;
  Acquirer& operator=(Acquirer&&) noexcept;

  /// The files of `spec`. Trouble with single files goes to `sink` (codes P11xx). `none` yields an empty tree; `snapshot:FILE` a
  /// tree with that one file. Throws SourceError when the source as a whole cannot be read.
  [[nodiscard]] SourceTree load(const SourceSpec& spec, base::DiagnosticSink& sink);

  /// The git repository around the working folder, opened at the first call. Throws SourceError when there is none or it is not
  /// usable.
  [[nodiscard]] GitRepository& repository();

 private:
  Options m_options;
  std::unique_ptr<GitRepository> m_repository;
};

/// The top folder of the git work tree that holds `path` (a folder with a `.git` entry), as an absolute path; nothing is opened.
[[nodiscard]] std::optional<std::string> find_repository_root(const std::string& path);

/// The codes of this stage, P11xx, sorted.
[[nodiscard]] std::span<const base::CodeRow> code_rows();

}  // namespace postern::acquire
