// SPDX-License-Identifier: Apache-2.0
// Object database to names and bytes. Bytes are the committed ones: no filter, no line-ending conversion, no attribute applies.
#include <acquire/git_objects.h>
#include <postern/base/digest.h>
#include <postern/base/error.h>

#include <algorithm>
#include <atomic>
#include <future>

namespace postern::acquire {
namespace {

GitEntryKind kind_of(git_filemode_t mode) {
  switch (mode) {
    case GIT_FILEMODE_TREE:
      return GitEntryKind::folder;
    case GIT_FILEMODE_LINK:
      return GitEntryKind::symbolic_link;
    case GIT_FILEMODE_COMMIT:
      return GitEntryKind::submodule;
    default:
      return GitEntryKind::file;
  }
}

}  // namespace

GitObjects::GitObjects(git_repository* repository) : m_repository(repository) {
  git_odb* odb = nullptr;
  if (git_repository_odb(&odb, repository) != 0) throw SourceError("the git object database cannot be opened: " + last_git_error());
  m_odb.reset(odb);
}

std::shared_ptr<const GitEntries> GitObjects::tree(const git_oid& id) {
  const auto known = m_trees.find(id);
  if (known != m_trees.end()) return known->second;
  git_tree* raw = nullptr;
  if (git_tree_lookup(&raw, m_repository, &id) != 0) return nullptr;
  const TreeHandle tree(raw);
  auto entries = std::make_shared<GitEntries>();
  entries->reserve(git_tree_entrycount(raw));
  for (std::size_t i = 0; i < git_tree_entrycount(raw); ++i) {
    const git_tree_entry* entry = git_tree_entry_byindex(raw, i);
    entries->push_back({git_tree_entry_name(entry), *git_tree_entry_id(entry), kind_of(git_tree_entry_filemode(entry))});
  }
  return m_trees[id] = std::move(entries);
}

std::shared_ptr<const GitBlob> GitObjects::blob(const git_oid& id, std::uint64_t limit) {
  const auto known = m_blobs.find(id);
  if (known != m_blobs.end() && known->second->size <= limit) return known->second;
  auto blob = std::make_shared<const GitBlob>(read_blob(id, limit));
  keep(id, blob);
  return blob;
}

void GitObjects::keep(const git_oid& id, std::shared_ptr<const GitBlob> blob) {
  if (blob->status != GitBlob::Status::complete) return;
  ++m_blobs_read;
  m_blobs[id] = std::move(blob);
}

void GitObjects::read_ahead(std::vector<git_oid> ids, std::uint64_t limit, std::uint64_t total_limit, unsigned threads) {
  constexpr std::size_t k_piece = 32;
  std::sort(ids.begin(), ids.end(), [](const git_oid& a, const git_oid& b) { return git_oid_cmp(&a, &b) < 0; });
  ids.erase(std::unique(ids.begin(), ids.end(), Equal()), ids.end());
  ids.erase(std::remove_if(ids.begin(), ids.end(), [this](const git_oid& id) { return m_blobs.count(id) != 0; }), ids.end());
  std::vector<std::shared_ptr<const GitBlob>> read(ids.size());
  std::atomic<std::size_t> next = 0;
  std::atomic<std::uint64_t> bytes = 0;
  const auto work = [&] {
    for (std::size_t begin = next.fetch_add(k_piece); begin < ids.size(); begin = next.fetch_add(k_piece)) {
      for (std::size_t i = begin; i < std::min(begin + k_piece, ids.size()) && bytes.load() <= total_limit; ++i) {
        read[i] = std::make_shared<const GitBlob>(read_blob(ids[i], limit));
        bytes.fetch_add(read[i]->bytes.size());
      }
    }
  };
  std::vector<std::future<void>> helpers;
  for (std::size_t i = 1; i < std::min<std::size_t>(threads, ids.size() / k_piece); ++i)
    helpers.push_back(std::async(std::launch::async, work));
  work();
  for (std::future<void>& helper : helpers) helper.get();
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (read[i]) keep(ids[i], std::move(read[i]));
  }
}

/// Safe from several threads: the object database is.
GitBlob GitObjects::read_blob(const git_oid& id, std::uint64_t limit) const {
  GitBlob blob;
  blob.id = hex(id);
  std::size_t size = 0;
  git_object_t type = GIT_OBJECT_INVALID;
  if (git_odb_read_header(&size, &type, m_odb.get(), &id) != 0 || type != GIT_OBJECT_BLOB) return blob;
  blob.size = size;
  if (size > limit) {
    blob.status = GitBlob::Status::too_large;
    return blob;
  }
  git_odb_object* raw = nullptr;
  if (git_odb_read(&raw, m_odb.get(), &id) != 0) return blob;
  const OdbObjectHandle object(raw);
  blob.bytes.assign(static_cast<const char*>(git_odb_object_data(raw)), git_odb_object_size(raw));
  blob.digest = base::sha256_hex(blob.bytes);
  blob.status = GitBlob::Status::complete;
  return blob;
}

}  // namespace postern::acquire
