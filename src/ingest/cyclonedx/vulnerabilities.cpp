// SPDX-License-Identifier: Apache-2.0
// From `vulnerabilities` to the rows of a report, bound to components by their references.
#include <ingest/cyclonedx/vulnerabilities.h>
#include <ingest/scanners/report.h>
#include <package/purl.h>

#include <array>
#include <string>
#include <unordered_map>

namespace postern::ingest::cyclonedx {
namespace {

using scanners::Part;
using scanners::Report;
using scanners::Row;
using scanners::ToolStatus;

constexpr int k_deepest = 48;

struct StateRow {
  std::string_view state;
  ToolStatus status;
};
/// `analysis.state`; all others are open.
constexpr std::array k_states = {
    StateRow{"false_positive", ToolStatus::false_positive},
    StateRow{"not_affected", ToolStatus::false_positive},
    StateRow{"resolved", ToolStatus::fixed},
    StateRow{"resolved_with_pedigree", ToolStatus::fixed},
};

struct MethodRow {
  std::string_view method;
  std::string_view prefix;
};
/// Vectors are mostly written without what says their version.
constexpr std::array k_methods = {
    MethodRow{"CVSSv3", "CVSS:3.0/"},
    MethodRow{"CVSSv31", "CVSS:3.1/"},
    MethodRow{"CVSSv4", "CVSS:4.0/"},
};

struct Known {
  std::string_view purl;
  std::string_view name;
  std::string_view version;
};

class Reader {
 public:
  Reader(const Shape& shape, Report& report) : m_shape(shape), m_report(report) {
    const Node whole = shape.mapping(shape.mapping(shape.top(), "metadata"), "component");
    if (whole) learn(whole, 0);
    for (const Node& component : shape.items(shape.top(), "components")) learn(component, 0);
  }

  void read() {
    for (const Node& node : m_shape.items(m_shape.top(), "vulnerabilities")) {
      if (!node.is_mapping()) {
        m_report.lost(node, std::string("a vulnerability is ") + to_string(node.kind()) + ", expected an object");
        continue;
      }
      read_vulnerability(node);
    }
  }

 private:
  void learn(const Node& component, int depth) {
    if (depth > k_deepest) return;
    const std::string_view reference = m_shape.text(component, "bom-ref");
    const Known known{m_shape.text(component, "purl"), m_shape.text(component, "name"), m_shape.text(component, "version")};
    if (!reference.empty()) m_known.emplace(reference, known);
    for (const Node& part : m_shape.items(component, "components")) learn(part, depth + 1);
  }

  void read_vulnerability(const Node& node) {
    std::vector<Node> targets = m_shape.items(node, "affects");
    if (targets.empty()) return add(node, Node());
    for (const Node& target : targets) add(node, target);
  }

  void add(const Node& node, const Node& target) {
    Row row(node, scanners::FindingCategory::vulnerability);
    const Node analysis = m_shape.mapping(node, "analysis");
    const std::string_view state = m_shape.text(analysis, "state");
    for (const StateRow& each : k_states) {
      if (each.state != state) continue;
      // Why it is not so is what people want to read then.
      row.set(each.status)
          .set(Part::title, m_shape.text(analysis, "justification"))
          .set(Part::title, m_shape.text(analysis, "detail"));
    }
    describe(node, row);
    // Older documents say in the weakness itself which component has it.
    const std::string_view reference = m_shape.text(target ? target : node, "ref");
    bind(reference, target, row);
    m_report.add(node, std::move(row));
  }

  void describe(const Node& node, Row& row) {
    row.set(Part::id, m_shape.text(node, "id"));
    for (const Node& other : m_shape.items(node, "references")) row.set(Part::alias, m_shape.text(other, "id"));
    for (const Node& advisory : m_shape.items(node, "advisories")) add_advisory(m_shape.text(advisory, "url"), row);
    for (const Node& weakness : m_shape.items(node, "cwes")) row.set(Part::cwe, Shape::text_of(weakness));
    row.set(Part::title, m_shape.text(node, "description")).set(Part::title, m_shape.text(node, "detail"));
    for (const Node& rating : m_shape.items(node, "ratings")) {
      row.set(Part::severity, m_shape.text(rating, "severity")).set(Part::score, score_of(rating));
      row.set(Part::vector, vector_of(rating));
    }
  }

