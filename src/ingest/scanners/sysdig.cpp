// SPDX-License-Identifier: Apache-2.0
// Sysdig: rows of reports, and results of the command line by package.
#include <ingest/scanners/readers.h>
#include <postern/base/text.h>

#include <string>

namespace postern::ingest::scanners {
namespace {

/// The columns of three generations, and the names of the API.
constexpr std::array k_row = {
    FieldRow{Part::id, "Vulnerability Name|Vulnerability ID|CVE ID|vulnName"},
    FieldRow{Part::title, "Vulnerability Name|Vulnerability ID|CVE ID|vulnName"},
    FieldRow{Part::severity, "Vulnerability Severity|CVE Severity|Severity|vulnSeverity"},
    FieldRow{Part::score, "CVSS Score|CVSS score|vulnCvssScore"},
    FieldRow{Part::vector, "CVSS Vector|CVSS vector|vulnCvssVector"},
    FieldRow{Part::package, "Package Name|Package name|packageName"},
    FieldRow{Part::version, "Package Version|Package version|packageVersion"},
    FieldRow{Part::fixed, "Fix Version|Fix version|vulnFixVersion"},
    FieldRow{Part::file, "Package Path|Package path|packagePath"},
    FieldRow{Part::image, "Image Name|Image|imagePullString"},
};
constexpr std::array k_scanned = {
    FieldRow{Part::id, "name"},
    FieldRow{Part::title, "name"},
    FieldRow{Part::severity, "severity.value|severity"},
    FieldRow{Part::score, "cvssScore.value.score|cvssScore.score"},
    FieldRow{Part::vector, "cvssScore.value.vector|cvssScore.vector"},
    FieldRow{Part::fixed, "fixedInVersion|fixVersion"},
};
constexpr std::array k_package = {
    FieldRow{Part::kind, "type"},
    FieldRow{Part::package, "name"},
    FieldRow{Part::version, "version"},
    FieldRow{Part::file, "path"},
};

bool is_datum(const Node& node) { return has(node, {"vulnName", "packageName"}); }

bool knows(const Node& root) {
  if (has_columns(root, {"CVE ID", "CVE Severity", "Package Name"}) ||
      has_columns(root, {"Vulnerability ID", "Package name", "OS Name"}) ||
      has_columns(root, {"Vulnerability Name", "Package Name", "OS Name"}))
    return true;
  if (root["data"].is_sequence() && root["data"].size() != 0) return any_item(root["data"], is_datum);
  return has(root["result"], {"packages"}) && (root["scanner"] || root["info"] || root["result"]["metadata"]);
}

/// Of a system's package the type is `os`, and the system stands beside it.
void add_row(const Node& node, Report& report) {
  Row row(node, FindingCategory::vulnerability);
  const std::string_view type = text(node, "Package Type|Package type|packageType");
  row.set(Part::kind, base::equals_ignoring_case(type, "os") ? text(node, "OS Name|osName") : type).fill(node, k_row);
  row.set(Part::image, text(node, "Image ID|imageId"));
  std::string resource;
  for (const char* column : {"Kubernetes Namespace Name|K8S namespace name|k8sNamespaceName",
                             "Kubernetes Workload Type|K8S workload type|k8sWorkloadType",
                             "Kubernetes Workload Name|K8S workload name|k8sWorkloadName"}) {
    const std::string_view step = text(node, column);
    if (!step.empty()) resource += (resource.empty() ? "" : "/") + std::string(step);
  }
  row.set(Part::resource, resource);
  const std::string_view in_use = text(node, "Package In Use|In use|inUse");
  if (!in_use.empty()) row.set(base::equals_ignoring_case(in_use, "true") ? Reachability::imported : Reachability::required);
  if (is_true(node, "Risk Accepted|Risk accepted|riskAccepted")) row.set(ToolStatus::suppressed);
  report.add(node, std::move(row));
}

void add_scanned(const Node& node, const Node& package, Report& report) {
  Row row(node, FindingCategory::vulnerability);
  row.fill(node, k_scanned).fill(package, k_package);
  if (const Node running = package["isRunning"])
    row.set(running.as_boolean().value_or(false) ? Reachability::imported : Reachability::required);
  const bool is_accepted = each(node["acceptedRisks"]).size() + each(node["riskAcceptRefs"]).size() != 0;
  if (is_accepted) row.set(ToolStatus::suppressed);
  report.add(node, std::move(row));
}

void read(const Node& root, Report& report) {
  for (const Node& node : report.rows(root, "rows|data")) add_row(node, report);
  const Node result = root["result"];
  report.version(text(root, "scanner.version"));
  for (const char* path : {"metadata.pullString", "metadata.digest"}) report.image(text(result, path));
  report.subject(text(result, "metadata.pullString"));
  // Older results nest the weaknesses in packages, newer ones refer from a weakness to its package.
  for (const Node& package : report.rows(result["packages"].is_sequence() ? result["packages"] : Node())) {
    for (const Node& node : report.rows(package, "vulns")) add_scanned(node, package, report);
  }
  for (const document::Entry entry : result["vulnerabilities"].entries()) {
    add_scanned(entry.value, result["packages"][text(entry.value, "packageRef")], report);
  }
}
}  // namespace

constinit const Reader k_sysdig{"sysdig", "Sysdig",
                                "Vulnerabilities of images and workloads, with what is loaded at run time: reports in CSV and "
                                "JSON, and the scanner of the command line",
                                knows, read};

}  // namespace postern::ingest::scanners
