// SPDX-License-Identifier: Apache-2.0
// Start of libgit2, ownership of its objects, and its errors as ours. Included by the git files of this folder only.
#pragma once
#include <git2.h>

#include <memory>
#include <string>

namespace postern::acquire {

/// Starts libgit2 once, when it is first needed (5 ms), with no configuration of the system or the user.
void start_git_library();

/// The text of libgit2's last error.
[[nodiscard]] std::string last_git_error();

template <typename Object, void (*free_object)(Object*)>
struct GitFree {
  void operator()(Object* object) const { free_object(object); }
};
template <typename Object, void (*free_object)(Object*)>
using GitHandle = std::unique_ptr<Object, GitFree<Object, free_object>>;

using RepositoryHandle = GitHandle<git_repository, git_repository_free>;
using IndexHandle = GitHandle<git_index, git_index_free>;
using ObjectHandle = GitHandle<git_object, git_object_free>;
using CommitHandle = GitHandle<git_commit, git_commit_free>;
using TreeHandle = GitHandle<git_tree, git_tree_free>;
using ReferenceHandle = GitHandle<git_reference, git_reference_free>;
using OdbHandle = GitHandle<git_odb, git_odb_free>;
using OdbObjectHandle = GitHandle<git_odb_object, git_odb_object_free>;
using ConfigHandle = GitHandle<git_config, git_config_free>;

/// 40 hexadecimal digits.
[[nodiscard]] std::string hex(const git_oid& id);

/// The folder that `ROOT/.git` is or points to (work trees and submodules have a file there). Empty when neither.
[[nodiscard]] std::string git_folder_of(const std::string& repository_root);

}  // namespace postern::acquire
