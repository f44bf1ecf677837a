// SPDX-License-Identifier: Apache-2.0
// The walk: one folder at a time, opened relative to its parent.
#include <acquire/codes.h>
#include <acquire/folder_walk.h>
#include <postern/base/text.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace postern::acquire {
namespace {

constexpr std::string_view k_ignore_file = ".gitignore";
constexpr std::uint64_t k_largest_ignore_file = std::uint64_t{1} << 20U;

/// Folders of other version control systems than git: not inputs, unless git tracks files in them (so nothing hides there).
constexpr std::array<std::string_view, 4> k_version_control = {".bzr", ".hg", ".jj", ".svn"};

bool is_version_control(std::string_view name) {
  return std::find(k_version_control.begin(), k_version_control.end(), name) != k_version_control.end();
}

std::string read_link_in(const platform::FileDescriptor& folder, const std::string& name) {
  std::string target(4096, '\0');
  const ssize_t length = ::readlinkat(folder.get(), name.c_str(), target.data(), target.size());
  target.resize(length < 0 ? 0 : static_cast<std::size_t>(length));
  return target;
}

/// Asks what is at the end of a link; opens nothing.
bool leads_to_folder(const platform::FileDescriptor& folder, const std::string& name) {
  struct stat status {};
  return ::fstatat(folder.get(), name.c_str(), &status, 0) == 0 && S_ISDIR(status.st_mode);
}

bool has_name(const platform::FolderListing& listing, std::string_view name) {
  const auto found =
      std::lower_bound(listing.entries.begin(), listing.entries.end(), name,
                       [](const platform::FolderEntry& entry, std::string_view wanted) { return entry.name < wanted; });
  return found != listing.entries.end() && found->name == name;
}

}  // namespace

FolderWalk::FolderWalk(const platform::FileDescriptor& root, std::string repository_root, const Options& options, SourceTree& tree,
                       base::DiagnosticSink& sink)
    : m_root(root),
      m_repository_root(std::move(repository_root)),
      m_options(options),
      m_tree(tree),
      m_sink(sink),
      m_base(tree.root.empty() ? std::string() : tree.root + "/") {}

std::vector<Candidate> FolderWalk::run() {
  Scope scope;
  if (m_tree.in_repository) {
    m_tracked.emplace_back(m_repository_root);
    scope.repository.tracked = &m_tracked.back();
    load_parent_rules();
  }
  walk(m_root, {}, scope);
  report_ignored();
  return std::move(m_candidates);
}

/// The .gitignore files between the repository's top and the source root, outermost first.
void FolderWalk::load_parent_rules() {
  const platform::FileDescriptor top = platform::open_folder(m_repository_root);
  std::string folder_path;
  for (std::string_view rest = m_tree.root; !rest.empty();) {
    if (const auto folder = platform::open_folder_below(top, folder_path)) {
      load_rules(folder, folder_path, folder_path.empty() ? 0 : folder_path.size() + 1);
    }
    const std::size_t slash = rest.find('/');
    if (!folder_path.empty()) folder_path += '/';
    folder_path += rest.substr(0, slash);
    rest = slash == std::string_view::npos ? std::string_view{} : rest.substr(slash + 1);
  }
}

void FolderWalk::load_rules(const platform::FileDescriptor& folder, std::string_view folder_path, std::size_t path_bytes) {
  if (m_options.ignore_files == IgnoreFiles::disregarded) return;
  const platform::ReadResult file = platform::read_file_in(folder, std::string(k_ignore_file), k_largest_ignore_file);
  if (file.status == platform::ReadStatus::failed && file.error == ENOENT) return;
  if (file.status == platform::ReadStatus::complete) {
    m_rules.push_back({IgnoreRules(file.bytes), path_bytes});
    return;
  }
  if (file.status == platform::ReadStatus::special) return;  // a folder of that name
  const std::string path = (folder_path.empty() ? std::string() : std::string(folder_path) + "/") + std::string(k_ignore_file);
  m_sink.warning(k_ignore_file_unusable, location_of(path),
                 "the .gitignore is a link, too large or unreadable; its patterns are not applied");
}

