// SPDX-License-Identifier: Apache-2.0
// Mend: vulnerabilities with the library that has them.
#include <ingest/scanners/readers.h>

#include <span>
#include <string>
#include <utility>

namespace postern::ingest::scanners {
namespace {

constexpr std::array k_vulnerability = {
    FieldRow{Part::id, "name"},
    FieldRow{Part::title, "description|topFix.message|name"},
    FieldRow{Part::severity, "cvss3_severity|severity"},
    FieldRow{Part::score, "cvss3_score|score"},
    FieldRow{Part::vector, "scoreMetadataVector"},
    FieldRow{Part::version, "library.version"},
    FieldRow{Part::file, "locations.*.path|library.filename"},
    FieldRow{Part::status, "status"},
};
constexpr std::array k_finding = {
    FieldRow{Part::id, "vulnerability.name|name"},
    FieldRow{Part::title, "vulnerability.description|vulnerability.name|name"},
    FieldRow{Part::severity, "vulnerability.severity|severity"},
    FieldRow{Part::score, "vulnerability.score"},
    FieldRow{Part::vector, "vulnerability.vulnerabilityScoring.*.vector|vulnerability.vector"},
    FieldRow{Part::version, "component.version"},
    FieldRow{Part::file, "component.path|component.name"},
    FieldRow{Part::status, "findingInfo.status"},
};

/// Words for kinds of libraries.
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> k_kinds = {{
    {"DEBIAN_PACKAGE_DEB", "deb"},
    {"DOT_NET_RESOURCE", "nuget"},
    {"GO_PACKAGE", "golang"},
    {"JAVA_ARCHIVE", "maven"},
    {"JAVA_SCRIPT_LIBRARY", "npm"},
    {"NODE_PACKAGED_MODULE", "npm"},
    {"NUGET_PACKAGE_MODULE", "nuget"},
    {"PYTHON_PACKAGE", "pypi"},
}};

bool is_vulnerability(const Node& node) { return has(node, {"name", "library"}); }
bool is_finding(const Node& node) { return has(node, {"vulnerability", "component"}) || has(node, {"uuid", "findingInfo"}); }

/// An empty list of vulnerabilities and nothing else is what Mend writes where there are none.
bool knows(const Node& root) {
  const Node list = root["vulnerabilities"];
  if (list.is_sequence()) return list.size() == 0 ? root.size() == 1 : any_item(list, is_vulnerability);
  return has(root, {"response", "supportToken"}) && (root["response"].size() == 0 || any_item(root["response"], is_finding));
}

/// `GROUP` and `ARTIFACT-VERSION.jar` of Java; the name alone of all else.
std::string name_of(const Node& library, std::string_view kind) {
  const std::string_view group = text(library, "groupId");
  std::string_view artifact = text(library, "artifactId|name");
  if (kind != "maven") return std::string(kind == "npm" && !group.empty() ? group : artifact);
  const std::string suffix = "-" + std::string(text(library, "version"));
  if (artifact.ends_with(".jar")) artifact.remove_suffix(4);
  if (suffix.size() > 1 && artifact.ends_with(suffix)) artifact.remove_suffix(suffix.size());
  return group.empty() ? std::string(artifact) : std::string(group) + ':' + std::string(artifact);
}

void add(const Node& node, const Node& library, std::string_view type, std::span<const FieldRow> table, Report& report) {
  std::string_view kind = type;
  for (const auto& [word, known] : k_kinds) {
    if (type == word) kind = known;
  }
  Row row(node, FindingCategory::vulnerability);
  row.set(Part::kind, kind).set(Part::package, name_of(library, kind)).fill(node, table);
  // `Upgrade to version GROUP:ARTIFACT:1.13`
  const std::string_view fix = text(node, "topFix.fixResolution");
  if (const std::size_t colon = fix.rfind(':'); colon != std::string_view::npos) row.set(Part::fixed, fix.substr(colon + 1));
  report.add(node, std::move(row));
}

void read(const Node& root, Report& report) {
  for (const Node& node : report.rows(root, "vulnerabilities")) {
    report.subject(text(node, "project|projectName"));
    add(node, node["library"], text(node, "library.type"), k_vulnerability, report);
  }
  for (const Node& node : report.rows(root, "response")) {
    report.subject(text(node, "project.name"));
    add(node, node["component"], text(node, "component.libraryType|component.componentType"), k_finding, report);
  }
}
}  // namespace

constinit const Reader k_mend{"mend", "Mend (WhiteSource)",
                              "Vulnerabilities of libraries, of the older reports and of API 3.0, in JSON", knows, read};

}  // namespace postern::ingest::scanners
