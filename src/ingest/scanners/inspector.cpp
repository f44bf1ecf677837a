// SPDX-License-Identifier: Apache-2.0
// Amazon Inspector 2: findings by type.
#include <ingest/scanners/readers.h>

#include <string>

namespace postern::ingest::scanners {
namespace {

constexpr std::array k_finding = {
    FieldRow{Part::id,
             "packageVulnerabilityDetails.vulnerabilityId|codeVulnerabilityDetails.ruleId|codeVulnerabilityDetails.detectorId"},
    FieldRow{Part::alias, "packageVulnerabilityDetails.relatedVulnerabilities.*"},
    FieldRow{Part::cwe, "codeVulnerabilityDetails.cwes.*"},
    FieldRow{Part::title, "title|description"},
    FieldRow{Part::severity, "severity"},
    FieldRow{Part::score, "inspectorScore|packageVulnerabilityDetails.cvss.*.baseScore"},
    FieldRow{Part::vector, "packageVulnerabilityDetails.cvss.*.scoringVector|inspectorScoreDetails.adjustedCvss.scoringVector"},
    FieldRow{Part::package, "packageVulnerabilityDetails.vulnerablePackages.*.name"},
    FieldRow{Part::version, "packageVulnerabilityDetails.vulnerablePackages.*.version"},
    FieldRow{Part::fixed, "packageVulnerabilityDetails.vulnerablePackages.*.fixedInVersion"},
    FieldRow{Part::file, "packageVulnerabilityDetails.vulnerablePackages.*.filePath|codeVulnerabilityDetails.filePath.filePath"},
    FieldRow{Part::line, "codeVulnerabilityDetails.filePath.startLine"},
    FieldRow{Part::resource, "resources.*.id"},
    FieldRow{Part::image, "resources.*.details.awsEcrContainerImage.imageHash"},
    FieldRow{Part::status, "status"},
};

bool is_finding(const Node& node) { return has(node, {"findingArn", "awsAccountId", "type"}); }

Node list_of(const Node& root) { return root.is_mapping() && root["findings"] ? root["findings"] : root; }

bool knows(const Node& root) { return any_item(list_of(root), is_finding); }

FindingCategory category_of(std::string_view type) {
  if (type == "CODE_VULNERABILITY") return FindingCategory::code;
  return type == "NETWORK_REACHABILITY" ? FindingCategory::misconfiguration : FindingCategory::vulnerability;
}

void add_image(const Node& node, Row& row) {
  for (const Node& resource : each(node, "resources")) {
    const Node image = resource["details"]["awsEcrContainerImage"];
    const std::string_view name = text(image, "repositoryName");
    if (name.empty()) continue;
    const std::string account(text(image, "registry"));
    const std::string host =
        account.empty() ? "" : account + ".dkr.ecr." + std::string(text(resource, "region")) + ".amazonaws.com/";
    const std::string_view tag = text(image, "imageTags.*");
    row.set(Part::image, host + std::string(name) + (tag.empty() ? "" : ":" + std::string(tag)));
  }
}

void read(const Node& root, Report& report) {
  for (const Node& node : report.rows(list_of(root))) {
    Row row(node, category_of(text(node, "type")));
    const std::string_view manager = text(node, "packageVulnerabilityDetails.vulnerablePackages.*.packageManager");
    const std::string_view platform = text(node, "resources.*.details.*.platform");
    add_image(node, row);
    report.subject(text(node, "awsAccountId"));
    row.set(Part::kind, manager == "OS" ? platform : manager).fill(node, k_finding);
    if (text(node, "type") == "NETWORK_REACHABILITY") row.set(Part::id, text(node, "type"));
    report.add(node, std::move(row));
  }
  if (!text(root, "nextToken").empty()) report.partial(root["nextToken"], "a page of the answer");
}
}  // namespace

constinit const Reader k_inspector{"inspector", "Amazon Inspector",
                                   "Findings on packages, code and reachability of networks, as Inspector 2 lists them", knows,
                                   read};

}  // namespace postern::ingest::scanners
