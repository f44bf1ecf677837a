// SPDX-License-Identifier: Apache-2.0
// Reads commits, trees and blobs of a git repository through libgit2: nothing is checked out, filtered or executed.
#pragma once
#include <acquire/source_tree.h>
#include <postern/base/diagnostic.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace postern::acquire {

/// One name of a commit's tree, without its content.
struct TreeEntry {
  enum class Kind : std::uint8_t { file, symbolic_link, submodule };
  std::string path;  ///< from the top of the repository
  Kind kind = Kind::file;
  std::string id;  ///< object id, 40 hexadecimal digits

  friend bool operator==(const TreeEntry&, const TreeEntry&) = default;
};

/// The id that git gives to a file with these bytes.
[[nodiscard]] std::string blob_id(std::string_view bytes);

/// An open repository. System-wide and per-user configuration is not read; the repository's own `.git/config` is. Blobs and trees
/// are kept, so that what two commits share is read once. libgit2 starts with the first object of this class. Not thread-safe.
class GitRepository {
 public:
  /// Opens the repository around the folder `start`: the nearest `.git` upwards, else `start` itself when it is a bare repository.
  /// Throws SourceError when there is none, it belongs to another user, or it uses a format that libgit2 cannot read.
  [[nodiscard]] static GitRepository open(const std::string& start, ForeignOwner foreign_owner);
  ~GitRepository();
  GitRepository(GitRepository&&) noexcept;
  GitRepository& operator=(GitRepository&&) noexcept;

  /// The commit id (40 hexadecimal digits) that `reference` names: `HEAD`, a branch, a tag, `origin/main`, a full name `refs/...`,
  /// an object id of 7 to 40 hexadecimal digits, each followed by any number of `~N` and `^N`. A name that two references share and
  /// that name different commits is refused: who may push a tag must not be able to replace a branch. Throws SourceError.
  [[nodiscard]] std::string resolve(std::string_view reference) const;

  /// The commit that HEAD names; nothing in a repository without commits.
  [[nodiscard]] std::optional<std::string> head_commit() const;
  /// The best common ancestor of two commits; nothing when there is none (or a shallow clone lacks it).
  [[nodiscard]] std::optional<std::string> merge_base(std::string_view one, std::string_view other) const;
  /// Whether history was cut off (`git clone --depth`).
  [[nodiscard]] bool is_shallow() const;
  /// The last part of the URL of `origin` without `.git`, else the name of the repository's top folder.
  [[nodiscard]] std::string name() const;
  /// The top folder (of a bare repository: itself), absolute, without a trailing slash.
  [[nodiscard]] const std::string& top_folder() const;

  /// The files below `path` ("" is all; may name one file) in the commit that `reference` names. Throws SourceError when either
  /// does not exist.
  [[nodiscard]] SourceTree load(std::string_view reference, std::string_view path, const Options& options,
                                base::DiagnosticSink& sink);

  /// The entries of the commit that `reference` names whose paths are wanted, sorted by path; no blob is read. Throws SourceError
  /// when the commit or one of its trees is missing or has more than `limits.entries` names.
  [[nodiscard]] std::vector<TreeEntry> list(std::string_view reference, const WantedFile& wanted, const Limits& limits);

  /// What stands at `path` in that commit; nothing when there is nothing, or a folder. Throws SourceError as list().
  [[nodiscard]] std::optional<TreeEntry> entry(std::string_view reference, std::string_view path);

  /// The bytes of the file at `path` of that commit; nothing when there is no file (a link or a folder is none). Throws SourceError
  /// when the commit does not exist, or the file is larger than `limits.file_bytes`.
  [[nodiscard]] std::optional<std::string> file(std::string_view reference, std::string_view path, const Limits& limits);

  /// How many blobs were read from the object database so far; equal ones count once.
  [[nodiscard]] std::size_t blobs_read() const;

 private:
  struct State;
  explicit GitRepository(std::unique_ptr<State> state);
  std::unique_ptr<State> m_state;
};

}  // namespace postern::acquire
