// SPDX-License-Identifier: Apache-2.0
// Dependency-Check: dependencies with what is known of them. XML and JSON have the same names but for a few.
#include <ingest/scanners/readers.h>

namespace postern::ingest::scanners {
namespace {

constexpr std::array k_vulnerability = {
    FieldRow{Part::id, "name"},
    FieldRow{Part::cwe, "cwes.*|cwes.cwe|cwe"},
    FieldRow{Part::title, "description"},
    FieldRow{Part::severity, "severity|cvssV3.baseSeverity|cvssV2.severity"},
    FieldRow{Part::score,
             "cvssv4.baseScore|cvssV4.baseScore|cvssv3.baseScore|cvssV3.baseScore|cvssv2.score|cvssV2.score|cvssScore"},
    FieldRow{Part::vector, "cvssv4.vectorString|cvssV4.vectorString"},
};
constexpr std::array k_dependency = {
    FieldRow{Part::purl, "packages.*.id|identifiers.package.id|identifiers.package.*.id"},
    FieldRow{Part::file, "filePath|fileName"},
};
constexpr std::array k_columns = {
    FieldRow{Part::id, "CVE|Vulnerability"},
    FieldRow{Part::cwe, "CWE"},
    FieldRow{Part::title, "Vulnerability|CVE"},
    FieldRow{Part::severity, "CVSSv3_BaseSeverity|CVSSv2_Severity"},
    FieldRow{Part::score, "CVSSv3_BaseScore|CVSSv2_Score"},
    FieldRow{Part::vector, "CVSSv3"},
    FieldRow{Part::purl, "Identifiers"},
    FieldRow{Part::package, "DependencyName"},
    FieldRow{Part::file, "DependencyPath"},
};

bool knows(const Node& root) {
  if (has_columns(root, {"DependencyName", "DependencyPath", "CVE"})) return true;
  if (has(root, {"reportSchema", "dependencies"})) return true;
  const Node analysis = root["analysis"];
  return root.size() == 1 && (text(analysis, "@xmlns").find("dependency-check") != std::string_view::npos ||
                              has(analysis, {"scanInfo", "dependencies"}));
}

/// `maven` with the name `GROUP:ARTIFACT:VERSION`, as reports before 5.0 name a package.
void add_old_identifier(const Node& dependency, Row& row) {
  for (const Node& identifier : each(dependency, "identifiers.identifier")) {
    const std::string_view type = text(identifier, "@type");
    const std::string_view name = text(identifier, "name");
    if (type == "cpe" || name.empty()) continue;
    const std::size_t version = name.rfind(':');
    row.set(Part::kind, type).set(Part::package, name.substr(0, version));
    if (version != std::string_view::npos) row.set(Part::version, name.substr(version + 1));
    return;
  }
}

void add_rows(const Node& dependency, const Node& list, ToolStatus status, Report& report) {
  for (const Node& node : report.rows(list)) {
    Row row(node, FindingCategory::vulnerability);
    row.fill(node, k_vulnerability).fill(dependency, k_dependency);
    add_old_identifier(dependency, row);
    if (text(dependency, "packages.*.id|identifiers.package.id|identifiers.package.*.id").empty())
      row.set(Part::package, text(dependency, "fileName"));
    report.add(node, std::move(row.set(status)));
  }
}

void read(const Node& root, Report& report) {
  if (root["columns"]) {
    for (const Node& node : report.rows(root, "rows")) {
      if (!text(node, "CVE|Vulnerability").empty()) report.add(node, FindingCategory::vulnerability, k_columns);
    }
    return;
  }
  const bool is_xml = static_cast<bool>(root["analysis"]);
  const Node top = is_xml ? root["analysis"] : root;
  report.version(text(top, "scanInfo.engineVersion"));
  report.subject(text(top, "projectInfo.name"));
  for (const Node& trouble : each(top, is_xml ? "scanInfo.analysisExceptions.analysisException" : "scanInfo.analysisExceptions")) {
    report.partial(trouble, text(trouble, "exception.message|exception.*.message|message"));
  }
  for (const Node& dependency : report.rows(top, is_xml ? "dependencies.dependency" : "dependencies")) {
    const Node list = dependency["vulnerabilities"];
    add_rows(dependency, is_xml ? list["vulnerability"] : list, ToolStatus::open, report);
    add_rows(dependency, is_xml ? list["suppressedVulnerability"] : dependency["suppressedVulnerabilities"], ToolStatus::suppressed,
             report);
  }
}
}  // namespace

constinit const Reader k_dependency_check{"dependency-check", "OWASP Dependency-Check",
                                          "Vulnerabilities of dependencies, suppressed ones included, in XML, JSON and CSV", knows,
                                          read};

}  // namespace postern::ingest::scanners
