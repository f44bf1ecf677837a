// SPDX-License-Identifier: Apache-2.0
// SPDX documents: packages, relationships, and what is described.
#include <ingest/codes.h>
#include <ingest/sbom/inventory.h>
#include <ingest/spdx/spdx.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>

namespace postern::ingest::spdx {
namespace {

using document::Node;
using model::ComponentScope;
using model::ComponentType;
using model::SbomFact;
using sbom::Component;

constexpr std::string_view k_document = "SPDXRef-DOCUMENT";

struct PurposeRow {
  std::string_view name;
  ComponentType type;
  bool is_row;
};
constexpr std::array k_purposes = {
    PurposeRow{"", ComponentType::library, true},
    PurposeRow{"LIBRARY", ComponentType::library, true},
    PurposeRow{"FRAMEWORK", ComponentType::framework, true},
    PurposeRow{"APPLICATION", ComponentType::application, false},
    PurposeRow{"CONTAINER", ComponentType::container, true},
    PurposeRow{"OPERATING-SYSTEM", ComponentType::operating_system, true},
    PurposeRow{"OPERATING_SYSTEM", ComponentType::operating_system, true},
    PurposeRow{"FILE", ComponentType::other, false},
};

enum class Direction : std::uint8_t { forward, backward };

/// Relationships that are dependencies, and what they say about the scope of the end that is depended on.
struct RelationshipRow {
  std::string_view name;
  Direction direction;
  ComponentScope scope;
};
constexpr std::array k_relationships = {
    RelationshipRow{"DEPENDS_ON", Direction::forward, ComponentScope::unknown},
    RelationshipRow{"DEPENDENCY_OF", Direction::backward, ComponentScope::unknown},
    RelationshipRow{"RUNTIME_DEPENDENCY_OF", Direction::backward, ComponentScope::required},
    RelationshipRow{"OPTIONAL_DEPENDENCY_OF", Direction::backward, ComponentScope::optional},
    RelationshipRow{"BUILD_DEPENDENCY_OF", Direction::backward, ComponentScope::excluded},
    RelationshipRow{"DEV_DEPENDENCY_OF", Direction::backward, ComponentScope::excluded},
    RelationshipRow{"TEST_DEPENDENCY_OF", Direction::backward, ComponentScope::excluded},
};

std::string_view meaningful(std::string_view text) { return text == "NOASSERTION" || text == "NONE" ? std::string_view() : text; }

std::string_view purl_of(const Node& package) {
  for (const Node reference : package["externalRefs"].items()) {
    if (reference["referenceType"].text() == "purl") return reference["referenceLocator"].text();
  }
  return {};
}

class Reader {
 public:
  Reader(const Node& root, base::DiagnosticSink& sink) : m_root(root), m_trouble(sink, root.location()), m_inventory(m_trouble) {}

  SbomFact read() {
    SbomFact fact;
    fact.location = m_root.location();
    if (check_head()) {
      collect_described();
      read_packages(fact);
      read_relationships();
      if (fact.name.empty()) fact.name = base::Symbol(m_trouble.text(m_root, "name", "the document"));
      if (!m_inventory.has_rows()) {
        m_trouble.odd(code::k_no_components, m_root, "the document lists no packages",
                      "a build without any library is rare: check the generator; the libraries count as unknown");
      }
    }
    sbom::finish(fact, m_inventory, m_trouble);
    return fact;
  }

 private:
  bool check_head() {
    const Node version = m_root["spdxVersion"];
    const std::string_view text = m_trouble.text(m_root, "spdxVersion", "the document");
    if (text == "SPDX-2.3" || text == "SPDX-2.2") return true;
    const std::string found = text.empty() ? "'spdxVersion' is missing" : "spdxVersion '" + std::string(text) + "' is not known";
    if (text.starts_with("SPDX-2.") || (text.empty() && m_root["packages"])) {
      m_trouble.odd(code::k_unknown_version, version ? version : m_root, found + ", expected SPDX-2.2 or SPDX-2.3",
                    "the document is read as SPDX-2.3");
      return true;
    }
    m_trouble.lost(code::k_unknown_version, version ? version : m_root, found + ", expected SPDX-2.2 or SPDX-2.3",
                   "write the document as SPDX 2.3 JSON or CycloneDX 1.6 JSON; its libraries are unknown");
    return false;
  }

  /// What the document is about. Several: they are what it lists, and nothing is the whole.
  void collect_described() {
    std::set<std::string_view> described;
    for (const Node item : m_trouble.list(m_root, "documentDescribes", "the document").items()) described.insert(item.text());
    for (const Node item : m_trouble.list(m_root, "relationships", "the document").items()) {
      const std::string_view type = item["relationshipType"].text();
      if (type == "DESCRIBES" && item["spdxElementId"].text() == k_document) described.insert(item["relatedSpdxElement"].text());
      if (type == "DESCRIBED_BY" && item["relatedSpdxElement"].text() == k_document) described.insert(item["spdxElementId"].text());
    }
    const bool is_whole = described.size() == 1 && m_root["packages"].size() > 1;
    if (is_whole) m_described = *described.begin();
  }

