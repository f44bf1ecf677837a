// SPDX-License-Identifier: Apache-2.0
// OSV-Scanner: sources, packages, advisories in the form of OSV.
#include <ingest/scanners/readers.h>

#include <algorithm>

namespace postern::ingest::scanners {
namespace {

constexpr std::array k_advisory = {
    FieldRow{Part::id, "id"},
    FieldRow{Part::alias, "aliases.*"},
    FieldRow{Part::cwe, "database_specific.cwe_ids.*"},
    FieldRow{Part::title, "summary|details"},
    FieldRow{Part::severity, "database_specific.severity"},
    FieldRow{Part::vector, "severity.*.score"},
};
constexpr std::array k_package = {
    FieldRow{Part::kind, "ecosystem"},
    FieldRow{Part::package, "name"},
    FieldRow{Part::version, "version|commit"},
};

bool is_package(const Node& node) { return has(node, {"package"}); }

bool is_source(const Node& node) { return has(node, {"packages"}) && any_item(node["packages"], is_package); }

/// Only ranges of the package itself: an advisory may be about several.
void add_fixed(const Node& advisory, std::string_view name, Row& row) {
  for (const Node& affected : each(advisory, "affected")) {
    if (text(affected, "package.name") != name) continue;
    for (const Node& range : each(affected, "ranges")) {
      if (text(range, "type") == "GIT") continue;
      for (const std::string_view version : texts(range, "events.*.fixed")) row.set(Part::fixed, version);
    }
  }
}

/// What the analysis of calls says of an advisory: nothing, called, or there but not called.
void add_group(const Node& groups, std::string_view id, Row& row) {
  for (const Node& group : each(groups)) {
    const auto ids = texts(group, "ids.*");
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) continue;
    row.set(Part::score, text(group, "max_severity"));
    for (const std::string_view alias : texts(group, "aliases.*")) row.set(Part::alias, alias);
    for (const char* key : {"experimentalAnalysis", "experimental_analysis"}) {
      const Node called = group[key][id]["called"];
      if (called) row.set(called.as_boolean().value_or(true) ? Reachability::called : Reachability::imported);
    }
  }
}

bool knows(const Node& root) {
  if (!root.is_mapping() || !root["results"]) return false;
  return root["experimental_config"] || (root["results"].is_sequence() && any_item(root["results"], is_source));
}

void read_package(const Node& node, std::string_view path, Report& report) {
  for (const Node& advisory : report.rows(node, "vulnerabilities")) {
    Row row(advisory, FindingCategory::vulnerability);
    row.fill(advisory, k_advisory).fill(node["package"], k_package).set(Part::file, path);
    add_fixed(advisory, text(node, "package.name"), row);
    add_group(node["groups"], text(advisory, "id"), row);
    report.add(advisory, std::move(row));
  }
  for (const Node& licence : each(node, "license_violations")) {
    Row row(licence, FindingCategory::licence);
    report.add(licence, std::move(row.set(Part::id, text_of(licence)).fill(node["package"], k_package).set(Part::file, path)));
  }
}

void read(const Node& root, Report& report) {
  for (const Node& source : report.rows(root, "results")) {
    const std::string_view path = text(source, "source.path");
    if (text(source, "source.type") == "docker") report.image(path);
    for (const Node& package : report.rows(source, "packages")) read_package(package, path, report);
  }
}
}  // namespace

constinit const Reader k_osv_scanner{
    "osv-scanner", "OSV-Scanner",
    "Advisories of packages in lockfiles, bills of materials and images, with the analysis of calls, in JSON", knows, read};

}  // namespace postern::ingest::scanners
