// SPDX-License-Identifier: Apache-2.0
// Microsoft Defender: weaknesses of machines (Endpoint), recommendations and assessments (Cloud).
#include <ingest/scanners/readers.h>

#include <string>

namespace postern::ingest::scanners {
namespace {

constexpr std::array k_machine = {
    FieldRow{Part::id, "cveId"},
    FieldRow{Part::title, "cveId"},
    FieldRow{Part::severity, "severity|vulnerabilitySeverityLevel"},
    FieldRow{Part::score, "cvssScore"},
    FieldRow{Part::package, "productName|softwareName"},
    FieldRow{Part::version, "productVersion|softwareVersion"},
    FieldRow{Part::resource, "machineId|deviceId"},
};
constexpr std::array k_columns = {
    FieldRow{Part::id, "recommendationName|recommendationId"},
    FieldRow{Part::title, "recommendationDisplayName"},
    FieldRow{Part::severity, "severity"},
    FieldRow{Part::resource, "resourceId|nativeCloudAccountId"},
};
constexpr std::array k_assessment = {
    FieldRow{Part::id, "properties.id|name"},
    FieldRow{Part::alias, "properties.additionalData.cve.*.title"},
    FieldRow{Part::title, "properties.displayName|properties.metadata.displayName"},
    FieldRow{Part::severity, "properties.status.severity|properties.metadata.severity"},
    FieldRow{Part::resource, "properties.resourceDetails.id|properties.resourceDetails.Id|id"},
    FieldRow{Part::image, "properties.additionalData.imageDigest"},
    FieldRow{Part::package, "properties.additionalData.softwareDetails.packageName"},
    FieldRow{Part::version, "properties.additionalData.softwareDetails.version"},
    FieldRow{Part::fixed, "properties.additionalData.softwareDetails.fixedVersion"},
};

bool is_machine(const Node& node) { return has(node, {"cveId", "machineId"}) || has(node, {"cveId", "deviceId"}); }
bool is_assessment(const Node& node) {
  return text(node, "type").starts_with("Microsoft.Security/") && node["properties"]["status"];
}

bool knows(const Node& root) {
  if (has_columns(root, {"recommendationId", "recommendationDisplayName", "state"})) return true;
  if (root["@odata.context"] && text(root, "@odata.context").find("ecuritycenter") != std::string_view::npos) return true;
  const Node list = root["value"].is_sequence() ? root["value"] : root;
  return any_item(list, is_machine) || any_item(list, is_assessment);
}

/// A row is a finding where it is unhealthy; what a rule exempts is no finding that counts.
void add_assessment(const Node& node, Report& report) {
  const std::string_view state = text(node, "properties.status.code");
  if (state != "Unhealthy") return;
  const bool is_part = text(node, "type").ends_with("subAssessments");
  Row row(node, is_part ? FindingCategory::vulnerability : FindingCategory::misconfiguration);
  const std::string_view cve = text(node, "properties.additionalData.cve.*.title");
  if (is_part) row.set(Part::id, cve);
  const std::string_view host = text(node, "properties.additionalData.registryHost");
  const std::string_view name = text(node, "properties.additionalData.repositoryName");
  if (!name.empty()) row.set(Part::image, (host.empty() ? "" : std::string(host) + '/') + std::string(name));
  report.add(node, std::move(row.fill(node, k_assessment)));
}

void read(const Node& root, Report& report) {
  if (root["columns"]) {
    for (const Node& node : report.rows(root, "rows")) {
      const std::string_view state = text(node, "state");
      if (state == "Healthy" || state == "NotApplicable") continue;
      report.add(node, FindingCategory::misconfiguration, k_columns);
    }
    return;
  }
  for (const Node& node : report.rows(root["value"].is_sequence() ? root["value"] : root)) {
    if (is_assessment(node)) {
      add_assessment(node, report);
    } else if (is_machine(node)) {
      report.add(node, FindingCategory::vulnerability, k_machine);
    }
  }
}
}  // namespace

constinit const Reader k_defender{
    "defender", "Microsoft Defender",
    "Vulnerabilities of machines, recommendations and assessments of Defender for Cloud, in JSON and CSV", knows, read};

}  // namespace postern::ingest::scanners
