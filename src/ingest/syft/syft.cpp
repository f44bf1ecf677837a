// SPDX-License-Identifier: Apache-2.0
// Artifacts, what they need, and the image or folder in which they were found.
#include <ingest/codes.h>
#include <ingest/sbom/inventory.h>
#include <ingest/syft/syft.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <deque>
#include <string>

namespace postern::ingest::syft {
namespace {

using document::Node;
using model::SbomFact;

constexpr int k_newest = 16;
/// Packages of these types mean nothing without their distribution.
constexpr std::array<std::string_view, 4> k_distributed = {"alpm", "apk", "deb", "rpm"};

/// The first number of a version; 0 where there is none.
int major_of(std::string_view version) {
  int number = 0;
  std::from_chars(version.data(), version.data() + version.size(), number);
  return number;
}

class Reader {
 public:
  Reader(const Node& root, base::DiagnosticSink& sink) : m_root(root), m_trouble(sink, root.location()), m_inventory(m_trouble) {}

  SbomFact read() {
    SbomFact fact;
    fact.location = m_root.location();
    check_schema();
    read_source(fact);
    read_distribution();
    m_inventory.set_root({});
    for (const Node artifact : m_trouble.list(m_root, "artifacts", "the document").items()) read_artifact(artifact);
    read_relationships();
    if (!m_inventory.has_rows()) {
      m_trouble.odd(code::k_no_components, m_root, "the document lists no artifacts",
                    "a build without any library is rare: check the generator; the libraries count as unknown");
    }
    sbom::finish(fact, m_inventory, m_trouble);
    return fact;
  }

 private:
  void check_schema() {
    const Node version = m_root["schema"]["version"];
    const int major = major_of(version.text());
    if (major >= 1 && major <= k_newest) return;
    m_trouble.odd(code::k_unknown_version, version ? version : m_root,
                  "the schema has the version '" + std::string(version.text().substr(0, 40)) + "', expected 1 to 16",
                  "the document is read as one of schema 16");
  }

  void read_source(SbomFact& fact) {
    const Node source = m_trouble.mapping(m_root, "source", "the document");
    // Since schema 9 the particulars are `metadata`, before that `target`, which is a path for a folder.
    const Node particulars = source["metadata"].is_mapping() ? source["metadata"] : source["target"];
    const std::string_view input = particulars["userInput"].text();
    std::string_view name = source["name"].text();
    if (name.empty()) name = input.empty() ? particulars["path"].text() : input;
    if (name.empty() && particulars.is_scalar()) name = particulars.text();
    fact.name = base::Symbol(name);
    fact.version = base::Symbol(source["version"].text());
    if (source["type"].text() != "image") return;
    sbom::add_image(input, fact);
    for (const char* key : {"imageID", "manifestDigest"}) sbom::add_image(particulars[key].text(), fact);
    for (const char* key : {"tags", "repoDigests"}) {
      for (const Node reference : particulars[key].items()) sbom::add_image(reference.text(), fact);
    }
  }

  void read_distribution() {
    const Node distribution = m_root["distro"];
    const std::string_view id = distribution[distribution["id"] ? "id" : "name"].text();
    const std::string_view version = distribution[distribution["versionID"] ? "versionID" : "version"].text();
    if (!id.empty()) m_distribution = std::string(id) + (version.empty() ? "" : '-' + std::string(version));
  }

  /// Older documents say the distribution only once, and advisories are of one.
  std::string_view distributed(std::string_view text) {
    auto purl = package::parse_purl(text);
    if (m_distribution.empty() || !purl || !purl->qualifier("distro").empty()) return text;
    if (std::find(k_distributed.begin(), k_distributed.end(), purl->type) == k_distributed.end()) return text;
    purl->qualifiers.emplace_back("distro", m_distribution);
    std::sort(purl->qualifiers.begin(), purl->qualifiers.end());
    return m_texts.emplace_back(to_string(*purl));
  }

  void read_artifact(const Node& node) {
    if (!node.is_mapping()) {
      m_trouble.lost(code::k_wrong_type, node, std::string("an artifact is ") + to_string(node.kind()) + ", expected an object",
                     "generate the document again; this artifact is unknown");
      return;
    }
    sbom::Component component;
    component.reference = m_trouble.text(node, "id", "an artifact");
    component.name = m_trouble.text(node, "name", "an artifact");
    component.version = m_trouble.text(node, "version", "an artifact");
    component.purl = distributed(m_trouble.text(node, "purl", "an artifact"));
    if (component.name.empty()) {
      m_trouble.lost(code::k_missing_part, node, "an artifact has no 'name'",
                     "generate the document again; this artifact is unknown");
      return;
    }
    if (node["type"].text() == "binary") component.type = model::ComponentType::application;
    for (const Node licence : m_trouble.list(node, "licenses", "an artifact").items()) {
      const std::string_view expression = licence["spdxExpression"].text();
      const std::string_view text = licence.is_scalar()  ? licence.text()
                                    : expression.empty() ? licence["value"].text()
                                                         : expression;
      if (!text.empty()) component.licences.emplace_back(text);
    }
    m_inventory.add(component, node);
  }

  void read_relationships() {
    for (const Node item : m_trouble.list(m_root, "artifactRelationships", "the document").items()) {
      if (item["type"].text() != "dependency-of") continue;
      const std::string_view needed = item["parent"].text();
      const std::string_view owner = item["child"].text();
      // The other end may be a file.
      if (m_inventory.knows(owner) && m_inventory.knows(needed)) m_inventory.depend(owner, needed, item);
    }
  }

  Node m_root;
  sbom::Trouble m_trouble;
  std::deque<std::string> m_texts;  ///< outlives the inventory
  sbom::Inventory m_inventory;
  std::string m_distribution;
};

}  // namespace

bool is_syft(const Node& root) {
  if (!root.is_mapping() || !root["artifacts"] || !root["source"]) return false;
  const bool named =
      root["descriptor"]["name"].text() == "syft" || root["schema"]["url"].text().find("syft") != std::string_view::npos;
  return named && (root["schema"] || root["descriptor"]);
}

void extract_syft(const Node& root, std::vector<model::Fact>& facts, base::DiagnosticSink& sink) {
  facts.emplace_back(Reader(root, sink).read());
}

}  // namespace postern::ingest::syft
