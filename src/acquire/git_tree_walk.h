// SPDX-License-Identifier: Apache-2.0
// Reads the files below a path of a commit's tree.
#pragma once
#include <acquire/git_objects.h>
#include <acquire/inspection.h>
#include <acquire/source_tree.h>
#include <postern/base/diagnostic.h>

#include <string>
#include <string_view>
#include <vector>

namespace postern::acquire {

/// One walk over one tree. Fills `tree.files`, `tree.root` and the counts.
class GitTreeWalk {
 public:
  GitTreeWalk(GitObjects& objects, const Options& options, SourceTree& tree, base::DiagnosticSink& sink)
      : m_objects(objects), m_options(options), m_tree(tree), m_sink(sink) {}

  /// Reads what lies at `path` ("" is all) below the tree `top`. Throws SourceError when there is nothing to read there.
  void run(const git_oid& top, std::string_view path);

 private:
  [[nodiscard]] GitEntry find(const git_oid& top, std::string_view path);
  void walk(const git_oid& id, const std::string& prefix, std::uint32_t depth);
  void visit(const GitEntry& entry, const std::string& path, std::uint32_t depth);
  void visit_file(const git_oid& id, const std::string& path);
  void visit_link(const git_oid& id, const std::string& path);
  [[nodiscard]] bool is_folder(const std::string& path);
  void take_all();
  void take(const git_oid& id, const std::string& path);
  [[nodiscard]] bool over_limit() const { return m_bytes > m_options.limits.total_bytes; }

  GitObjects& m_objects;
  const Options& m_options;
  SourceTree& m_tree;
  base::DiagnosticSink& m_sink;
  git_oid m_top{};
  struct FileFound {
    git_oid id;
    std::string path;
  };
  std::vector<FileFound> m_found;
  std::vector<LinkFound> m_links;
  std::uint64_t m_entries = 0;
  std::uint64_t m_bytes = 0;
  bool m_too_many = false;
};

}  // namespace postern::acquire
