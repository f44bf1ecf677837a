// SPDX-License-Identifier: Apache-2.0
// Object database to names and bytes. Bytes are the committed ones: no filter, no line-ending conversion, no attribute applies.
#include <acquire/git_objects.h>
#include <postern/base/digest.h>
#include <postern/base/error.h>

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
  if (blob->status == GitBlob::Status::complete) m_blobs[id] = blob;
  return blob;
}

GitBlob GitObjects::read_blob(const git_oid& id, std::uint64_t limit) {
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
  ++m_blobs_read;
  blob.bytes.assign(static_cast<const char*>(git_odb_object_data(raw)), git_odb_object_size(raw));
  blob.digest = base::sha256_hex(blob.bytes);
  blob.status = GitBlob::Status::complete;
  return blob;
}

}  // namespace postern::acquire
