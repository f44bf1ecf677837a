// SPDX-License-Identifier: Apache-2.0
// Snyk: the list of issues of its REST API.
#include <ingest/scanners/readers.h>

#include <utility>

namespace postern::ingest::scanners {
namespace {

constexpr std::array k_issue = {
    FieldRow{Part::id, "attributes.key|id"},
    FieldRow{Part::alias, "attributes.problems.*.id"},
    FieldRow{Part::cwe, "attributes.classes.*.id"},
    FieldRow{Part::title, "attributes.title"},
    FieldRow{Part::severity, "attributes.effective_severity_level"},
    FieldRow{Part::score, "attributes.severities.*.score"},
    FieldRow{Part::vector, "attributes.severities.*.vector"},
    FieldRow{Part::package, "attributes.coordinates.*.representations.*.dependency.package_name"},
    FieldRow{Part::version, "attributes.coordinates.*.representations.*.dependency.package_version"},
    FieldRow{Part::file, "attributes.coordinates.*.representations.*.sourceLocation.file"},
    FieldRow{Part::line, "attributes.coordinates.*.representations.*.sourceLocation.region.start.line"},
    FieldRow{Part::resource, "attributes.coordinates.*.representations.*.resourcePath"},
    FieldRow{Part::resource, "attributes.coordinates.*.representations.*.cloud_resource.native_id"},
    FieldRow{Part::status, "attributes.status"},
};

/// By the language in `SNYK-PYTHON-PILLOW-6219984`.
constexpr std::array<std::pair<std::string_view, std::string_view>, 10> k_languages = {{
    {"SNYK-COCOAPODS-", "cocoapods"},
    {"SNYK-DOTNET-", "nuget"},
    {"SNYK-GOLANG-", "golang"},
    {"SNYK-HEX-", "hex"},
    {"SNYK-JAVA-", "maven"},
    {"SNYK-JS-", "npm"},
    {"SNYK-PHP-", "composer"},
    {"SNYK-PYTHON-", "pypi"},
    {"SNYK-RUBY-", "gem"},
    {"SNYK-RUST-", "cargo"},
}};

constexpr std::array<std::pair<std::string_view, FindingCategory>, 4> k_types = {{
    {"cloud", FindingCategory::misconfiguration},
    {"code", FindingCategory::code},
    {"config", FindingCategory::misconfiguration},
    {"license", FindingCategory::licence},
}};

bool is_issue(const Node& node) { return text(node, "type") == "issue" && node["attributes"]["effective_severity_level"]; }

bool knows(const Node& root) { return root["jsonapi"] && root["data"].is_sequence() && any_item(root["data"], is_issue); }

void read(const Node& root, Report& report) {
  for (const Node& node : report.rows(root, "data")) {
    Row row(node, FindingCategory::vulnerability);
    for (const auto& [type, category] : k_types) {
      if (text(node, "attributes.type") == type) row.set(category);
    }
    for (const auto& [prefix, kind] : k_languages) {
      for (const std::string_view id : texts(node, "attributes.problems.*.id")) {
        if (id.starts_with(prefix)) row.set(Part::kind, kind);
      }
    }
    row.fill(node, k_issue);
    if (is_true(node, "attributes.ignored")) row.set(ToolStatus::suppressed);
    if (text(node, "attributes.coordinates.*.reachability") == "function") row.set(Reachability::called);
    report.add(node, std::move(row));
  }
}
}  // namespace

constinit const Reader k_snyk_api{"snyk-api", "Snyk issues API",
                                  "Issues of an organisation or group, of all products, as the REST API answers", knows, read};

}  // namespace postern::ingest::scanners