  void read_packages(SbomFact& fact) {
    m_inventory.set_root(m_described);
    for (const Node package : m_trouble.list(m_root, "packages", "the document").items()) {
      if (!package.is_mapping()) {
        m_trouble.lost(code::k_wrong_type, package,
                       std::string("a package is ") + to_string(package.kind()) + ", expected an object",
                       "generate the document again; this package is unknown");
      } else if (!m_described.empty() && package["SPDXID"].text() == m_described) {
        read_subject(package, fact);
      } else {
        read_package(package);
      }
    }
  }

  void read_subject(const Node& package, SbomFact& fact) {
    const std::string_view version = m_trouble.text(package, "versionInfo", "a package");
    fact.name = base::Symbol(m_trouble.text(package, "name", "a package"));
    fact.version = base::Symbol(meaningful(version));
    if (package["primaryPackagePurpose"].text() == "CONTAINER") {
      sbom::add_image(fact.name.view(), fact);
      if (version.starts_with("sha256:")) sbom::add_image(version, fact);
    }
    if (const auto purl = package::parse_purl(purl_of(package))) {
      fact.purl = base::Symbol(package::identity_of(*purl));
      sbom::add_image(*purl, fact);
    }
  }

  void read_package(const Node& package) {
    Component component;
    component.reference = m_trouble.text(package, "SPDXID", "a package");
    component.name = m_trouble.text(package, "name", "a package");
    component.version = meaningful(m_trouble.text(package, "versionInfo", "a package"));
    static_cast<void>(m_trouble.list(package, "externalRefs", "a package"));  // for its type
    component.purl = purl_of(package);
    if (component.name.empty()) {
      m_trouble.lost(code::k_missing_part, package, "a package has no 'name'",
                     "generate the document again; this package is unknown");
      return;
    }
    if (component.reference.empty())
      m_trouble.odd(code::k_missing_part, package, "package '" + std::string(component.name) + "' has no 'SPDXID'",
                    "its dependencies cannot be told; add the field");
    const std::string_view purpose = m_trouble.text(package, "primaryPackagePurpose", "a package");
    const auto row =
        std::find_if(k_purposes.begin(), k_purposes.end(), [&](const PurposeRow& each) { return each.name == purpose; });
    component.type = row == k_purposes.end() ? ComponentType::other : row->type;
    component.is_row = !component.purl.empty() || row == k_purposes.end() || row->is_row || !component.version.empty();
    // What somebody concluded counts before what the package says about itself.
    std::string_view licence = meaningful(m_trouble.text(package, "licenseConcluded", "a package"));
    if (licence.empty()) licence = meaningful(m_trouble.text(package, "licenseDeclared", "a package"));
    if (!licence.empty()) component.licences.emplace_back(licence);
    m_inventory.add(component, package);
  }

  /// Files, snippets and other documents are no packages: what hangs on them is nothing that is missing.
  static bool is_package_reference(std::string_view reference) {
    return !reference.empty() && reference != k_document && reference != "NOASSERTION" && reference != "NONE" &&
           !reference.starts_with("DocumentRef-") && !reference.starts_with("SPDXRef-File");
  }

  void read_relationships() {
    for (const Node item : m_root["relationships"].items()) {
      const std::string_view type = m_trouble.text(item, "relationshipType", "a relationship");
      const auto row = std::find_if(k_relationships.begin(), k_relationships.end(),
                                    [&](const RelationshipRow& each) { return each.name == type; });
      if (row == k_relationships.end()) continue;
      std::string_view from = m_trouble.text(item, "spdxElementId", "a relationship");
      std::string_view to = m_trouble.text(item, "relatedSpdxElement", "a relationship");
      if (row->direction == Direction::backward) std::swap(from, to);
      if (!is_package_reference(from) || !is_package_reference(to)) continue;
      m_inventory.depend(from, to, item);
      if (row->scope != ComponentScope::unknown) m_inventory.set_scope(to, row->scope);
    }
  }

  Node m_root;
  sbom::Trouble m_trouble;
  sbom::Inventory m_inventory;
  std::string_view m_described;
};

}  // namespace

bool is_spdx(const Node& root) {
  if (!root.is_mapping()) return false;
  if (root["spdxVersion"] || root["SPDXID"].text() == k_document) return true;
  return root["@context"].text().find("spdx.org/rdf/3") != std::string_view::npos;
}

void extract_spdx(const Node& root, std::vector<model::Fact>& facts, base::DiagnosticSink& sink) {
  facts.emplace_back(Reader(root, sink).read());
}

}  // namespace postern::ingest::spdx
