// SPDX-License-Identifier: Apache-2.0
// Trees and blobs of one object database; each object is read once, whatever number of commits hold it.
#pragma once
#include <acquire/git_library.h>

#include <cstring>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace postern::acquire {

enum class GitEntryKind : std::uint8_t { file, folder, symbolic_link, submodule };

/// One name in a tree.
struct GitEntry {
  std::string name;
  git_oid id{};
  GitEntryKind kind = GitEntryKind::file;
};
using GitEntries = std::vector<GitEntry>;

/// What reading a blob gave.
struct GitBlob {
  enum class Status : std::uint8_t { complete, too_large, missing };
  Status status = Status::missing;
  std::string bytes;
  std::string digest;      ///< SHA-256 of the bytes
  std::string id;          ///< hexadecimal digits
  std::uint64_t size = 0;  ///< 0 when missing
};

/// Reads and keeps objects.
class GitObjects {
 public:
  explicit GitObjects(git_repository* repository);

  /// The names of a tree, in git's order; null when the object is missing or damaged.
  [[nodiscard]] std::shared_ptr<const GitEntries> tree(const git_oid& id);
  /// A blob of at most `limit` bytes. Its size is asked before it is unpacked. Never null.
  [[nodiscard]] std::shared_ptr<const GitBlob> blob(const git_oid& id, std::uint64_t limit);
  /// Reads those of `ids` that are not kept yet, on `threads` threads, until more than `total_limit` bytes were read. What could
  /// not be read is tried again, and said, by blob().
  void read_ahead(std::vector<git_oid> ids, std::uint64_t limit, std::uint64_t total_limit, unsigned threads);
  [[nodiscard]] std::size_t blobs_read() const noexcept { return m_blobs_read; }

 private:
  struct Hash {
    std::size_t operator()(const git_oid& id) const noexcept {
      std::size_t start = 0;
      std::memcpy(&start, id.id, sizeof start);
      return start;
    }
  };
  struct Equal {
    bool operator()(const git_oid& a, const git_oid& b) const noexcept { return git_oid_equal(&a, &b) != 0; }
  };
  template <typename Value>
  using Cache = std::unordered_map<git_oid, std::shared_ptr<const Value>, Hash, Equal>;

  [[nodiscard]] GitBlob read_blob(const git_oid& id, std::uint64_t limit) const;
  void keep(const git_oid& id, std::shared_ptr<const GitBlob> blob);

  git_repository* m_repository;
  OdbHandle m_odb;
  Cache<GitEntries> m_trees;
  Cache<GitBlob> m_blobs;
  std::size_t m_blobs_read = 0;
};

}  // namespace postern::acquire
