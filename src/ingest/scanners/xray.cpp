// SPDX-License-Identifier: Apache-2.0
// JFrog Xray: four shapes of the same issue.
#include <ingest/scanners/readers.h>

#include <algorithm>
#include <utility>

namespace postern::ingest::scanners {
namespace {

constexpr std::array k_issue = {
    FieldRow{Part::cwe, "cves.*.cwe.*|component_versions.more_details.cves.*.cwe.*"},
    FieldRow{Part::title, "summary|description"},
    FieldRow{Part::severity, "severity"},
    FieldRow{Part::vector, "cves.*.cvss_v3_vector"},
    FieldRow{Part::vector, "cves.*.cvss_v2_vector"},
    FieldRow{Part::score, "cvss3_max_score|cves.*.cvss_v3_score|cvss2_max_score|cves.*.cvss_v2_score"},
    FieldRow{Part::fixed, "component_versions.fixed_versions.*|fixed_versions.*"},
    FieldRow{Part::file, "component_physical_path"},
};

/// How a component is called: `KIND://NAME:VERSION`, and what stands before the name.
struct PrefixRow {
  std::string_view scheme;
  std::size_t parts;  ///< before the name: release of a distribution
};
constexpr std::array k_prefixes = {PrefixRow{"alpine", 1}, PrefixRow{"deb", 2}, PrefixRow{"rpm", 1}};

/// `deb://debian:stretch:libx11:2:1.6.4-3`, `rpm://7:java:0:11.0`, `gav://GROUP:ARTIFACT:1.0`, `npm://ip:2.0.0`
void add_component(std::string_view id, Row& row) {
  const std::size_t scheme = id.find("://");
  if (scheme == std::string_view::npos) {
    row.set(Part::package, id);
    return;
  }
  const std::string_view kind = id.substr(0, scheme);
  std::string_view rest = id.substr(scheme + 3);
  for (const PrefixRow& prefix : k_prefixes) {
    for (std::size_t part = 0; prefix.scheme == kind && part < prefix.parts && rest.find(':') != std::string_view::npos; ++part) {
      if (kind == "deb" && part == 0) row.set(Part::kind, rest.substr(0, rest.find(':')));
      rest.remove_prefix(rest.find(':') + 1);
    }
  }
  const bool is_system =
      std::any_of(k_prefixes.begin(), k_prefixes.end(), [&](const PrefixRow& prefix) { return prefix.scheme == kind; });
  // Versions of distributions hold colons, names of Maven do.
  const std::size_t cut = is_system ? rest.find(':') : rest.rfind(':');
  row.set(Part::kind, kind).set(Part::package, rest.substr(0, cut));
  if (cut != std::string_view::npos) row.set(Part::version, rest.substr(cut + 1));
}

/// `9.8/CVSS:3.0/AV:N...` is a score and a vector.
void add_joined(const Node& node, Row& row) {
  for (const char* paths : {"cves.*.cvss_v3|component_versions.more_details.cves.*.cvss_v3",
                            "cves.*.cvss_v2|component_versions.more_details.cves.*.cvss_v2"}) {
    for (const std::string_view joined : texts(node, paths)) {
      const std::size_t slash = joined.find('/');
      row.set(Part::score, joined.substr(0, slash));
      if (slash != std::string_view::npos) row.set(Part::vector, joined.substr(slash + 1));
    }
  }
}

/// An issue with one CVE is that CVE; one with several is an advisory of its own.
Row row_of(const Node& node) {
  const bool is_licence = text(node, "issue_type|type") == "license" || (node["license_key"] && !node["cves"]);
  Row row(node, is_licence ? FindingCategory::licence : FindingCategory::vulnerability);
  const auto cves = texts(node, "cves.*.cve|component_versions.more_details.cves.*.cve|cve");
  const std::string_view id = text(node, "issue_id|id|license_key");
  if (cves.size() == 1) row.set(Part::id, cves.front());
  row.set(Part::id, id);
  for (const std::string_view cve : cves) row.set(Part::id, cve);
  row.fill(node, k_issue);
  add_joined(node, row);
  const std::string_view applicability = text(node, "applicability_result|applicability.0.result");
  if (applicability == "applicable") row.set(Reachability::called);
  return row;
}

bool is_scan(const Node& node) {
  return has(node, {"scan_id"}) && (node["vulnerabilities"] || node["violations"] || node["component_id"]);
}
bool is_row(const Node& node) { return has(node, {"vulnerable_component"}) || has(node, {"issue_id", "impacted_artifact"}); }
bool is_datum(const Node& node) { return has(node, {"source_comp_id"}) || has(node, {"component", "component_versions"}); }
bool is_artifact(const Node& node) { return has(node, {"general", "issues"}); }

/// What `jf` writes as simple-json names parts its own way.
constexpr std::array k_simple = {
    FieldRow{Part::id, "cves.*.id"},
    FieldRow{Part::id, "issueId|licenseKey|ruleId"},
    FieldRow{Part::title, "summary|finding|scannerShortDescription|licenseKey|ruleId"},
    FieldRow{Part::severity, "severity"},
    FieldRow{Part::score, "cves.*.cvssV3|cves.*.cvssV2"},
    FieldRow{Part::kind, "impactedPackageType"},
    FieldRow{Part::package, "impactedPackageName"},
    FieldRow{Part::version, "impactedPackageVersion"},
    FieldRow{Part::fixed, "fixedVersions.*"},
    FieldRow{Part::file, "file"},
    FieldRow{Part::line, "startLine"},
};
constexpr std::array<std::pair<std::string_view, FindingCategory>, 6> k_simple_lists = {{
    {"iac", FindingCategory::misconfiguration},
    {"licensesViolations", FindingCategory::licence},
    {"sast", FindingCategory::code},
    {"secrets", FindingCategory::secret},
    {"securityViolations", FindingCategory::vulnerability},
    {"vulnerabilities", FindingCategory::vulnerability},
}};

bool is_simple_row(const Node& node) { return has(node, {"impactedPackageName", "severity"}); }
bool is_simple(const Node& root) {
  return has(root, {"vulnerabilities", "securityViolations", "licensesViolations"}) ||
         (root["vulnerabilities"].is_sequence() && root["vulnerabilities"].size() != 0 &&
          any_item(root["vulnerabilities"], is_simple_row));
}

void read_simple(const Node& root, Report& report) {
  for (const auto& [list, category] : k_simple_lists) {
    for (const Node& node : report.rows(root, list)) {
      Row row(node, category);
      // What was found may be the secret itself.
      if (category == FindingCategory::secret) row.set(Part::title, text(node, "ruleId"));
      if (category == FindingCategory::secret) row.set(Part::title, "secret");
      if (text(node, "applicable") == "Applicable") row.set(Reachability::called);
      report.add(node, std::move(row.fill(node, k_simple)));
    }
  }
  for (const Node& error : report.rows(root, "errors")) report.failed(error, text(error, "errorMessage|error"));
}

bool knows(const Node& root) {
  if (is_simple(root)) return true;
  if (has(root, {"total_rows", "rows"})) return root["rows"].size() == 0 || any_item(root["rows"], is_row);
  if (has(root, {"total_count", "data"})) return root["data"].size() == 0 || any_item(root["data"], is_datum);
  if (root["artifacts"].is_sequence() && root["artifacts"].size() != 0) return any_item(root["artifacts"], is_artifact);
  return any_item(root, is_scan);
}

/// An issue of a scan names each component with what fixes it.
void add_scanned(const Node& node, Report& report) {
  const Node components = node["components"];
  if (components.size() == 0) return report.add(node, row_of(node));
  for (const document::Entry entry : components.entries()) {
    Row row = row_of(node);
    add_component(entry.key.text(), row);
    for (const std::string_view version : texts(entry.value, "fixed_versions.*")) row.set(Part::fixed, version);
    row.set(Part::file, text(entry.value, "impact_paths.0.0.full_path|impact_paths.0.1.full_path"));
    report.add(entry.value, std::move(row));
  }
}

void read_artifact(const Node& artifact, Report& report) {
  report.subject(text(artifact, "general.path|general.name"));
  const bool is_image = text(artifact, "general.pkg_type") == "Docker";
  if (is_image) report.image(text(artifact, "general.name"));
  for (const Node& node : report.rows(artifact, "issues")) {
    Row row = row_of(node);
    const std::string_view component = text(node, "components.*.component_id|components.*.name");
    if (!component.empty()) add_component(component, row);
    row.set(Part::file, text(node, "impact_path.*"));
    report.add(node, std::move(row));
  }
}

void read(const Node& root, Report& report) {
  if (is_simple(root)) return read_simple(root, report);
  for (const Node& artifact : report.rows(root, "artifacts")) read_artifact(artifact, report);
  for (const Node& node : report.rows(root, "data|rows")) {
    Row row = row_of(node);
    add_component(text(node, "source_comp_id|vulnerable_component|component"), row);
    const std::string_view artifact = text(node, "impacted_artifact");
    constexpr std::string_view k_docker = "docker://";
    if (artifact.starts_with(k_docker)) row.set(Part::image, artifact.substr(k_docker.size()));
    report.add(node, std::move(row));
  }
  if (root["artifacts"] || root["data"] || root["rows"]) return;
  for (const Node& scan : report.rows(root)) {
    report.subject(text(scan, "component_id"));
    if (text(scan, "status") == "failed") report.failed(scan["status"], text(scan, "status|error"));
    for (const Node& node : report.rows(scan, "vulnerabilities")) add_scanned(node, report);
    for (const Node& node : report.rows(scan, "violations")) add_scanned(node, report);
  }
}
}  // namespace

constinit const Reader k_xray{
    "xray", "JFrog Xray",
    "Vulnerabilities and violations: component summaries, reports, on-demand scans and scans of builds, in JSON", knows, read};

}  // namespace postern::ingest::scanners
