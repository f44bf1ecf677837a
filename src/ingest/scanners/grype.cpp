// SPDX-License-Identifier: Apache-2.0
// Grype: one match a package and advisory.
#include <ingest/scanners/readers.h>

namespace postern::ingest::scanners {
namespace {

constexpr std::array k_match = {
    FieldRow{Part::id, "vulnerability.id"},
    FieldRow{Part::alias, "relatedVulnerabilities.*.id"},
    FieldRow{Part::cwe, "vulnerability.cwes.*.cwe|relatedVulnerabilities.*.cwes.*.cwe"},
    FieldRow{Part::title, "vulnerability.description|relatedVulnerabilities.*.description"},
    FieldRow{Part::severity, "vulnerability.severity"},
    FieldRow{Part::score, "vulnerability.cvss.*.metrics.baseScore|relatedVulnerabilities.*.cvss.*.metrics.baseScore"},
    FieldRow{Part::vector, "vulnerability.cvss.*.vector|relatedVulnerabilities.*.cvss.*.vector"},
    FieldRow{Part::purl, "artifact.purl"},
    FieldRow{Part::kind, "artifact.type"},
    FieldRow{Part::package, "artifact.name"},
    FieldRow{Part::version, "artifact.version"},
    FieldRow{Part::fixed, "vulnerability.fix.versions.*|vulnerability.fixedInVersion"},
    FieldRow{Part::file, "artifact.locations.*.path|artifact.locations.*.accessPath"},
};

bool is_match(const Node& node) { return has(node, {"vulnerability", "artifact"}); }

bool knows(const Node& root) {
  if (!root.is_mapping() || !root["matches"]) return false;
  return text(root, "descriptor.name") == "grype" || (root["matches"].size() != 0 && any_item(root["matches"], is_match));
}

void read(const Node& root, Report& report) {
  report.version(text(root, "descriptor.version"));
  report.subject(text(root, "source.target.userInput|source.target"));
  if (text(root, "source.type") == "image") {
    for (const char* path : {"source.target.userInput", "source.target.tags.*", "source.target.repoDigests.*",
                             "source.target.manifestDigest", "source.target.imageID"}) {
      for (const std::string_view image : texts(root, path)) report.image(image);
    }
  }
  for (const Node& match : report.rows(root, "matches")) report.add(match, FindingCategory::vulnerability, k_match);
  for (const Node& match : report.rows(root, "ignoredMatches")) {
    Row row(match, FindingCategory::vulnerability);
    report.add(match, std::move(row.fill(match, k_match).set(ToolStatus::suppressed)));
  }
}
}  // namespace

constinit const Reader k_grype{"grype", "Grype", "Matches of packages with advisories, ignored ones included, in JSON", knows,
                               read};

}  // namespace postern::ingest::scanners
