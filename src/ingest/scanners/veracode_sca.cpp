// SPDX-License-Identifier: Apache-2.0
// Veracode SCA: issues of libraries.
#include <ingest/scanners/readers.h>
#include <postern/base/text.h>

#include <string>

namespace postern::ingest::scanners {
namespace {

constexpr std::array k_issue = {
    FieldRow{Part::cwe, "vulnerability.cwe_id"},
    FieldRow{Part::title, "vulnerability.title|library.name"},
    FieldRow{Part::severity, "severity"},
    FieldRow{Part::score, "vulnerability.cvss3_score|vulnerability.cvss2_score"},
    FieldRow{Part::vector, "vulnerability.cvss3_vector"},
    FieldRow{Part::vector, "vulnerability.cvss2_vector"},
    FieldRow{Part::version, "library.version"},
    FieldRow{Part::status, "issue_status"},
};
constexpr std::array k_columns = {
    FieldRow{Part::title, "Title|Library"},  FieldRow{Part::severity, "Severity"},      FieldRow{Part::score, "CVSS score"},
    FieldRow{Part::kind, "Package manager"}, FieldRow{Part::version, "Version in use"}, FieldRow{Part::fixed, "Updated Version"},
    FieldRow{Part::status, "Status"},
};

bool is_issue(const Node& node) { return has(node, {"issue_type", "library"}); }

bool knows(const Node& root) {
  if (has_columns(root, {"Issue ID", "Issue type", "Coordinate 1", "Version in use"})) return true;
  return any_item(root["_embedded"]["issues"].is_sequence() ? root["_embedded"]["issues"] : root, is_issue);
}

FindingCategory category_of(std::string_view type) {
  return base::equals_ignoring_case(type, "license") ? FindingCategory::licence : FindingCategory::vulnerability;
}

/// The number of the year stands alone: `2022-31159`.
std::string cve_of(std::string_view text) {
  return text.empty() || text.starts_with("CVE-") ? std::string(text) : "CVE-" + std::string(text);
}

void add_issue(const Node& node, Report& report) {
  Row row(node, category_of(text(node, "issue_type")));
  row.set(Part::id, cve_of(text(node, "vulnerability.cve"))).set(Part::id, text(node, "vulnerability.id|id"));
  // `maven:GROUP:ARTIFACT:VERSION:`
  const std::vector<std::string_view> parts = base::split(text(node, "library.id"), ':');
  if (parts.size() >= 4) {
    row.set(Part::kind, parts[0]);
    row.set(Part::package, parts[2].empty() ? std::string(parts[1]) : std::string(parts[1]) + ':' + std::string(parts[2]));
  }
  row.fill(node, k_issue).set(Part::package, text(node, "library.name"));
  if (node["vulnerable_method"]) row.set(is_true(node, "vulnerable_method") ? Reachability::called : Reachability::unknown);
  if (is_true(node, "ignored")) row.set(ToolStatus::suppressed);
  report.add(node, std::move(row));
}

void add_line(const Node& node, Report& report) {
  Row row(node, category_of(text(node, "Issue type")));
  row.set(Part::id, cve_of(text(node, "CVE"))).set(Part::id, text(node, "Vulnerability ID|Issue ID"));
  const std::string_view artifact = text(node, "Coordinate 2");
  row.set(Part::package, std::string(text(node, "Coordinate 1")) + (artifact.empty() ? "" : ":" + std::string(artifact)));
  row.fill(node, k_columns);
  if (is_true(node, "Ignored")) row.set(ToolStatus::suppressed);
  report.add(node, std::move(row));
}

void read(const Node& root, Report& report) {
  if (root["columns"]) {
    for (const Node& node : report.rows(root, "rows")) add_line(node, report);
    return;
  }
  for (const Node& node : report.rows(root["_embedded"] ? root["_embedded"]["issues"] : root)) add_issue(node, report);
}
}  // namespace

constinit const Reader k_veracode_sca{"veracode-sca", "Veracode SCA (SourceClear)",
                                      "Issues of libraries, with whether vulnerable methods are called, in JSON and CSV", knows,
                                      read};

}  // namespace postern::ingest::scanners