  /// The advisory's own name, where the address ends with it.
  static void add_advisory(std::string_view url, Row& row) {
    const std::string_view last = url.substr(url.rfind('/') == std::string_view::npos ? 0 : url.rfind('/') + 1);
    if (last.starts_with("CVE-") || last.starts_with("GHSA-")) row.set(Part::alias, last);
  }

  /// Before version 1.4 the score is an element of several.
  std::string_view score_of(const Node& rating) {
    const Node score = m_shape.mapping(rating, "score");
    return score ? m_shape.text(score, "base") : m_shape.text(rating, "score");
  }

  std::string vector_of(const Node& rating) {
    std::string vector(m_shape.text(rating, "vector"));
    if (vector.empty() || vector.starts_with("CVSS:")) return vector;
    const std::string_view method = m_shape.text(rating, "method");
    for (const MethodRow& each : k_methods) {
      if (each.method == method) return std::string(each.prefix) + vector;
    }
    return vector;
  }

  void bind(std::string_view reference, const Node& target, Row& row) {
    // A reference into another document: `urn:cdx:SERIAL/VERSION#REFERENCE`.
    const std::size_t hash = reference.starts_with("urn:cdx:") ? reference.find('#') : std::string_view::npos;
    if (hash != std::string_view::npos) reference = reference.substr(hash + 1);
    const auto known = m_known.find(reference);
    std::string_view version;
    bool is_unaffected = false;
    for (const Node& each : m_shape.items(target, "versions")) {
      if (m_shape.text(each, "status") == "unaffected") {
        is_unaffected = true;
      } else if (version.empty()) {
        version = m_shape.text(each, "version");
      }
    }
    if (is_unaffected && version.empty()) row.set(ToolStatus::false_positive);
    if (known != m_known.end()) {
      row.set(Part::purl, known->second.purl).set(Part::package, known->second.name).set(Part::version, known->second.version);
    } else if (const auto purl = package::parse_purl(decoded(reference))) {
      row.set(Part::purl, to_string(*purl));
    } else {
      row.set(Part::package, reference);
    }
    row.set(Part::version, version);
  }

  /// References to package URLs are sometimes escaped once more.
  static std::string decoded(std::string_view text) {
    std::string plain(text);
    constexpr std::string_view k_escaped = "pkg%3A";
    if (plain.starts_with(k_escaped) || plain.starts_with("pkg%3a")) plain.replace(0, k_escaped.size(), "pkg:");
    return plain;
  }

  const Shape& m_shape;
  Report& m_report;
  std::unordered_map<std::string_view, Known> m_known;
};

/// Who says it: the author, else the supplier.
std::string_view author_of(const Shape& shape) {
  const Node metadata = shape.mapping(shape.top(), "metadata");
  for (const Node& author : shape.items(metadata, "authors")) return shape.text(author, "name");
  return shape.text(shape.mapping(metadata, "supplier"), "name");
}

}  // namespace

bool extract_vulnerabilities(const Shape& shape, const model::SbomFact& about, model::ReportFact& fact,
                             base::DiagnosticSink& sink) {
  const Node list = shape.top()["vulnerabilities"];
  if (!list || list.is_null()) return false;
  Report report("cyclonedx", shape.top(), sink);
  report.product(author_of(shape));
  const Node whole = shape.mapping(shape.mapping(shape.top(), "metadata"), "component");
  report.subject(shape.text(whole, "name"));
  for (const base::Symbol& image : about.images) report.image(image.view());
  for (const base::Symbol& digest : about.digests) report.image(digest.view());
  if (!shape.is_xml() && !list.is_sequence()) {
    report.lost(list, std::string("'vulnerabilities' is ") + to_string(list.kind()) + ", expected an array");
  }
  Reader(shape, report).read();
  fact = std::move(report.finish().front());
  return true;
}

}  // namespace postern::ingest::cyclonedx