void FolderWalk::walk(const platform::FileDescriptor& folder, const std::string& prefix, Scope scope) {
  const platform::FolderListing listing = platform::list_folder(folder);
  if (listing.error != 0) {
    ++m_tree.skipped.unreadable;
    m_sink.error(k_folder_unreadable, location_of(prefix.empty() ? "." : prefix),
                 "the folder cannot be listed: " + platform::error_text(listing.error));
    return;
  }
  const std::size_t rules_before = m_rules.size();
  if (!prefix.empty() && has_name(listing, ".git")) {
    m_tracked.emplace_back(m_repository_root + "/" + m_base + prefix.substr(0, prefix.size() - 1));
    scope.first_rules = rules_before;
    scope.repository = {m_base.size() + prefix.size(), &m_tracked.back()};
    scope.ignored = false;
  }
  // Outside of a repository nothing says which files somebody means to deploy: a .gitignore must not hide any.
  if (scope.repository.tracked != nullptr && has_name(listing, k_ignore_file))
    load_rules(folder, prefix.substr(0, prefix.empty() ? 0 : prefix.size() - 1), m_base.size() + prefix.size());
  std::vector<const platform::FolderEntry*> folders;
  for (const platform::FolderEntry& entry : listing.entries) {
    if (++m_entries > m_options.limits.entries) m_over_limit = true;
    if (m_over_limit) return;
    const std::string path = prefix + entry.name;
    switch (entry.kind) {
      case platform::EntryKind::file:
        visit_file(path, prefix.size(), scope);
        break;
      case platform::EntryKind::folder:
        folders.push_back(&entry);
        break;
      case platform::EntryKind::symbolic_link:
        visit_link(folder, entry.name, path, scope);
        break;
      case platform::EntryKind::special:
        visit_special(path);
        break;
    }
  }
  for (const platform::FolderEntry* entry : folders) {
    if (!m_over_limit) visit_folder(folder, entry->name, prefix + entry->name, scope);
  }
  m_rules.resize(rules_before, Rules{IgnoreRules({}), 0});
}

void FolderWalk::visit_file(const std::string& path, std::size_t folder_bytes, const Scope& scope) {
  if (!is_wanted(m_options.wanted, path)) {
    ++m_tree.skipped.not_wanted;
    return;
  }
  if (is_ignored(path, PathKind::file, scope)) {
    ++m_tree.skipped.ignored_files;
    return;
  }
  if (!accept_name(path, m_sink)) {
    ++m_tree.skipped.unreadable;
    return;
  }
  if (m_candidates.size() == m_options.limits.files) {
    m_over_limit = true;
    return;
  }
  m_candidates.push_back({path, folder_bytes});
}

void FolderWalk::visit_folder(const platform::FileDescriptor& parent, const std::string& name, const std::string& path,
                              const Scope& scope) {
  if (name == ".git") return;
  Scope inner = scope;
  if (is_version_control(name) || is_ignored(path, PathKind::folder, scope)) {
    const std::string full = (m_base + path).substr(scope.repository.path_bytes);
    if (scope.repository.tracked == nullptr || !scope.repository.tracked->contains_below(full)) {
      ++m_tree.skipped.ignored_folders;
      return;
    }
    inner.ignored = true;
  }
  if (++inner.depth > m_options.limits.depth) {
    if (!is_reported(++m_tree.skipped.unreadable)) return;
    m_sink.error(k_too_deep, location_of(path),
                 "the folder lies deeper than " + std::to_string(m_options.limits.depth) + " levels and was not entered");
    return;
  }
  const platform::FileDescriptor folder = platform::open_folder_below(parent, name);
  if (!folder) {
    ++m_tree.skipped.unreadable;
    m_sink.error(k_folder_unreadable, location_of(path), "the folder cannot be opened: " + platform::error_text(errno));
    return;
  }
  walk(folder, path + "/", inner);
}

void FolderWalk::visit_link(const platform::FileDescriptor& parent, const std::string& name, std::string path, const Scope& scope) {
  ++m_tree.skipped.symbolic_links;
  const bool to_folder = leads_to_folder(parent, name) && !is_ignored(path, PathKind::file, scope);
  if (!to_folder && !is_wanted(m_options.wanted, path)) return;
  m_links.push_back({std::move(path), read_link_in(parent, name), to_folder});
}

void FolderWalk::visit_special(const std::string& path) {
  ++m_tree.skipped.special;
  if (is_wanted(m_options.wanted, path)) {
    m_sink.warning(k_special_file, location_of(path), "a FIFO, socket or device has the name of an input; it was not opened",
                   "remove it, or pipe its content in as `-`");
  }
}

bool FolderWalk::is_ignored(const std::string& path, PathKind kind, const Scope& scope) const {
  if (m_options.ignore_files == IgnoreFiles::disregarded) return false;
  const std::string full = m_base + path;
  IgnoreVerdict verdict = scope.ignored ? IgnoreVerdict::ignored : IgnoreVerdict::undecided;
  for (std::size_t i = m_rules.size(); verdict == IgnoreVerdict::undecided && i > scope.first_rules; --i) {
    verdict = m_rules[i - 1].patterns.match(std::string_view(full).substr(m_rules[i - 1].path_bytes), kind);
  }
  if (verdict != IgnoreVerdict::ignored) return false;
  const Repository& repository = scope.repository;
  return kind == PathKind::folder || !repository.tracked->contains(full.substr(repository.path_bytes));
}

void FolderWalk::report_ignored() {
  for (const TrackedFiles& tracked : m_tracked) {
    if (tracked.unreadable()) {
      m_sink.warning(k_index_unreadable, {},
                     "git's index cannot be read (" + tracked.reason() + "); no .gitignore is applied to its files");
    }
  }
  const SkipCounts& skipped = m_tree.skipped;
  if (skipped.ignored_files + skipped.ignored_folders == 0) return;
  m_sink.note(k_ignored, {},
              "left out because of .gitignore: " + std::to_string(skipped.ignored_files) + " untracked files and " +
                  std::to_string(skipped.ignored_folders) + " untracked folders");
}

}  // namespace postern::acquire
