// SPDX-License-Identifier: Apache-2.0
// SPDX 2 documents in JSON and YAML.
#include <ingest/codes.h>
#include <ingest/spdx/packages.h>
#include <ingest/spdx/spdx.h>

namespace postern::ingest::spdx {
namespace {

using document::Node;

std::string_view purl_of(const Node& package) {
  for (const Node reference : package["externalRefs"].items()) {
    if (reference["referenceType"].text() == "purl") return reference["referenceLocator"].text();
  }
  return {};
}

class Reader {
 public:
  Reader(const Node& root, base::DiagnosticSink& sink)
      : m_root(root), m_trouble(sink, root.location()), m_collector(m_trouble, root) {}

  model::SbomFact read() {
    if (check_head()) {
      m_collector.name(m_trouble.text(m_root, "name", "the document"));
      for (const Node item : m_trouble.list(m_root, "documentDescribes", "the document").items()) m_collector.describe(item.text());
      for (const Node file : m_root["files"].items()) m_collector.pass_over(file["SPDXID"].text());
      for (const Node snippet : m_root["snippets"].items()) m_collector.pass_over(snippet["SPDXID"].text());
      for (const Node package : m_trouble.list(m_root, "packages", "the document").items()) read_package(package);
      for (const Node item : m_trouble.list(m_root, "relationships", "the document").items()) read_relationship(item);
      return m_collector.finish();
    }
    model::SbomFact fact;
    fact.location = m_root.location();
    fact.complete = false;
    m_trouble.finish();
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

  void read_package(const Node& node) {
    if (!node.is_mapping()) {
      m_trouble.lost(code::k_wrong_type, node, std::string("a package is ") + to_string(node.kind()) + ", expected an object",
                     "generate the document again; this package is unknown");
      return;
    }
    static_cast<void>(m_trouble.list(node, "externalRefs", "a package"));  // for its type
    // What somebody concluded counts before what the package says about itself.
    std::string_view licence = meaningful(m_trouble.text(node, "licenseConcluded", "a package"));
    if (licence.empty()) licence = meaningful(m_trouble.text(node, "licenseDeclared", "a package"));
    m_collector.add({m_trouble.text(node, "SPDXID", "a package"), m_trouble.text(node, "name", "a package"),
                     m_trouble.text(node, "versionInfo", "a package"), purl_of(node),
                     m_trouble.text(node, "primaryPackagePurpose", "a package"), std::string(licence), node});
  }

  void read_relationship(const Node& item) {
    m_collector.relate(m_trouble.text(item, "spdxElementId", "a relationship"),
                       m_trouble.text(item, "relationshipType", "a relationship"),
                       m_trouble.text(item, "relatedSpdxElement", "a relationship"), item);
  }

  Node m_root;
  sbom::Trouble m_trouble;
  Collector m_collector;
};

}  // namespace

bool is_spdx(const Node& root) {
  return root.is_mapping() && !root["@graph"] && (root["spdxVersion"] || root["SPDXID"].text() == k_document);
}

void extract_spdx(const Node& root, std::vector<model::Fact>& facts, base::DiagnosticSink& sink) {
  facts.emplace_back(Reader(root, sink).read());
}

}  // namespace postern::ingest::spdx
