// SPDX-License-Identifier: Apache-2.0
// Prisma Cloud: results an image; the console names some parts otherwise.
#include <ingest/scanners/readers.h>

#include <map>
#include <string>

namespace postern::ingest::scanners {
namespace {

constexpr std::array k_vulnerability = {
    FieldRow{Part::id, "cve|id"},
    FieldRow{Part::title, "description|cve|id"},
    FieldRow{Part::severity, "severity"},
    FieldRow{Part::score, "cvss"},
    FieldRow{Part::vector, "vector|vecStr"},
    FieldRow{Part::kind, "packageType"},
    FieldRow{Part::package, "packageName"},
    FieldRow{Part::version, "packageVersion"},
    FieldRow{Part::file, "packagePath|functionLayer"},
};
constexpr std::array k_compliance = {
    FieldRow{Part::id, "id"},
    FieldRow{Part::title, "title|description"},
    FieldRow{Part::severity, "severity"},
};
constexpr std::array k_columns = {
    FieldRow{Part::severity, "Severity"},       FieldRow{Part::score, "CVSS"}, FieldRow{Part::package, "Packages|Source Package"},
    FieldRow{Part::version, "Package Version"}, FieldRow{Part::image, "Id"},
};

bool is_image(const Node& node) {
  const bool has_list = node["vulnerabilities"] || node["compliances"] || node["complianceIssues"];
  return has_list && (node["vulnerabilityDistribution"] || node["complianceDistribution"] || node["complianceIssues"] ||
                      node["vulnerabilityScanPassed"] || node["complianceScanPassed"]);
}

bool knows(const Node& root) {
  if (has_columns(root, {"CVE ID", "Compliance ID", "Packages"})) return true;
  if (root["results"].is_sequence() && root["results"].size() != 0) return any_item(root["results"], is_image);
  return has(root, {"results", "consoleURL"}) || any_item(root, is_image);
}

/// `fixed in 1.2.3, 1.1.9` is what a status says where there is a fix; other words are about the vendor, not about the finding.
void add_status(std::string_view status, Row& row) {
  constexpr std::string_view k_fixed = "fixed in ";
  if (status.starts_with(k_fixed)) row.set(Part::fixed, status.substr(k_fixed.size()));
}

/// Kinds of packages by name: `os` means the system.
using Kinds = std::map<std::string_view, std::string_view>;

Kinds kinds_of(const Node& image) {
  Kinds kinds;
  for (const Node& package : each(image["packages"])) {
    kinds.emplace(text(package, "name"), text(package, "type"));
    for (const Node& inner : each(package["pkgs"])) kinds.emplace(text(inner, "name"), text(package, "pkgsType"));
  }
  return kinds;
}

std::string system_of(const Node& image) {
  // `Debian GNU/Linux 12 (bookworm)`, `alpine-3.11.5`
  return std::string(text(image, "distro|osDistro|installedProducts.osDistro"));
}

void read_image(const Node& image, Report& report) {
  report.image(text(image, "name"));
  report.image(text(image, "id"));
  for (const std::string_view digest : texts(image, "repoDigests.*")) report.image(digest);
  const std::string_view repository = text(image, "repoTag.repo");
  if (!repository.empty()) {
    const std::string_view registry = text(image, "repoTag.registry");
    report.image((registry.empty() ? "" : std::string(registry) + '/') + std::string(repository) + ':' +
                 std::string(text(image, "repoTag.tag")));
  }
  report.subject(text(image, "name|repository|hostname|id"));
  if (!text(image, "err").empty()) report.failed(image["err"], text(image, "err"));
  const Kinds kinds = kinds_of(image);
  for (const Node& node : report.rows(image, "vulnerabilities")) {
    Row row(node, FindingCategory::vulnerability);
    const auto kind = kinds.find(text(node, "packageName"));
    const bool is_system = kind == kinds.end() || kind->second == "os" || kind->second == "package";
    row.set(Part::kind, text(node, "packageType") == "os" ? system_of(image) : text(node, "packageType"));
    row.set(Part::kind, is_system && kind != kinds.end() ? system_of(image) : kind == kinds.end() ? "" : std::string(kind->second));
    row.fill(node, k_vulnerability);
    add_status(text(node, "status"), row);
    report.add(node, std::move(row));
  }
  for (const Node& node : report.rows(image, "compliances|complianceIssues"))
    report.add(node, FindingCategory::misconfiguration, k_compliance);
}

void add_line(const Node& node, Report& report) {
  const std::string_view cve = text(node, "CVE ID");
  Row row(node, cve.empty() ? FindingCategory::misconfiguration : FindingCategory::vulnerability);
  row.set(Part::id, cve)
      .set(Part::id, text(node, "Compliance ID"))
      .set(Part::title, text(node, "Description"))
      .set(Part::title, cve);
  // The second column of that name is the kind of package, the first one that of the scan where there are two.
  const std::string_view type = text(node, "Type (2)|Type");
  row.set(Part::kind, type == "OS" || type == "os" ? text(node, "Distro") : type);
  std::string image(text(node, "Registry"));
  image += (image.empty() ? "" : "/") + std::string(text(node, "Repository"));
  const std::string_view tag = text(node, "Tag");
  row.set(Part::image, image.empty() || tag.empty() ? image : image + ':' + std::string(tag));
  add_status(text(node, "Fix Status"), row);
  report.add(node, std::move(row.fill(node, k_columns)));
}

void read(const Node& root, Report& report) {
  if (root["columns"]) {
    for (const Node& node : report.rows(root, "rows")) add_line(node, report);
    return;
  }
  for (const Node& image : report.rows(root["results"] ? root["results"] : root)) read_image(image, report);
}
}  // namespace

constinit const Reader k_prisma{
    "prisma", "Prisma Cloud (Twistlock)",
    "Vulnerabilities and compliance of images, hosts and code: results of twistcli and of the console in JSON, and exports in CSV",
    knows, read};

}  // namespace postern::ingest::scanners
