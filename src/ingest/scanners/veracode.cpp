// SPDX-License-Identifier: Apache-2.0
// Veracode: flaws by severity, category and weakness in XML; findings of the API in JSON.
#include <ingest/scanners/readers.h>

#include <string>
#include <utility>

namespace postern::ingest::scanners {
namespace {

constexpr std::array k_flaw = {
    FieldRow{Part::id, "@issueid"},
    FieldRow{Part::cwe, "@cweid"},
    FieldRow{Part::title, "@categoryname"},
    FieldRow{Part::severity, "@severity"},
    FieldRow{Part::line, "@line"},
    FieldRow{Part::url, "@url"},
    FieldRow{Part::status, "@remediation_status"},
};
constexpr std::array k_component = {
    FieldRow{Part::id, "@cve_id"},         FieldRow{Part::cwe, "@cwe_id"},
    FieldRow{Part::title, "@cve_summary"}, FieldRow{Part::severity, "@severity_desc|@severity"},
    FieldRow{Part::score, "@cvss_score"},
};
constexpr std::array k_finding = {
    FieldRow{Part::id, "finding_details.cve.name|issue_id"},
    FieldRow{Part::cwe, "finding_details.cwe.id"},
    FieldRow{Part::title, "finding_details.finding_category.name|finding_details.cwe.name"},
    FieldRow{Part::severity, "finding_details.severity"},
    FieldRow{Part::score, "finding_details.cve.cvss3.score|finding_details.cve.cvss"},
    FieldRow{Part::vector, "finding_details.cve.cvss3.vector"},
    FieldRow{Part::vector, "finding_details.cve.vector"},
    FieldRow{Part::version, "finding_details.version"},
    FieldRow{Part::file, "finding_details.file_path|finding_details.component_path.*.path"},
    FieldRow{Part::line, "finding_details.file_line_number"},
    FieldRow{Part::url, "finding_details.url"},
};

constexpr std::array<std::pair<std::string_view, FindingCategory>, 4> k_scans = {{
    {"DYNAMIC", FindingCategory::dynamic},
    {"MANUAL", FindingCategory::dynamic},
    {"SCA", FindingCategory::vulnerability},
    {"STATIC", FindingCategory::code},
}};

bool is_finding(const Node& node) { return has(node, {"scan_type", "finding_details"}); }

bool knows(const Node& root) {
  if (root.is_mapping() && root.size() == 1 && root["detailedreport"]) return true;
  const Node list = root["_embedded"]["findings"] ? root["_embedded"]["findings"] : root["findings"];
  return any_item(list.is_sequence() ? list : root, is_finding);
}

/// `NAME-VERSION.jar` without version and kind of file: a file says no group, and so no package URL.
std::string name_of_file(std::string_view file, std::string_view version) {
  const std::size_t at = version.empty() ? std::string_view::npos : file.rfind("-" + std::string(version));
  return std::string(file.substr(0, at == std::string_view::npos ? file.rfind('.') : at));
}

void add_flaw(const Node& flaw, FindingCategory category, Report& report) {
  Row row(flaw, category);
  row.fill(flaw, k_flaw);
  const std::string folder(text(flaw, "@sourcefilepath"));
  row.set(Part::file, folder + std::string(text(flaw, "@sourcefile")));
  if (text(flaw, "@mitigation_status") == "accepted") row.set(ToolStatus::suppressed);
  report.add(flaw, std::move(row));
}

void read_xml(const Node& top, Report& report) {
  report.version(text(top, "static-analysis.@engine_version|dynamic-analysis.@engine_version"));
  report.subject(text(top, "@app_name"));
  for (const Node& weakness : each(top, "severity")) {
    for (const Node& category : each(weakness, "category")) {
      for (const Node& cwe : each(category, "cwe")) {
        for (const Node& flaw : report.rows(cwe, "staticflaws.flaw")) add_flaw(flaw, FindingCategory::code, report);
        for (const Node& flaw : report.rows(cwe, "dynamicflaws.flaw")) add_flaw(flaw, FindingCategory::dynamic, report);
        for (const Node& flaw : report.rows(cwe, "manualflaws.flaw")) add_flaw(flaw, FindingCategory::dynamic, report);
      }
    }
  }
  for (const Node& component : each(top, "software_composition_analysis.vulnerable_components.component")) {
    for (const Node& node : report.rows(component, "vulnerabilities.vulnerability")) {
      Row row(node, FindingCategory::vulnerability);
      row.fill(node, k_component).set(Part::version, text(component, "@version"));
      const std::string_view library = text(component, "@library_id");
      // `maven:GROUP:ARTIFACT:VERSION:`
      const std::size_t kind = library.find(':');
      const std::string_view version = text(component, "@version");
      const std::size_t end = kind == std::string_view::npos ? kind : library.find(version.empty() ? "::" : version, kind + 1);
      if (end != std::string_view::npos && end > kind + 2)
        row.set(Part::kind, library.substr(0, kind)).set(Part::package, library.substr(kind + 1, end - kind - 2));
      row.set(Part::package, text(component, "@library|@file_name"));
      row.set(Part::file, text(component, "file_paths.file_path.@value|file_paths.file_path.*.@value|@file_name"));
      if (is_true(node, "@mitigation")) row.set(ToolStatus::suppressed);
      report.add(node, std::move(row));
    }
  }
}

void read(const Node& root, Report& report) {
  if (root["detailedreport"]) return read_xml(root["detailedreport"], report);
  const Node list = root["_embedded"]["findings"] ? root["_embedded"]["findings"] : root["findings"];
  for (const Node& node : report.rows(list ? list : root)) {
    Row row(node, FindingCategory::code);
    for (const auto& [scan, category] : k_scans) {
      if (text(node, "scan_type") == scan) row.set(category);
    }
    row.fill(node, k_finding).set(Part::title, text(node, "description"));
    row.set(Part::package, name_of_file(text(node, "finding_details.component_filename"), text(node, "finding_details.version")));
    const bool is_mitigated =
        text(node, "finding_status.resolution") == "MITIGATED" || text(node, "finding_status.resolution_status") == "APPROVED";
    if (text(node, "finding_status.status") == "CLOSED") row.set(ToolStatus::fixed);
    if (is_mitigated) row.set(ToolStatus::suppressed);
    if (text(node, "finding_status.resolution") == "POTENTIAL_FALSE_POSITIVE" && is_mitigated) row.set(ToolStatus::false_positive);
    report.add(node, std::move(row));
  }
}
}  // namespace

constinit const Reader k_veracode{
    "veracode", "Veracode",
    "Flaws of static and dynamic analysis and vulnerable components: detailed reports in XML and answers of the findings API",
    knows, read};

}  // namespace postern::ingest::scanners
