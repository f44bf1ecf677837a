// SPDX-License-Identifier: Apache-2.0
// Opens repositories safely and answers what the rest of the program asks of them.
#include <acquire/acquire.h>
#include <acquire/git_listing.h>
#include <acquire/git_objects.h>
#include <acquire/git_reference.h>
#include <acquire/git_repository.h>
#include <acquire/git_tree_walk.h>
#include <postern/base/error.h>
#include <postern/base/text.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

namespace postern::acquire {
namespace {

namespace fs = std::filesystem;

/// Whether the file's owner is the user who runs the program; root through sudo counts as the user who called sudo, as for git.
bool is_own(const std::string& path) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0) return false;
  if (status.st_uid == ::geteuid()) return true;
  const char* caller = ::geteuid() == 0 ? std::getenv("SUDO_UID") : nullptr;
  return caller != nullptr && std::to_string(status.st_uid) == caller;
}

void check_owner(const std::string& top, const std::string& git_folder) {
  for (const std::string& path : {top, git_folder}) {
    if (is_own(path)) continue;
    throw SourceError("the git repository `" + top + "` belongs to another user (`" + path + "`), so its objects are not trusted",
                      "run as its owner, change the owner (`chown -R`), or allow it with --allow-foreign-owner; git's "
                      "safe.directory is not read");
  }
}

/// A value of the repository's own configuration file; empty when it is not there.
std::string configured(const std::string& git_folder, const char* key) {
  git_config* raw = nullptr;
  if (git_config_open_ondisk(&raw, (git_folder + "/config").c_str()) != 0) return {};
  const ConfigHandle config(raw);
  git_config* snapshot = nullptr;
  if (git_config_snapshot(&snapshot, raw) != 0) return {};
  const ConfigHandle values(snapshot);
  const char* value = nullptr;
  return git_config_get_string(&value, snapshot, key) == 0 ? value : std::string();
}

[[noreturn]] void refuse_repository(const std::string& top, const std::string& git_folder, const std::string& reason) {
  const std::string format = configured(git_folder, "extensions.objectformat");
  if (!format.empty() && format != "sha1") {
    throw SourceError("the git repository `" + top + "` uses the object format " + format + "; only sha1 can be read",
                      "check the baseline out into a folder and name that folder as the source");
  }
  const std::string storage = configured(git_folder, "extensions.refstorage");
  if (!storage.empty() && storage != "files") {
    throw SourceError("the git repository `" + top + "` keeps its references as " + storage + "; only files can be read",
                      "run `git refs migrate --ref-format=files`, or name a folder as the source");
  }
  throw SourceError("the git repository `" + top + "` cannot be opened: " + reason);
}

/// The last part of a URL or path without `.git`; never a host or a user name.
std::string last_part(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme != std::string_view::npos) {
    const std::size_t path = url.find('/', scheme + 3);
    url = path == std::string_view::npos ? std::string_view{} : url.substr(path);
  } else if (const std::size_t colon = url.find(':'); colon != std::string_view::npos && colon < url.find('/')) {
    url = url.substr(colon + 1);  // user@host:path
  }
  while (!url.empty() && url.back() == '/') url.remove_suffix(1);
  url = url.substr(url.find_last_of('/') + 1);
  constexpr std::string_view k_suffix = ".git";
  if (url.size() > k_suffix.size() && url.substr(url.size() - k_suffix.size()) == k_suffix) url.remove_suffix(k_suffix.size());
  return std::string(url);
}

struct Found {
  std::string top;
  std::string git_folder;
  bool bare = false;
};

/// The nearest work tree upwards wins over a folder that merely looks like a bare repository: such a folder can be committed.
Found find_repository(const std::string& start) {
  std::error_code trouble;
  const std::string folder = fs::canonical(start, trouble).string();
  if (trouble) throw SourceError("the folder `" + start + "` cannot be opened: " + trouble.message());
  if (const auto top = find_repository_root(folder)) {
    const std::string git_folder = git_folder_of(*top);
    if (git_folder.empty()) throw SourceError("`" + *top + "/.git` is neither a git folder nor a link to one");
    return {*top, git_folder, false};
  }
  if (fs::is_directory(fs::path(folder) / "objects", trouble) && fs::exists(fs::path(folder) / "HEAD", trouble))
    return {folder, folder, true};
  throw SourceError("there is no git repository around `" + folder + "`",
                    "run inside of a clone, or name a folder or snapshot:FILE as the source");
}

}  // namespace

std::string blob_id(std::string_view bytes) {
  start_git_library();
  git_oid id{};
  if (git_odb_hash(&id, bytes.data(), bytes.size(), GIT_OBJECT_BLOB) != 0) throw SourceError(last_git_error());
  return hex(id);
}

struct GitRepository::State {
  State(RepositoryHandle opened, std::string folder, bool is_bare)
      : repository(std::move(opened)), objects(repository.get()), top(std::move(folder)), bare(is_bare) {}

  RepositoryHandle repository;
  GitObjects objects;
  std::string top;
  bool bare;
};

