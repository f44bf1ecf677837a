// SPDX-License-Identifier: Apache-2.0
// What all ways to write SPDX share: packages and relationships, and what follows from both.
#pragma once
#include <ingest/sbom/inventory.h>

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace postern::ingest::spdx {

inline constexpr std::string_view k_document = "SPDXRef-DOCUMENT";

/// Empty for the words that say that nothing is said.
[[nodiscard]] std::string_view meaningful(std::string_view text);

/// A package as its document says it. Texts outlive the collector.
struct Package {
  std::string_view reference;
  std::string_view name;
  std::string_view version;
  std::string_view purl;
  std::string_view purpose;  ///< in the words of SPDX 2.3
  std::string licence;       ///< concluded, else declared; may be empty
  sbom::Place at;
};

/// Collects one document; what is the whole is known only at its end.
class Collector {
 public:
  Collector(sbom::Trouble& trouble, sbom::Place top) : m_trouble(trouble), m_top(std::move(top)), m_inventory(trouble) {}

  void name(std::string_view text) { m_name = text; }
  /// The document is about this.
  void describe(std::string_view reference) { m_described.insert(reference); }
  void add(Package package);
  /// Something that is no package: what depends on it is not told as a dependency on nothing.
  void pass_over(std::string_view reference) { m_others.insert(reference); }
  /// A relationship in the words of SPDX 2.3; `DESCRIBES` of the document counts as describe().
  void relate(std::string_view from, std::string_view type, std::string_view to, const sbom::Place& at);
  /// `scope` is what the relationship says of the end that is depended on.
  void depend(std::string_view from, std::string_view to, model::ComponentScope scope, const sbom::Place& at);
  [[nodiscard]] model::SbomFact finish();

 private:
  struct Dependency {
    std::string_view from;
    std::string_view to;
    model::ComponentScope scope;
    sbom::Place at;
  };
  void add_subject(const Package& package, model::SbomFact& fact) const;
  void add_row(Package& package);
  [[nodiscard]] bool is_package_reference(std::string_view reference) const;

  sbom::Trouble& m_trouble;
  sbom::Place m_top;
  sbom::Inventory m_inventory;
  std::string_view m_name;
  std::set<std::string_view> m_described;
  std::set<std::string_view> m_others;
  std::vector<Package> m_packages;
  std::vector<Dependency> m_dependencies;
};

}  // namespace postern::ingest::spdx
