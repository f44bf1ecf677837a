// SPDX-License-Identifier: Apache-2.0
// Elements of a graph that name one another; licences are elements too.
#include <ingest/codes.h>
#include <ingest/spdx/packages.h>
#include <ingest/spdx/spdx3.h>

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace postern::ingest::spdx {
namespace {

using document::Node;
using model::ComponentScope;

constexpr std::string_view k_context = "spdx.org/rdf/3";
constexpr std::string_view k_listed = "spdx.org/licenses/";
constexpr int k_deepest = 8;

constexpr std::array<std::string_view, 3> k_packages = {"ai_AIPackage", "dataset_DatasetPackage", "software_Package"};

/// Purposes as SPDX 2.3 names them; all others are `OTHER` there.
struct PurposeRow {
  std::string_view name;
  std::string_view older;
};
constexpr std::array k_purposes = {PurposeRow{"", ""},
                                   PurposeRow{"application", "APPLICATION"},
                                   PurposeRow{"container", "CONTAINER"},
                                   PurposeRow{"file", "FILE"},
                                   PurposeRow{"framework", "FRAMEWORK"},
                                   PurposeRow{"library", "LIBRARY"},
                                   PurposeRow{"operatingSystem", "OPERATING-SYSTEM"}};

/// Relationships in which `from` needs `to`.
struct NeedRow {
  std::string_view type;
  ComponentScope scope;
};
constexpr std::array k_needs = {NeedRow{"dependsOn", ComponentScope::unknown}, NeedRow{"hasDynamicLink", ComponentScope::required},
                                NeedRow{"hasOptionalDependency", ComponentScope::optional},
                                NeedRow{"hasProvidedDependency", ComponentScope::unknown},
                                NeedRow{"hasStaticLink", ComponentScope::required}};

/// Scopes of a relationship in which nothing runs where the whole is deployed.
constexpr std::array<std::string_view, 4> k_excluded = {"build", "design", "development", "test"};

std::string_view id_of(const Node& element) {
  if (element.is_scalar()) return element.text();
  const std::string_view id = element["spdxId"].text();
  return id.empty() ? element["@id"].text() : id;
}

std::string_view type_of(const Node& element) {
  const std::string_view type = element["type"].text();
  return type.empty() ? element["@type"].text() : type;
}

/// A value, or the items of a list: JSON-LD writes a list of one as its item.
std::vector<Node> each(const Node& value) {
  if (!value.is_sequence()) return value ? std::vector{value} : std::vector<Node>();
  std::vector<Node> list;
  for (const Node item : value.items()) list.push_back(item);
  return list;
}

std::string_view purl_of(const Node& package) {
  if (const Node stated = package["software_packageUrl"]) return stated.text();
  for (const Node& identifier : each(package["externalIdentifier"])) {
    const std::string_view type = identifier["externalIdentifierType"].text();
    if (type == "packageUrl" || type == "purl") return identifier["identifier"].text();
  }
  return {};
}

class Reader {
 public:
  Reader(const Node& root, base::DiagnosticSink& sink)
      : m_root(root), m_trouble(sink, root.location()), m_collector(m_trouble, root) {}

  model::SbomFact read() {
    const Node graph = m_root["@graph"];
    if (graph && !graph.is_sequence()) {
      m_trouble.lost(code::k_wrong_type, graph, std::string("'@graph' is ") + to_string(graph.kind()) + ", expected an array",
                     "generate the document again; its packages are unknown");
    }
    m_elements = graph ? (graph.is_sequence() ? each(graph) : std::vector<Node>()) : std::vector{m_root};
    for (const Node& element : m_elements) {
      if (!element.is_mapping()) {
        m_trouble.lost(code::k_wrong_type, element,
                       std::string("an element is ") + to_string(element.kind()) + ", expected an object",
                       "generate the document again; this element is unknown");
      } else if (const std::string_view id = id_of(element); !id.empty()) {
        m_by_id.emplace(id, element);
      }
    }
    for (const Node& element : m_elements) read_licensing(element);
    for (const Node& element : m_elements) read_element(element);
    return m_collector.finish();
  }

 private:
  static bool is_package(const Node& element) {
    return std::find(k_packages.begin(), k_packages.end(), type_of(element)) != k_packages.end();
  }

  void read_licensing(const Node& element) {
    const std::string_view type = element["relationshipType"].text();
    if (type != "hasConcludedLicense" && type != "hasDeclaredLicense") return;
    auto& licences = type == "hasConcludedLicense" ? m_concluded : m_declared;
    for (const Node& target : each(element["to"])) {
      const std::string text = licence_of(target, 0);
      if (!text.empty()) licences.emplace(id_of(element["from"]), text);
    }
  }

  /// An expression, a licence of the list by its address, the name of another one, or a set of these.
  std::string licence_of(const Node& target, int depth) {
    // Sets may name sets, and one another: what that would cost is bounded.
    if (m_steps_left == 0) return {};
    --m_steps_left;
    const std::string_view id = id_of(target);
    const auto found = m_by_id.find(id);
    const Node element = target.is_mapping() ? target : found == m_by_id.end() ? Node() : found->second;
    if (const Node expression = element["simplelicensing_licenseExpression"]) return std::string(meaningful(expression.text()));
    for (const auto& [type, word] : {std::pair{"expandedlicensing_ConjunctiveLicenseSet", " AND "},
                                     std::pair{"expandedlicensing_DisjunctiveLicenseSet", " OR "}}) {
      if (type_of(element) == type && depth < k_deepest) return joined(element["expandedlicensing_member"], word, depth);
    }
    if (const std::size_t listed = id.find(k_listed); listed != std::string_view::npos) {
      return std::string(id.substr(listed + k_listed.size()));
    }
    const bool says_nothing = id.ends_with("NoAssertionLicense") || id.ends_with("NoneLicense");
    return says_nothing ? std::string() : std::string(meaningful(element["name"].text()));
  }

  std::string joined(const Node& members, const char* word, int depth) {
    constexpr std::size_t k_most = 4096;
    std::string text;
    for (const Node& member : each(members)) {
      const std::string part = licence_of(member, depth + 1);
      if (!part.empty() && text.size() < k_most) text += (text.empty() ? "" : word) + part;
    }
    return depth > 0 && text.find(word) != std::string::npos ? '(' + text + ')' : text;
  }

  void read_element(const Node& element) {
    const std::string_view type = type_of(element);
    if (is_package(element)) {
      read_package(element);
    } else if (type == "SpdxDocument") {
      check_version(element);
      m_collector.name(element["name"].text());
      for (const Node& root : each(element["rootElement"])) describe(root, 0);
    } else if (element["relationshipType"]) {
      read_relationship(element);
    }
    if (!is_package(element)) m_collector.pass_over(id_of(element));
  }

  void check_version(const Node& document) {
    const Node stated = document["creationInfo"];
    const auto found = m_by_id.find(id_of(stated));
    const Node info = stated.is_mapping() ? stated : found == m_by_id.end() ? Node() : found->second;
    const std::string_view version = info["specVersion"].text();
    if (version.empty() || version.starts_with("3.0")) return;
    m_trouble.odd(code::k_unknown_version, info["specVersion"],
                  "specVersion '" + std::string(version.substr(0, 40)) + "' is not known, expected 3.0 or 3.0.1",
                  "the document is read as 3.0.1");
  }

  /// A bill within the document is about what it says itself.
  void describe(const Node& target, int depth) {
    const std::string_view id = id_of(target);
    const auto found = m_by_id.find(id);
    if (!m_seen.insert(id).second) return;
    if (found != m_by_id.end() && !is_package(found->second) && found->second["rootElement"] && depth < k_deepest) {
      for (const Node& root : each(found->second["rootElement"])) describe(root, depth + 1);
    } else if (!id.empty()) {
      m_collector.describe(id);
    }
  }

  void read_package(const Node& element) {
    const std::string_view id = id_of(element);
    const std::string_view purpose = element["software_primaryPurpose"].text();
    const auto row = std::find_if(k_purposes.begin(), k_purposes.end(), [&](const PurposeRow& one) { return one.name == purpose; });
    const auto concluded = m_concluded.find(id);
    const auto declared = m_declared.find(id);
    const std::string licence = concluded != m_concluded.end() ? concluded->second
                                : declared != m_declared.end() ? declared->second
                                                               : std::string();
    m_collector.add({id, m_trouble.text(element, "name", "a package"),
                     m_trouble.text(element, "software_packageVersion", "a package"), purl_of(element),
                     row == k_purposes.end() ? std::string_view("OTHER") : row->older, licence, element});
  }

  void read_relationship(const Node& element) {
    const std::string_view type = element["relationshipType"].text();
    const std::string_view from = id_of(element["from"]);
    if (type == "describes") {
      const auto owner = m_by_id.find(from);
      const bool is_document = owner != m_by_id.end() && type_of(owner->second) == "SpdxDocument";
      for (const Node& target : each(element["to"])) {
        if (is_document) describe(target, 0);
      }
    }
    const auto row = std::find_if(k_needs.begin(), k_needs.end(), [&](const NeedRow& one) { return one.type == type; });
    if (row == k_needs.end()) return;
    const std::string_view said = element["scope"].text();
    const bool is_excluded = std::find(k_excluded.begin(), k_excluded.end(), said) != k_excluded.end();
    const ComponentScope scope = is_excluded ? ComponentScope::excluded : said == "runtime" ? ComponentScope::required : row->scope;
    for (const Node& target : each(element["to"])) m_collector.depend(from, id_of(target), scope, element);
  }

  Node m_root;
  sbom::Trouble m_trouble;
  Collector m_collector;
  std::vector<Node> m_elements;
  std::unordered_map<std::string_view, Node> m_by_id;
  std::unordered_set<std::string_view> m_seen;  ///< described already
  std::size_t m_steps_left = 1'000'000;
  std::unordered_map<std::string_view, std::string> m_concluded;  ///< by package
  std::unordered_map<std::string_view, std::string> m_declared;
};

}  // namespace

bool is_spdx3(const Node& root) {
  if (!root.is_mapping()) return false;
  for (const Node& context : each(root["@context"])) {
    if (context.is_scalar() && context.text().find(k_context) != std::string_view::npos) return true;
  }
  return false;
}

void extract_spdx3(const Node& root, std::vector<model::Fact>& facts, base::DiagnosticSink& sink) {
  facts.emplace_back(Reader(root, sink).read());
}

}  // namespace postern::ingest::spdx
