// SPDX-License-Identifier: Apache-2.0
// Walks a folder without following links, obeys .gitignore files, and lists what shall be read.
#pragma once
#include <acquire/ignore_rules.h>
#include <acquire/inspection.h>
#include <acquire/source_tree.h>
#include <acquire/tracked_files.h>
#include <platform/file.h>
#include <postern/base/diagnostic.h>

#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace postern::acquire {

/// A file to read: its path, and how much of it is the folder with its slash.
struct Candidate {
  std::string path;
  std::size_t folder_bytes = 0;
};

/// One walk over one folder. Files of a folder lie beside each other in the result.
class FolderWalk {
 public:
  /// `repository_root` is the absolute top folder of the work tree that holds the source root, or empty; `tree.root` and
  /// `tree.in_repository` must be set.
  FolderWalk(const platform::FileDescriptor& root, std::string repository_root, const Options& options, SourceTree& tree,
             base::DiagnosticSink& sink);

  /// Lists the candidates. Diagnostics come in the order of the walk, which is the order of names.
  [[nodiscard]] std::vector<Candidate> run();
  [[nodiscard]] const std::vector<LinkFound>& links() const noexcept { return m_links; }
  /// Whether a limit of counts was exceeded; the candidates are not complete then.
  [[nodiscard]] bool over_limit() const noexcept { return m_over_limit; }

 private:
  /// A git work tree that the walk is in: the outer one or a nested one, whose .gitignore files are its own.
  struct Repository {
    std::size_t path_bytes = 0;       ///< of the full path that belong to its top folder, with slash
    TrackedFiles* tracked = nullptr;  ///< null: not in a work tree
  };
  struct Rules {
    IgnoreRules patterns;
    std::size_t path_bytes = 0;  ///< of the full path that belong to the folder of the .gitignore, with slash
  };
  /// What holds in a folder.
  struct Scope {
    std::size_t first_rules = 0;  ///< index into m_rules: older ones belong to an outer repository
    Repository repository;
    bool ignored = false;  ///< below an ignored folder: only tracked files are read
    std::uint32_t depth = 0;
  };

  void load_parent_rules();
  void load_rules(const platform::FileDescriptor& folder, std::string_view folder_path, std::size_t path_bytes);
  void walk(const platform::FileDescriptor& folder, const std::string& prefix, Scope scope);
  void visit_file(const std::string& path, std::size_t folder_bytes, const Scope& scope);
  void visit_folder(const platform::FileDescriptor& parent, const std::string& name, const std::string& path, const Scope& scope);
  void visit_link(const platform::FileDescriptor& parent, const std::string& name, std::string path, const Scope& scope);
  void visit_special(const std::string& path);
  [[nodiscard]] bool is_ignored(const std::string& path, PathKind kind, const Scope& scope) const;
  void report_ignored();

  const platform::FileDescriptor& m_root;
  std::string m_repository_root;
  const Options& m_options;
  SourceTree& m_tree;
  base::DiagnosticSink& m_sink;
  std::string m_base;  ///< in front of a path below the source root to make it relative to the repository's top: "" or with slash
  std::deque<Rules> m_rules;
  std::deque<TrackedFiles> m_tracked;
  std::vector<LinkFound> m_links;
  std::vector<Candidate> m_candidates;
  std::uint64_t m_entries = 0;
  bool m_over_limit = false;
};

}  // namespace postern::acquire
