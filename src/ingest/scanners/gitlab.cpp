// SPDX-License-Identifier: Apache-2.0
// GitLab: one schema with a location a type of scan.
#include <ingest/scanners/readers.h>
#include <postern/base/text.h>

#include <map>
#include <string>
#include <utility>

namespace postern::ingest::scanners {
namespace {

constexpr std::array k_finding = {
    FieldRow{Part::title, "name|message|description"},
    FieldRow{Part::severity, "severity"},
    FieldRow{Part::vector, "cvss_vectors.*.vector"},
    FieldRow{Part::package, "location.dependency.package.name"},
    FieldRow{Part::version, "location.dependency.version"},
    FieldRow{Part::file, "location.file"},
    FieldRow{Part::line, "location.start_line"},
    FieldRow{Part::image, "location.image"},
};

constexpr std::array<std::pair<std::string_view, FindingCategory>, 9> k_scans = {{
    {"api_fuzzing", FindingCategory::dynamic},
    {"cluster_image_scanning", FindingCategory::vulnerability},
    {"container_scanning", FindingCategory::vulnerability},
    {"coverage_fuzzing", FindingCategory::dynamic},
    {"dast", FindingCategory::dynamic},
    {"dependency_scanning", FindingCategory::vulnerability},
    {"license_scanning", FindingCategory::licence},
    {"sast", FindingCategory::code},
    {"secret_detection", FindingCategory::secret},
}};

/// Identifiers of advisories go before those of rules.
constexpr std::array<std::string_view, 4> k_advisories = {"cve", "ghsa", "osvdb", "gemnasium"};

bool is_finding(const Node& node) { return has(node, {"identifiers", "location"}); }

bool knows(const Node& root) {
  if (!root.is_mapping() || !root["vulnerabilities"].is_sequence()) return false;
  // Reports before schema 3 may lack their version.
  if (!root["version"]) return root["vulnerabilities"].size() != 0 && any_item(root["vulnerabilities"], is_finding);
  if (root["scan"]["scanner"] || root["scan"]["type"] || root["scan"]["status"]) return true;
  return root["vulnerabilities"].size() != 0 ? any_item(root["vulnerabilities"], is_finding) : root["remediations"].is_sequence();
}

void add_identifiers(const Node& node, Row& row) {
  const std::vector<Node> identifiers = each(node["identifiers"]);
  for (const std::string_view type : k_advisories) {
    for (const Node& identifier : identifiers) {
      if (base::equals_ignoring_case(text(identifier, "type"), type)) row.set(Part::id, text(identifier, "value"));
    }
  }
  for (const Node& identifier : identifiers) {
    const std::string_view type = text(identifier, "type");
    if (base::equals_ignoring_case(type, "cwe")) {
      row.set(Part::cwe, text(identifier, "value"));
    } else if (!base::equals_ignoring_case(type, "owasp") && !base::equals_ignoring_case(type, "wasc")) {
      row.set(Part::id, text(identifier, "value|name"));
    }
  }
  if (row.is_nameless()) row.set(Part::id, text(node, "cve"));
}

/// What manages the packages of a lockfile; the system of an image.
using Managers = std::map<std::string_view, std::string_view>;

void add_place(const Node& node, const Managers& managers, Row& row) {
  const Node location = node["location"];
  const auto manager = managers.find(text(location, "file"));
  row.set(Part::kind, manager == managers.end() ? text(location, "operating_system") : manager->second);
  std::string url(text(location, "hostname"));
  if (!url.empty()) url += text(location, "path");
  row.set(Part::url, url).set(Part::url, text(node, "evidence.request.url"));
  const Node resource = location["kubernetes_resource"];
  std::string address;
  for (const char* part : {"namespace", "kind", "name"}) {
    const std::string_view step = text(resource, part);
    if (!step.empty()) address += (address.empty() ? "" : "/") + std::string(step);
  }
  row.set(Part::resource, address);
}

FindingCategory category_of(const Node& root, const Node& node) {
  const std::string_view said = text(root, "scan.type");
  const std::string_view type = said.empty() ? text(node, "category") : said;
  for (const auto& [scan, category] : k_scans) {
    if (type == scan) return category;
  }
  if (node["location"]["dependency"]) return FindingCategory::vulnerability;
  return node["location"]["hostname"] ? FindingCategory::dynamic : FindingCategory::code;
}

void check_scan(const Node& scan, Report& report) {
  const std::string_view status = text(scan, "status");
  for (const Node& message : each(scan, "messages")) {
    if (text(message, "level") == "fatal") report.failed(message, text(message, "value"));
  }
  if (!status.empty() && status != "success") report.failed(scan["status"], "the scan ended with status " + std::string(status));
}

void read(const Node& root, Report& report) {
  report.product(text(root, "scan.scanner.name"));
  report.version(text(root, "scan.scanner.version"));
  check_scan(root["scan"], report);
  Managers managers;
  for (const Node& file : each(root, "dependency_files")) managers.emplace(text(file, "path"), text(file, "package_manager"));
  for (const Node& node : report.rows(root, "vulnerabilities")) {
    Row row(node, category_of(root, node));
    row.fill(node, k_finding);
    add_identifiers(node, row);
    add_place(node, managers, row);
    report.add(node, std::move(row));
  }
}
}  // namespace

constinit const Reader k_gitlab{"gitlab", "GitLab security reports",
                                "Reports of SAST, DAST, API and coverage fuzzing, dependency, container and secret scanning, of "
                                "schema 2 to 15, with the status of the scan",
                                knows, read};

}  // namespace postern::ingest::scanners
