// SPDX-License-Identifier: Apache-2.0
// The walk over git trees. A hostile tree may hold any name and may hold the same tree again and again: names are checked, entries
// counted.
#include <acquire/codes.h>
#include <acquire/git_tree_walk.h>
#include <postern/base/error.h>
#include <postern/base/text.h>

#include <algorithm>

namespace postern::acquire {
namespace {

constexpr std::uint64_t k_longest_link = 4096;

bool is_possible_name(std::string_view name) {
  return !name.empty() && name != "." && name != ".." && name.find('/') == std::string_view::npos &&
         !base::equals_ignoring_case(name, ".git");
}

[[noreturn]] void refuse_missing_name(const GitEntries& entries, std::string_view name, std::string_view path) {
  std::vector<std::string_view> names;
  for (const GitEntry& entry : entries) names.push_back(entry.name);
  const auto nearest = base::did_you_mean(name, names);
  throw SourceError("the commit holds nothing at `" + std::string(path) + "`",
                    nearest ? "did you mean `" + *nearest + "` instead of `" + std::string(name) + "`?"
                            : "the path is relative to the top folder of the repository");
}

[[noreturn]] void refuse_entry(GitEntryKind kind, std::string_view path) {
  if (kind == GitEntryKind::symbolic_link) {
    throw SourceError("`" + std::string(path) + "` lies at or below a symbolic link of the commit; links are never followed",
                      "name the folder that the link means");
  }
  if (kind == GitEntryKind::submodule) {
    throw SourceError("`" + std::string(path) + "` lies at or below a submodule; its content is in another repository");
  }
  throw SourceError("`" + std::string(path) + "` lies below a file of the commit");
}

}  // namespace

void GitTreeWalk::run(const git_oid& top, std::string_view path) {
  m_top = top;
  const GitEntry start = find(top, path);
  if (start.kind == GitEntryKind::file) {
    m_tree.root =
        path.size() == start.name.size() ? std::string() : std::string(path.substr(0, path.size() - start.name.size() - 1));
    m_found.push_back({start.id, start.name});
  } else {
    m_tree.root = path;
    walk(start.id, {}, 0);
  }
  if (m_too_many) return refuse_for_count(m_tree, m_options.limits, m_sink);
  take_all();
  if (over_limit()) return refuse_for_bytes(m_tree, m_options.limits, m_sink);
  sort_files(m_tree);
  report_links(m_links, m_tree, m_options.wanted, m_sink);
}

/// The file or folder at `path`; the top itself for "".
GitEntry GitTreeWalk::find(const git_oid& top, std::string_view path) {
  GitEntry current{{}, top, GitEntryKind::folder};
  for (std::string_view rest = path; !rest.empty();) {
    if (current.kind != GitEntryKind::folder) refuse_entry(current.kind, path);
    const std::size_t slash = rest.find('/');
    const std::string_view name = rest.substr(0, slash);
    rest = slash == std::string_view::npos ? std::string_view{} : rest.substr(slash + 1);
    const auto entries = m_objects.tree(current.id);
    if (!entries)
      throw SourceError("the tree " + hex(current.id) + " on the way to `" + std::string(path) + "` is not in this repository");
    const auto found = std::find_if(entries->begin(), entries->end(), [&](const GitEntry& entry) { return entry.name == name; });
    if (found == entries->end()) refuse_missing_name(*entries, name, path);
    current = *found;
  }
  if (current.kind != GitEntryKind::folder && current.kind != GitEntryKind::file) refuse_entry(current.kind, path);
  return current;
}

void GitTreeWalk::walk(const git_oid& id, const std::string& prefix, std::uint32_t depth) {
  const std::string shown = prefix.empty() ? "." : prefix;
  if (depth > m_options.limits.depth) {
    if (!is_reported(++m_tree.skipped.unreadable)) return;
    m_sink.error(k_too_deep, location_of(shown),
                 "the folder lies deeper than " + std::to_string(m_options.limits.depth) + " levels and was not entered");
    return;
  }
  const auto entries = m_objects.tree(id);
  if (!entries) {
    if (!is_reported(++m_tree.skipped.unreadable)) return;
    m_sink.error(k_object_missing, location_of(shown), "the git tree " + hex(id) + " is missing or damaged",
                 "fetch it, e.g. with `git fetch --refetch`");
    return;
  }
  for (const GitEntry& entry : *entries) {
    if (++m_entries > m_options.limits.entries) m_too_many = true;
    if (m_too_many) return;
    if (is_possible_name(entry.name)) {
      visit(entry, prefix + entry.name, depth);
    } else if (is_reported(++m_tree.skipped.unreadable)) {
      m_sink.error(k_name_invalid, location_of(prefix + entry.name),
                   "a git tree holds a name that no folder can hold; it was not read");
    }
  }
}

void GitTreeWalk::visit(const GitEntry& entry, const std::string& path, std::uint32_t depth) {
  switch (entry.kind) {
    case GitEntryKind::folder:
      walk(entry.id, path + "/", depth + 1);
      break;
    case GitEntryKind::file:
      visit_file(entry.id, path);
      break;
    case GitEntryKind::symbolic_link:
      visit_link(entry.id, path);
      break;
    case GitEntryKind::submodule:
      if (!is_reported(++m_tree.skipped.submodules)) break;
      m_sink.note(k_submodule, location_of(path), "the submodule was not read: its content is in another repository");
      break;
  }
}

void GitTreeWalk::visit_file(const git_oid& id, const std::string& path) {
  if (!is_wanted(m_options.wanted, path)) {
    ++m_tree.skipped.not_wanted;
  } else if (m_found.size() == m_options.limits.files) {
    m_too_many = true;
  } else {
    m_found.push_back({id, path});
  }
}

void GitTreeWalk::visit_link(const git_oid& id, const std::string& path) {
  ++m_tree.skipped.symbolic_links;
  LinkFound link{path, m_objects.blob(id, k_longest_link)->bytes};
  const auto target = resolve_link({m_tree.root.empty() ? path : m_tree.root + "/" + path, link.target});
  link.to_folder = target && is_folder(*target);
  if (link.to_folder || is_wanted(m_options.wanted, path)) m_links.push_back(std::move(link));
}

/// Whether the commit holds a folder at `path`, counted from its top.
bool GitTreeWalk::is_folder(const std::string& path) {
  git_oid current = m_top;
  if (path.empty()) return true;
  for (const std::string_view part : base::split(path, '/')) {
    const auto entries = m_objects.tree(current);
    if (!entries) return false;
    const auto found = std::find_if(entries->begin(), entries->end(), [&](const GitEntry& entry) { return entry.name == part; });
    if (found == entries->end() || found->kind != GitEntryKind::folder) return false;
    current = found->id;
  }
  return true;
}

void GitTreeWalk::take_all() {
  const Limits& limits = m_options.limits;
  std::vector<git_oid> ids;
  ids.reserve(m_found.size());
  for (const FileFound& file : m_found) ids.push_back(file.id);
  m_objects.read_ahead(std::move(ids), limits.file_bytes, limits.total_bytes, thread_count(m_options));
  m_tree.files.reserve(m_found.size());
  for (auto file = m_found.begin(); file != m_found.end() && !over_limit(); ++file) take(file->id, file->path);
}

void GitTreeWalk::take(const git_oid& id, const std::string& path) {
  if (!accept_name(path, m_sink)) {
    ++m_tree.skipped.unreadable;
    return;
  }
  const auto blob = m_objects.blob(id, m_options.limits.file_bytes);
  if (blob->status == GitBlob::Status::too_large) {
    ++m_tree.skipped.too_large;
    return report_too_large(path, blob->size, m_options.limits.file_bytes, m_sink);
  }
  if (blob->status == GitBlob::Status::missing) {
    ++m_tree.skipped.unreadable;
    return m_sink.error(k_object_missing, location_of(path), "the git object " + blob->id + " is missing or damaged",
                        "fetch it, e.g. with `git fetch --refetch`");
  }
  if (refuse_lfs_pointer(path, blob->bytes, m_sink)) {
    ++m_tree.skipped.unreadable;
    return;
  }
  m_bytes += blob->bytes.size();
  // One allocation holds the blob; the files of both trees share it.
  m_tree.files.push_back({path, std::shared_ptr<const std::string>(blob, &blob->bytes), blob->digest, blob->id});
}

}  // namespace postern::acquire