GitRepository::GitRepository(std::unique_ptr<State> state) : m_state(std::move(state)) {}
GitRepository::~GitRepository() = default;
GitRepository::GitRepository(GitRepository&&) noexcept = default;
GitRepository& GitRepository::operator=(GitRepository&&) noexcept = default;

GitRepository GitRepository::open(const std::string& start, ForeignOwner foreign_owner) {
  const Found found = find_repository(start);
  if (foreign_owner == ForeignOwner::refused) check_owner(found.top, found.git_folder);
  start_git_library();
  git_repository* raw = nullptr;
  const int status = found.bare ? git_repository_open_bare(&raw, found.top.c_str())
                                : git_repository_open_ext(&raw, found.top.c_str(), GIT_REPOSITORY_OPEN_NO_SEARCH, nullptr);
  if (status != 0) refuse_repository(found.top, found.git_folder, last_git_error());
  return GitRepository(std::make_unique<State>(RepositoryHandle(raw), found.top, found.bare));
}

std::string GitRepository::resolve(std::string_view reference) const {
  return hex(*git_commit_id(resolve_commit(m_state->repository.get(), reference).get()));
}

std::optional<std::string> GitRepository::head_commit() const {
  git_oid id{};
  if (git_reference_name_to_id(&id, m_state->repository.get(), "HEAD") != 0) return std::nullopt;
  return hex(id);
}

std::optional<std::string> GitRepository::merge_base(std::string_view one, std::string_view other) const {
  git_repository* repository = m_state->repository.get();
  const CommitHandle first = resolve_commit(repository, one);
  const CommitHandle second = resolve_commit(repository, other);
  git_oid base{};
  if (git_merge_base(&base, repository, git_commit_id(first.get()), git_commit_id(second.get())) != 0) return std::nullopt;
  return hex(base);
}

bool GitRepository::is_shallow() const { return git_repository_is_shallow(m_state->repository.get()) == 1; }

std::string GitRepository::name() const {
  // Not through git_remote_lookup: libgit2 1.5 leaks memory for each configuration entry that its regular expressions do not match.
  git_config* raw = nullptr;
  if (git_repository_config_snapshot(&raw, m_state->repository.get()) == 0) {
    const ConfigHandle config(raw);
    const char* url = nullptr;
    const std::string name = git_config_get_string(&url, raw, "remote.origin.url") == 0 ? last_part(url) : std::string();
    if (!name.empty()) return name;
  }
  return last_part(m_state->top);
}

const std::string& GitRepository::top_folder() const { return m_state->top; }

SourceTree GitRepository::load(std::string_view reference, std::string_view path, const Options& options,
                               base::DiagnosticSink& sink) {
  const CommitHandle commit = resolve_commit(m_state->repository.get(), reference);
  SourceTree tree;
  tree.description = "git:" + std::string(reference) + (path.empty() ? "" : ":" + std::string(path));
  tree.in_repository = true;
  tree.commit = hex(*git_commit_id(commit.get()));
  const std::string inside = normalise_relative_path(path, "the path in " + tree.description);
  GitTreeWalk(m_state->objects, options, tree, sink).run(*git_commit_tree_id(commit.get()), inside);
  return tree;
}

std::vector<TreeEntry> GitRepository::list(std::string_view reference, const WantedFile& wanted, const Limits& limits) {
  const CommitHandle commit = resolve_commit(m_state->repository.get(), reference);
  return GitListing(m_state->objects, wanted, limits).run(*git_commit_tree_id(commit.get()));
}

std::optional<TreeEntry> GitRepository::entry(std::string_view reference, std::string_view path) {
  const CommitHandle commit = resolve_commit(m_state->repository.get(), reference);
  const std::string inside = normalise_relative_path(path, "the path in git:" + std::string(reference));
  const auto found = find_entry(m_state->objects, *git_commit_tree_id(commit.get()), inside);
  if (!found || found->kind == GitEntryKind::folder) return std::nullopt;
  return TreeEntry{inside, kind_of_entry(found->kind), hex(found->id)};
}

std::optional<std::string> GitRepository::file(std::string_view reference, std::string_view path, const Limits& limits) {
  const CommitHandle commit = resolve_commit(m_state->repository.get(), reference);
  const std::string inside = normalise_relative_path(path, "the path in git:" + std::string(reference));
  const auto entry = find_entry(m_state->objects, *git_commit_tree_id(commit.get()), inside);
  if (!entry || entry->kind != GitEntryKind::file) return std::nullopt;
  const auto blob = m_state->objects.blob(entry->id, limits.file_bytes);
  if (blob->status == GitBlob::Status::complete) return blob->bytes;
  throw SourceError("`" + inside + "` of the commit " + std::string(reference) +
                    (blob->status == GitBlob::Status::missing ? " is not in this clone" : " is too large"));
}

std::size_t GitRepository::blobs_read() const { return m_state->objects.blobs_read(); }

}  // namespace postern::acquire
