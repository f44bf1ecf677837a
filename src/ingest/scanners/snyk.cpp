// SPDX-License-Identifier: Apache-2.0
// Snyk: one result a project, alone or in an array; a container brings the projects within it.
#include <ingest/scanners/readers.h>

#include <string>
#include <utility>

namespace postern::ingest::scanners {
namespace {

constexpr std::array k_vulnerability = {
    FieldRow{Part::id, "id"},
    FieldRow{Part::alias, "identifiers.CVE.*"},
    FieldRow{Part::alias, "identifiers.GHSA.*"},
    FieldRow{Part::cwe, "identifiers.CWE.*"},
    FieldRow{Part::title, "title"},
    FieldRow{Part::severity, "severityWithCritical|severity"},
    FieldRow{Part::score, "cvssScore"},
    FieldRow{Part::vector, "CVSSv4"},
    FieldRow{Part::vector, "CVSSv3"},
    FieldRow{Part::kind, "packageManager|language"},
    FieldRow{Part::version, "version"},
    FieldRow{Part::fixed, "fixedIn.*|nearestFixedInVersion"},
};
constexpr std::array k_configuration = {
    FieldRow{Part::id, "publicId|id"},
    FieldRow{Part::title, "title|issue|msg"},
    FieldRow{Part::severity, "severity"},
    FieldRow{Part::line, "lineNumber"},
};
constexpr std::array k_binary = {
    FieldRow{Part::id, "issueId"},
    FieldRow{Part::package, "pkgName"},
    FieldRow{Part::version, "pkgVersion"},
    FieldRow{Part::fixed, "fixInfo.nearestFixedInVersion"},
};

/// How Snyk says whether weak code is reached.
constexpr std::array<std::pair<std::string_view, Reachability>, 5> k_reachability = {{
    {"Function", Reachability::called},
    {"Package", Reachability::imported},
    {"Potentially reachable", Reachability::called},
    {"Reachable", Reachability::called},
    {"reachable", Reachability::called},
}};

bool is_failure(const Node& node) { return has(node, {"ok", "error"}) && !node["vulnerabilities"]; }

bool is_project(const Node& node) {
  if (node["infrastructureAsCodeIssues"]) return true;
  const bool says_project = node["packageManager"] || node["dependencyCount"] || node["projectName"];
  return (has(node, {"vulnerabilities", "ok"}) && says_project) || (is_failure(node) && node["path"]);
}

bool knows(const Node& root) { return any_item(root, is_project); }

/// Packages of a distribution are called `SOURCE/BINARY`: the binary one is installed.
std::string_view package_name(const Node& node, bool is_system) {
  const std::string_view name = text(node, "name|packageName|moduleName");
  const std::size_t slash = name.rfind('/');
  return is_system && slash != std::string_view::npos ? name.substr(slash + 1) : text(node, "packageName|moduleName|name");
}

Row vulnerability_row(const Node& node, std::string_view file) {
  const bool is_licence = text(node, "type") == "license" || text(node, "id").starts_with("snyk:lic:");
  const bool is_malicious = is_true(node, "malicious");
  const auto category = is_licence ? FindingCategory::licence : FindingCategory::vulnerability;
  Row row(node, is_malicious ? FindingCategory::malware : category);
  const std::string_view language = text(node, "language");
  row.fill(node, k_vulnerability).set(Part::package, package_name(node, language == "linux")).set(Part::file, file);
  for (const auto& [word, reachability] : k_reachability) {
    if (text(node, "reachability") == word) row.set(reachability);
  }
  return row;
}

/// Binaries in an image: what is wrong with them stands apart from where they are.
void read_binaries(const Node& node, Report& report) {
  for (const Node& issue : report.rows(node, "issues|docker.binariesVulns.issues")) {
    const Node data =
        (node["issuesData"] ? node["issuesData"] : at(node, "docker.binariesVulns.issuesData"))[text(issue, "issueId")];
    Row row(issue, FindingCategory::vulnerability);
    report.add(issue, std::move(row.fill(issue, k_binary).fill(data, k_vulnerability)));
  }
}

void read_project(const Node& node, Report& report) {
  if (is_failure(node)) return report.failed(node, text(node, "error"));
  const std::string_view file = text(node, "displayTargetFile|targetFile");
  report.subject(text(node, "projectName|path"));
  if (node["docker"]) report.image(text(node, "docker.image|path"));
  for (const Node& row : report.rows(node, "vulnerabilities")) report.add(row, vulnerability_row(row, file));
  for (const Node& row : report.rows(node, "filtered.ignore"))
    report.add(row, std::move(vulnerability_row(row, file).set(ToolStatus::suppressed)));
  for (const Node& row : report.rows(node, "filtered.patch"))
    report.add(row, std::move(vulnerability_row(row, file).set(ToolStatus::fixed)));
  for (const Node& issue : report.rows(node, "infrastructureAsCodeIssues")) {
    Row row(issue, FindingCategory::misconfiguration);
    row.fill(issue, k_configuration).set(Part::file, text(node, "targetFile|targetFilePath"));
    std::string resource;
    for (const std::string_view step : texts(issue, "path.*")) resource += (resource.empty() ? "" : ".") + std::string(step);
    row.set(Part::resource, resource);
    if (is_true(issue, "isIgnored")) row.set(ToolStatus::suppressed);
    report.add(issue, std::move(row));
  }
  read_binaries(node, report);
  for (const Node& application : report.rows(node, "applications")) read_project(application, report);
}

void read(const Node& root, Report& report) {
  for (const Node& node : report.rows(root)) read_project(node, report);
}
}  // namespace

constinit const Reader k_snyk{"snyk", "Snyk",
                              "Open source, container and infrastructure-as-code tests (snyk test, container test, iac test) in "
                              "JSON, of one project or several; Snyk Code writes SARIF",
                              knows, read};

}  // namespace postern::ingest::scanners
