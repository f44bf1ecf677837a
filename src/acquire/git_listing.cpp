// SPDX-License-Identifier: Apache-2.0
// The names in a commit's tree, without the contents behind them.
#include <acquire/git_listing.h>
#include <postern/base/error.h>

#include <algorithm>

namespace postern::acquire {
TreeEntry::Kind kind_of_entry(GitEntryKind kind) {
  if (kind == GitEntryKind::symbolic_link) return TreeEntry::Kind::symbolic_link;
  return kind == GitEntryKind::submodule ? TreeEntry::Kind::submodule : TreeEntry::Kind::file;
}

std::optional<GitEntry> find_entry(GitObjects& objects, const git_oid& top, std::string_view path) {
  GitEntry current{{}, top, GitEntryKind::folder};
  for (std::string_view rest = path; !rest.empty();) {
    if (current.kind != GitEntryKind::folder) return std::nullopt;
    const std::size_t slash = rest.find('/');
    const std::string_view name = rest.substr(0, slash);
    rest = slash == std::string_view::npos ? std::string_view{} : rest.substr(slash + 1);
    const auto entries = objects.tree(current.id);
    if (!entries) throw SourceError("the git tree " + hex(current.id) + " is not in this repository");
    const auto found = std::find_if(entries->begin(), entries->end(), [&](const GitEntry& entry) { return entry.name == name; });
    if (found == entries->end()) return std::nullopt;
    current = *found;
  }
  return current;
}

std::vector<TreeEntry> GitListing::run(const git_oid& top) {
  walk(top, {}, 0);
  std::sort(m_entries.begin(), m_entries.end(), [](const TreeEntry& a, const TreeEntry& b) { return a.path < b.path; });
  return std::move(m_entries);
}

void GitListing::walk(const git_oid& id, const std::string& prefix, std::uint32_t depth) {
  if (depth > m_limits.depth) throw SourceError("the commit's folders are nested too deeply at `" + prefix + "`");
  const auto entries = m_objects.tree(id);
  if (!entries) {
    throw SourceError("the git tree " + hex(id) + " is missing or damaged", "fetch it, e.g. with `git fetch --refetch`");
  }
  for (const GitEntry& entry : *entries) {
    if (++m_seen > m_limits.entries) throw SourceError("the commit holds more than " + std::to_string(m_limits.entries) + " names");
    const std::string path = prefix + entry.name;
    if (entry.kind == GitEntryKind::folder) {
      walk(entry.id, path + "/", depth + 1);
    } else if (m_wanted(path)) {
      m_entries.push_back({path, kind_of_entry(entry.kind), hex(entry.id)});
    }
  }
}

}  // namespace postern::acquire
