// SPDX-License-Identifier: Apache-2.0
// Dependency-Track: one finding a component and advisory.
#include <ingest/scanners/readers.h>

#include <string>

namespace postern::ingest::scanners {
namespace {

constexpr std::array k_finding = {
    FieldRow{Part::id, "vulnerability.vulnId"},
    FieldRow{Part::alias, "vulnerability.aliases.*.cveId"},
    FieldRow{Part::alias, "vulnerability.aliases.*.ghsaId"},
    FieldRow{Part::alias, "vulnerability.aliases.*.osvId"},
    FieldRow{Part::alias, "vulnerability.aliases.*.snykId"},
    FieldRow{Part::cwe, "vulnerability.cwes.*.cweId|vulnerability.cweId"},
    FieldRow{Part::title, "vulnerability.title|vulnerability.description|vulnerability.cweName"},
    FieldRow{Part::severity, "vulnerability.severity"},
    FieldRow{Part::score, "vulnerability.cvssV4Score|vulnerability.cvssV3BaseScore|vulnerability.cvssV2BaseScore"},
    FieldRow{Part::vector, "vulnerability.cvssV4Vector"},
    FieldRow{Part::vector, "vulnerability.cvssV3Vector"},
    FieldRow{Part::vector, "vulnerability.cvssV2Vector"},
    FieldRow{Part::purl, "component.purl"},
    FieldRow{Part::version, "component.version"},
    FieldRow{Part::fixed, "vulnerability.patchedVersions"},
    FieldRow{Part::status, "analysis.state"},
};

bool is_finding(const Node& node) { return has(node, {"component", "vulnerability"}) && (node["matrix"] || node["analysis"]); }

bool knows(const Node& root) {
  if (root.is_sequence()) return any_item(root, is_finding);
  return root["findings"] && text(root, "meta.application") == "Dependency-Track";
}

void read(const Node& root, Report& report) {
  report.version(text(root, "meta.version"));
  report.subject(text(root, "project.purl|project.name"));
  for (const Node& node : report.rows(root.is_sequence() ? root : root["findings"])) {
    Row row(node, FindingCategory::vulnerability);
    row.fill(node, k_finding);
    const std::string_view group = text(node, "component.group");
    const std::string name = (group.empty() ? "" : std::string(group) + ':') + std::string(text(node, "component.name"));
    row.set(Part::package, name);
    if (is_true(node, "analysis.isSuppressed|isSuppressed")) row.set(ToolStatus::suppressed);
    report.add(node, std::move(row));
  }
}
}  // namespace

constinit const Reader k_dependency_track{
    "dependency-track", "Dependency-Track",
    "Findings of a project with their analysis: exports of findings (FPF) and answers of the API", knows, read};

}  // namespace postern::ingest::scanners
