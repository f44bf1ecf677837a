// SPDX-License-Identifier: Apache-2.0
// ASFF: one finding each, whatever product it comes from.
#include <ingest/scanners/readers.h>

#include <string>
#include <utility>

namespace postern::ingest::scanners {
namespace {

constexpr std::array k_finding = {
    FieldRow{Part::id,
             "Vulnerabilities.*.Id|Compliance.SecurityControlId|ProductFields.ControlId|ProductFields.RuleId|GeneratorId"},
    FieldRow{Part::alias, "Vulnerabilities.*.RelatedVulnerabilities.*"},
    FieldRow{Part::title, "Title|Description"},
    FieldRow{Part::severity, "Severity.Label|FindingProviderFields.Severity.Label|Severity.Normalized"},
    FieldRow{Part::score, "Vulnerabilities.*.Cvss.*.BaseScore"},
    FieldRow{Part::vector, "Vulnerabilities.*.Cvss.*.BaseVector"},
    FieldRow{Part::package, "Vulnerabilities.*.VulnerablePackages.*.Name"},
    FieldRow{Part::version, "Vulnerabilities.*.VulnerablePackages.*.Version"},
    FieldRow{Part::fixed, "Vulnerabilities.*.VulnerablePackages.*.FixedInVersion"},
    FieldRow{Part::file, "Vulnerabilities.*.VulnerablePackages.*.FilePath"},
    FieldRow{Part::cwe, "Vulnerabilities.*.CodeVulnerabilities.*.Cwes.*"},
    FieldRow{Part::resource, "Resources.*.Id"},
    FieldRow{Part::image, "Resources.*.Details.AwsEcrContainerImage.ImageDigest"},
    FieldRow{Part::image, "Resources.*.Details.Container.ImageName"},
    FieldRow{Part::status, "Workflow.Status"},
    FieldRow{Part::status, "RecordState"},
    FieldRow{Part::status, "Compliance.Status"},
};

/// By the words of the types' taxonomy.
constexpr std::array<std::pair<std::string_view, FindingCategory>, 6> k_types = {{
    {"Sensitive Data Identifications", FindingCategory::secret},
    {"Software and Configuration Checks/Vulnerabilities/CVE", FindingCategory::vulnerability},
    {"Software and Configuration Checks/Vulnerabilities", FindingCategory::vulnerability},
    {"TTPs", FindingCategory::dynamic},
    {"Unusual Behaviors", FindingCategory::dynamic},
    {"Effects", FindingCategory::dynamic},
}};

bool is_finding(const Node& node) { return has(node, {"ProductArn", "GeneratorId", "Resources"}); }

Node list_of(const Node& root) {
  for (const char* key : {"Findings", "findings"}) {
    if (root.is_mapping() && root[key]) return root[key];
  }
  return root;
}

bool knows(const Node& root) {
  const Node list = list_of(root);
  // An answer without findings: the interface of Security Hub alone writes the key so.
  if (root["Findings"].is_sequence() && root["Findings"].size() == 0) return true;
  return (list.is_sequence() || list == root) && any_item(list, is_finding);
}

FindingCategory category_of(const Node& node) {
  if (each(node["Malware"]).size() != 0) return FindingCategory::malware;
  if (each(node["Vulnerabilities"]).size() != 0) return FindingCategory::vulnerability;
  for (const std::string_view type : texts(node, "Types.*|FindingProviderFields.Types.*")) {
    for (const auto& [lead, category] : k_types) {
      if (type.starts_with(lead)) return category;
    }
  }
  return FindingCategory::misconfiguration;
}

/// `REGISTRY/NAME:TAG` of an image in ECR is not written out.
void add_image(const Node& node, Row& row) {
  for (const Node& resource : each(node, "Resources")) {
    const Node image = resource["Details"]["AwsEcrContainerImage"];
    const std::string_view name = text(image, "RepositoryName");
    if (name.empty()) continue;
    const std::string account(text(image, "RegistryId"));
    const std::string host =
        account.empty() ? "" : account + ".dkr.ecr." + std::string(text(resource, "Region")) + ".amazonaws.com/";
    const std::string_view tag = text(image, "ImageTags.*");
    row.set(Part::image, host + std::string(name) + (tag.empty() ? "" : ":" + std::string(tag)));
  }
}

void read(const Node& root, Report& report) {
  for (const Node& node : report.rows(list_of(root))) {
    Row row(node, category_of(node));
    const std::string_view manager = text(node, "Vulnerabilities.*.VulnerablePackages.*.PackageManager");
    const std::string_view platform =
        text(node,
             "ProductFields.aws/inspector/resources/1/resourceDetails/awsEcrContainerImageDetails/platform|"
             "ProductFields.aws/inspector/resources/1/resourceDetails/awsEc2InstanceDetails/platform");
    add_image(node, row);
    // Advisories stand in the title where the list of them is empty: `CVE-2022-3643 - kernel`.
    const std::string_view title = text(node, "Title");
    if (title.starts_with("CVE-")) row.set(Part::id, title.substr(0, title.find(' ')));
    report.product(text(node, "ProductName"));
    report.subject(text(node, "AwsAccountId"));
    report.add(node, std::move(row.set(Part::kind, manager == "OS" ? platform : manager).fill(node, k_finding)));
  }
}
}  // namespace

constinit const Reader k_asff{"asff", "AWS Security Hub",
                              "Findings of all products in the AWS Security Finding Format (ASFF): exports, answers of "
                              "get-findings and of tools that write it",
                              knows, read};

}  // namespace postern::ingest::scanners
