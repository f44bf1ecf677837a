// SPDX-License-Identifier: Apache-2.0
// What a source yields: files with their bytes, and a count of everything that was not read.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace postern::acquire {

/// One file that was read.
struct InputFile {
  std::string path;                          ///< relative to the source root, '/'-separated, without "." and ".." parts
  std::shared_ptr<const std::string> bytes;  ///< never null; shared, since equal git blobs of two trees are read once
  std::string digest;                        ///< SHA-256 of the bytes, 64 lower-case hexadecimal digits
  std::string blob;                          ///< git object id of the content in hexadecimal digits; empty outside of git sources
};

/// How many entries were left out, by reason. Symbolic links and special files are never opened.
struct SkipCounts {
  std::uint64_t not_wanted = 0;       ///< files that no reader could want, judged by their names
  std::uint64_t ignored_files = 0;    ///< untracked files that a .gitignore excludes
  std::uint64_t ignored_folders = 0;  ///< untracked folders that a .gitignore excludes, not entered
  std::uint64_t too_large = 0;        ///< each with a diagnostic
  std::uint64_t unreadable = 0;       ///< files and folders, each with a diagnostic
  std::uint64_t symbolic_links = 0;
  std::uint64_t submodules = 0;
  std::uint64_t special = 0;  ///< FIFOs, sockets, devices

  friend bool operator==(const SkipCounts&, const SkipCounts&) = default;
};

/// The files of one source.
struct SourceTree {
  std::string description;       ///< the source as the user wrote it
  std::string root;              ///< of the source root, relative to the top of its git work tree; "" at the top or outside of git
  bool in_repository = false;    ///< whether `root` is relative to a git repository's top
  std::vector<InputFile> files;  ///< sorted by path, byte-wise
  std::optional<std::string> commit;  ///< git sources: the commit that was read, 40 hexadecimal digits
  SkipCounts skipped;
};

/// A file that differs between two trees.
enum class FileChange : std::uint8_t { added, removed, modified };
struct ChangedFile {
  std::string path;
  FileChange change = FileChange::modified;

  friend bool operator==(const ChangedFile&, const ChangedFile&) = default;
};

/// The files that differ between two trees by path and content, sorted by path. Linear; contents are compared by blob id or digest.
[[nodiscard]] std::vector<ChangedFile> changed_files(const SourceTree& before, const SourceTree& after);

/// Says by its path (relative to the source root) whether a file can be an input. Called from one thread.
using WantedFile = std::function<bool(std::string_view path)>;

/// Whether .gitignore files are obeyed in folders. Files that git tracks are read all the same: a line in a .gitignore cannot hide
/// what is going to be deployed from a commit.
enum class IgnoreFiles : std::uint8_t { respected, disregarded };

/// Whether a git repository may belong to another user than the one who runs the program.
enum class ForeignOwner : std::uint8_t { refused, allowed };

/// Limits of one source, against hostile or mistaken input. What exceeds one is an error diagnostic.
struct Limits {
  std::uint64_t file_bytes = std::uint64_t{256} << 20U;    ///< of one file
  std::uint64_t total_bytes = std::uint64_t{2048} << 20U;  ///< of all files
  std::uint64_t files = 200'000;                           ///< that are read
  std::uint64_t entries = 2'000'000;                       ///< files and folders that are looked at
  std::uint32_t depth = 128;                               ///< nested folders
};

/// How a source is read.
struct Options {
  Limits limits;
  WantedFile wanted;  ///< empty: every file. A file that was named itself is always read.
  IgnoreFiles ignore_files = IgnoreFiles::respected;
  ForeignOwner foreign_owner = ForeignOwner::refused;
  std::string working_folder = ".";  ///< relative paths and the search for the git repository start here
  unsigned threads = 0;              ///< that read files; 0: as many as there are processors, at most 4
};

}  // namespace postern::acquire
