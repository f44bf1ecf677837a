// SPDX-License-Identifier: Apache-2.0
// The names in a commit's tree, without the contents behind them.
#pragma once
#include <acquire/git_objects.h>
#include <acquire/git_repository.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace postern::acquire {

/// The entry at `path` below the tree `top`; nothing when there is none, or when a part of the way is no folder.
[[nodiscard]] std::optional<GitEntry> find_entry(GitObjects& objects, const git_oid& top, std::string_view path);

/// The public word for what an entry is; folders are none.
[[nodiscard]] TreeEntry::Kind kind_of_entry(GitEntryKind kind);

/// One listing of one tree.
class GitListing {
 public:
  GitListing(GitObjects& objects, const WantedFile& wanted, const Limits& limits)
      : m_objects(objects), m_wanted(wanted), m_limits(limits) {}

  /// Entries whose paths are wanted, sorted. Throws SourceError when a tree is missing or a limit is exceeded.
  [[nodiscard]] std::vector<TreeEntry> run(const git_oid& top);

 private:
  void walk(const git_oid& id, const std::string& prefix, std::uint32_t depth);

  GitObjects& m_objects;
  const WantedFile& m_wanted;
  const Limits& m_limits;
  std::vector<TreeEntry> m_entries;
  std::uint64_t m_seen = 0;
};

}  // namespace postern::acquire
