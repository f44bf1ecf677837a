// SPDX-License-Identifier: Apache-2.0
// Wiz: results of wizcli, and two exports of the platform.
#include <ingest/scanners/readers.h>

#include <string>
#include <utility>

namespace postern::ingest::scanners {
namespace {

constexpr std::array k_vulnerability = {
    FieldRow{Part::id, "name"},     FieldRow{Part::title, "description|name"}, FieldRow{Part::severity, "severity"},
    FieldRow{Part::score, "score"}, FieldRow{Part::fixed, "fixedVersion"},
};
constexpr std::array k_package = {
    FieldRow{Part::package, "name"},
    FieldRow{Part::version, "version"},
    FieldRow{Part::file, "path"},
};
/// The description of a secret may show a part of it, and so the kind stands for it.
constexpr std::array k_secret = {
    FieldRow{Part::id, "type"},           FieldRow{Part::title, "contains.*.type|type"},
    FieldRow{Part::severity, "severity"}, FieldRow{Part::file, "path"},
    FieldRow{Part::line, "lineNumber"},
};
constexpr std::array k_rule = {
    FieldRow{Part::id, "rule.id"},
    FieldRow{Part::title, "rule.name"},
    FieldRow{Part::severity, "severity"},
};
constexpr std::array k_match = {
    FieldRow{Part::file, "fileName"},
    FieldRow{Part::line, "lineNumber"},
    FieldRow{Part::resource, "resourceName"},
};
constexpr std::array k_issue = {
    FieldRow{Part::id, "Control ID|Issue ID"}, FieldRow{Part::title, "Title"},
    FieldRow{Part::severity, "Severity"},      FieldRow{Part::resource, "Resource external ID|Resource Name"},
    FieldRow{Part::status, "Status"},
};
constexpr std::array k_finding = {
    FieldRow{Part::id, "Name"},
    FieldRow{Part::title, "Name"},
    FieldRow{Part::severity, "VendorSeverity|CVSSSeverity|Severity"},
    FieldRow{Part::package, "DetailedName"},
    FieldRow{Part::version, "Version"},
    FieldRow{Part::fixed, "FixedVersion"},
    FieldRow{Part::file, "LocationPath"},
    FieldRow{Part::resource, "ProviderUniqueId|AssetName"},
    FieldRow{Part::status, "FindingStatus"},
};

bool knows(const Node& root) {
  if (has_columns(root, {"Control ID", "Issue ID", "Resource external ID"}) ||
      has_columns(root, {"WizURL", "DetailedName", "LocationPath"}))
    return true;
  const std::string_view type = text(root, "result.__typename");
  return type.starts_with("CICD") || has(root, {"scanOriginResource", "result"});
}

/// Nothing says what a library belongs to but the file that names it.
std::string_view kind_of(std::string_view path) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 12> k_files = {{
      {".jar", "maven"},
      {"Cargo.lock", "cargo"},
      {"Gemfile.lock", "gem"},
      {"Pipfile.lock", "pypi"},
      {"composer.lock", "composer"},
      {"go.mod", "golang"},
      {"go.sum", "golang"},
      {"package-lock.json", "npm"},
      {"package.json", "npm"},
      {"poetry.lock", "pypi"},
      {"pom.xml", "maven"},
      {"requirements.txt", "pypi"},
  }};
  for (const auto& [ending, kind] : k_files) {
    if (path.ends_with(ending)) return kind;
  }
  return path.find("site-packages") != std::string_view::npos ? "pypi" : "";
}

void read_packages(const Node& result, Report& report) {
  for (const char* list : {"osPackages", "libraries", "applications", "cpes"}) {
    for (const Node& package : report.rows(result, list)) {
      for (const Node& node : report.rows(package, "vulnerabilities")) {
        Row row(node, FindingCategory::vulnerability);
        row.set(Part::kind, kind_of(text(package, "path"))).fill(node, k_vulnerability).fill(package, k_package);
        report.add(node, std::move(row));
      }
    }
  }
}

void read_result(const Node& root, Report& report) {
  const Node result = root["result"];
  if (const std::string_view state = text(root, "status.state"); !state.empty() && state != "SUCCESS")
    report.failed(root["status"], "the scan ended in state " + std::string(state));
  report.subject(text(root, "scanOriginResource.name"));
  if (text(root, "scanOriginResource.__typename") == "CICDScanOriginContainerImage") {
    report.image(text(root, "scanOriginResource.name"));
    report.image(text(root, "scanOriginResource.digest"));
  }
  read_packages(result, report);
  for (const Node& node : report.rows(result, "secrets")) report.add(node, FindingCategory::secret, k_secret);
  for (const Node& rule : report.rows(result, "ruleMatches")) {
    for (const Node& node : report.rows(rule, "matches")) {
      Row row(node, FindingCategory::misconfiguration);
      report.add(node, std::move(row.fill(rule, k_rule).fill(node, k_match)));
    }
  }
  for (const Node& node : report.rows(result, "malware|malwares")) {
    Row row(node, FindingCategory::malware);
    report.add(node, std::move(row.set(Part::id, text(node, "name|type")).set(Part::file, text(node, "path"))));
  }
}

void read(const Node& root, Report& report) {
  if (!root["columns"]) return read_result(root, report);
  const bool is_issues = has_columns(root, {"Control ID"});
  for (const Node& node : report.rows(root, "rows")) {
    if (is_issues) {
      report.add(node, FindingCategory::misconfiguration, k_issue);
    } else {
      Row row(node, FindingCategory::vulnerability);
      report.add(node, std::move(row.set(Part::kind, kind_of(text(node, "LocationPath"))).fill(node, k_finding)));
    }
  }
}
}  // namespace

constinit const Reader k_wiz{
    "wiz", "Wiz",
    "Results of the command line on folders, images and infrastructure code in JSON; issues and vulnerability findings in CSV",
    knows, read};

}  // namespace postern::ingest::scanners
