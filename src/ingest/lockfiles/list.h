// SPDX-License-Identifier: Apache-2.0
// What the readers of lock files share: packages, what needs what, and what follows from both.
#pragma once
#include <ingest/project.h>
#include <postern/base/diagnostic.h>
#include <postern/document/document.h>
#include <postern/model/fact.h>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace postern::ingest::lockfiles {

using document::Node;
using model::ComponentScope;

/// One package as a lock file names it.
struct Package {
  std::string name;     ///< as the package manager writes it: `@scope/name`, `group:artifact`, `github.com/x/y`
  std::string version;  ///< empty where the file does not say which
  base::Location at;
  ComponentScope scope = ComponentScope::unknown;
  std::vector<std::string> licences;
};

/// Who names a package itself.
enum class Use : std::uint8_t { production, development };

/// Collects the packages of one file.
class List {
 public:
  using Index = std::uint32_t;
  /// `type` is that of package URLs.
  List(std::string_view type, base::Location top, base::DiagnosticSink& sink);

  /// The same package twice is one row; what is needed in any of the cases counts as needed.
  Index add(const Package& package);
  void need(Index from, Index to) { m_edges.emplace_back(from, to); }
  /// The whole names this package itself.
  void name_directly(Index package, Use use);
  /// What the whole is called, as the file or the manifest beside it says; nothing is changed where they do not say.
  void set_name(std::string_view name) {
    if (!name.empty()) m_name = std::string(name);
  }
  void set_version(std::string_view version) { m_version = std::string(version); }
  /// Something could not be read, so that rows may be missing.
  void lost(const base::Location& at, const std::string& message);
  [[nodiscard]] std::string_view version_of(Index index) const { return m_packages[index].version; }

  [[nodiscard]] model::SbomFact finish();

 private:
  struct Reached {
    std::vector<std::uint32_t> distance;
    std::vector<std::int64_t> origin;
  };
  [[nodiscard]] Reached walk(bool with_development) const;
  void settle(std::vector<model::Library>& rows);

  std::string_view m_type;
  base::Location m_top;
  base::DiagnosticSink& m_sink;
  std::string m_name;
  std::string m_version;
  std::vector<Package> m_packages;
  std::map<std::pair<std::string, std::string>, Index> m_places;
  std::vector<std::pair<Index, Index>> m_edges;
  std::map<Index, Use> m_direct;
  std::size_t m_lost = 0;
};

/// One file to read, with the files around it.
struct LockFile {
  const SourceFiles& files;
  const SourceFile& file;
  Node root;                                  ///< of formats that are documents
  std::set<std::size_t>* included = nullptr;  ///< indices of the files that took part, to be added to

  [[nodiscard]] base::Location at(std::size_t line) const { return {base::Symbol(file.path), static_cast<std::uint32_t>(line), 1}; }
};

/// The file of that name in the same folder; empty where there is none.
[[nodiscard]] std::string_view text_beside(const LockFile& lock, std::string_view name);
/// The same, read; trouble is not reported, since the file is no lock file.
[[nodiscard]] std::optional<document::Document> document_beside(const LockFile& lock, std::string_view name,
                                                                document::Format format);

/// Lines of a text without their ends, with numbers from 1.
struct Line {
  std::string_view text;
  std::size_t number = 0;
};
[[nodiscard]] std::vector<Line> lines_of(std::string_view text);

/// What `package.json` beside the file says: the name of the whole, and which packages in which ranges it names itself.
struct NodeManifest {
  std::string name;
  std::string version;
  struct Wish {
    std::string name;
    std::string range;
    Use use = Use::production;
  };
  std::vector<Wish> wishes;
};
[[nodiscard]] NodeManifest wishes_of(const Node& manifest);
[[nodiscard]] NodeManifest node_manifest(const LockFile& lock);

/// What `pyproject.toml` beside the file says; names are normalised as PEP 503 says.
[[nodiscard]] NodeManifest python_manifest(const LockFile& lock);
[[nodiscard]] std::string python_name(std::string_view name);
/// The name at the beginning of a requirement (PEP 508).
[[nodiscard]] std::string_view name_of_requirement(std::string_view text);
/// Marks what the manifest names, by name.
void name_wishes(const NodeManifest& manifest, const std::map<std::string, std::vector<List::Index>>& places, List& list);

}  // namespace postern::ingest::lockfiles
