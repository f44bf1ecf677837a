// SPDX-License-Identifier: Apache-2.0
// What the readers of bills of materials share: rows, dependencies, and what follows from both.
#pragma once
#include <ingest/sbom/place.h>
#include <package/purl.h>
#include <postern/base/diagnostic.h>
#include <postern/document/node.h>
#include <postern/model/fact.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace postern::ingest::sbom {

using document::Node;

/// Reports trouble of one document, each kind a few times and then as a number, and remembers whether anything was lost by it.
class Trouble {
 public:
  Trouble(base::DiagnosticSink& sink, base::Location top) : m_sink(sink), m_top(std::move(top)) {}
  /// Something could not be read, so that the list is not complete.
  void lost(std::string_view code, const Place& at, const std::string& message, const std::string& hint);
  /// Something is odd, and everything was read.
  void odd(std::string_view code, const Place& at, const std::string& message, const std::string& hint);
  /// Says how many more there were of each kind.
  void finish();
  [[nodiscard]] bool is_complete() const noexcept { return m_complete; }

  /// Fields of known type; what is of another type is reported and counts as absent, null counts as absent.
  [[nodiscard]] std::string_view text(const Node& object, std::string_view key, std::string_view what);
  [[nodiscard]] Node list(const Node& object, std::string_view key, std::string_view what);
  [[nodiscard]] Node mapping(const Node& object, std::string_view key, std::string_view what);

 private:
  [[nodiscard]] bool is_shown(std::string_view code);
  [[nodiscard]] bool has_type(const Node& value, bool fits, std::string_view key, std::string_view what, std::string_view expected);
  base::DiagnosticSink& m_sink;
  base::Location m_top;
  std::unordered_map<std::string_view, std::size_t> m_counts;
  bool m_complete = true;
};

/// A component as a reader found it.
struct Component {
  std::string_view reference;  ///< its id within the document; may be empty
  std::string_view name;
  std::string_view version;
  std::string_view purl;  ///< as written
  std::vector<std::string> licences;
  model::ComponentType type = model::ComponentType::library;
  model::ComponentScope scope = model::ComponentScope::unknown;
  bool is_row = true;  ///< false: only leads to others (a lock file, a file), and what it leads to counts as its owner's
};

/// Collects the components of one document and works out what is direct. Texts must outlive it.
class Inventory {
 public:
  explicit Inventory(Trouble& trouble) : m_trouble(trouble) {}
  /// The whole that the document is about.
  void set_root(std::string_view reference);
  void add(const Component& component, const Place& at);
  /// `from` depends on `to`. References to nothing are reported.
  void depend(std::string_view from, std::string_view to, const Place& at);
  /// Marks what is used only in development or only on wish.
  void set_scope(std::string_view reference, model::ComponentScope scope);
  [[nodiscard]] bool has_rows() const noexcept { return !m_libraries.empty(); }
  [[nodiscard]] bool knows(std::string_view reference) const { return m_places.contains(reference); }
  /// The rows, sorted, each once.
  [[nodiscard]] std::vector<model::Library> finish();

 private:
  struct Spot {
    std::int64_t library = -1;  ///< -1: leads only to others
  };
  void settle_directness();
  [[nodiscard]] std::optional<std::uint32_t> place_of(std::string_view reference, const Place& at);
  [[nodiscard]] std::uint32_t new_place(std::int64_t library);

  Trouble& m_trouble;
  std::vector<model::Library> m_libraries;
  std::vector<Spot> m_nodes;
  std::unordered_map<std::string_view, std::uint32_t> m_places;  ///< by reference
  std::vector<std::pair<std::uint32_t, std::uint32_t>> m_edges;
  std::optional<std::uint32_t> m_root;
};

/// What images a package URL of type `oci` or `docker` names: adds to `images` and `digests`.
void add_image(const package::PackageUrl& purl, model::SbomFact& fact);
/// Likewise for a reference as people write it: `HOST/NAME:TAG@sha256:...`, or a digest alone.
void add_image(std::string_view reference, model::SbomFact& fact);

/// Sorts what was collected, takes the rows, and says whether anything is missing.
void finish(model::SbomFact& fact, Inventory& inventory, Trouble& trouble);

}  // namespace postern::ingest::sbom
