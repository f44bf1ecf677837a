// SPDX-License-Identifier: Apache-2.0
// Checkov: lists of checks a framework.
#include <ingest/scanners/readers.h>

#include <string>
#include <utility>

namespace postern::ingest::scanners {
namespace {

constexpr std::array k_check = {
    FieldRow{Part::id, "vulnerability_details.id|check_id"},
    FieldRow{Part::alias, "bc_check_id"},
    FieldRow{Part::title, "check_name|short_description|description"},
    FieldRow{Part::severity, "vulnerability_details.severity|severity"},
    FieldRow{Part::score, "vulnerability_details.cvss"},
    FieldRow{Part::vector, "vulnerability_details.vector"},
    FieldRow{Part::cwe, "vulnerability_details.cwe|cwe"},
    FieldRow{Part::kind, "vulnerability_details.package_type"},
    FieldRow{Part::package, "vulnerability_details.package_name"},
    FieldRow{Part::version, "vulnerability_details.package_version"},
    FieldRow{Part::fixed, "vulnerability_details.lowest_fixed_version|vulnerability_details.fix_version"},
    FieldRow{Part::file, "repo_file_path|file_path"},
    FieldRow{Part::line, "file_line_range.0"},
};

/// What a framework looks for, where that is not misconfigurations.
constexpr std::array<std::pair<std::string_view, FindingCategory>, 4> k_frameworks = {{
    {"sast", FindingCategory::code},
    {"sca_image", FindingCategory::vulnerability},
    {"sca_package", FindingCategory::vulnerability},
    {"secrets", FindingCategory::secret},
}};

bool is_list(const Node& node) { return node["results"]["failed_checks"] || (has(node, {"checkov_version", "passed", "failed"})); }

bool knows(const Node& root) { return any_item(root, is_list); }

FindingCategory category_of(const Node& list, const Node& check) {
  if (text(check, "check_id").starts_with("BC_LIC")) return FindingCategory::licence;
  for (const auto& [framework, category] : k_frameworks) {
    if (text(list, "check_type").starts_with(framework)) return category;
  }
  return FindingCategory::misconfiguration;
}

void add_checks(const Node& list, std::string_view key, ToolStatus status, Report& report) {
  for (const Node& check : report.rows(list["results"], key)) {
    const FindingCategory category = category_of(list, check);
    Row row(check, category);
    row.fill(check, k_check).set(status);
    // Of a secret the resource is a digest of its value.
    if (category == FindingCategory::misconfiguration) row.set(Part::resource, text(check, "resource_address|resource"));
    report.add(check, std::move(row));
  }
}

void read(const Node& root, Report& report) {
  for (const Node& list : report.rows(root)) {
    report.version(text(list, "summary.checkov_version|checkov_version"));
    add_checks(list, "failed_checks", ToolStatus::open, report);
    add_checks(list, "skipped_checks", ToolStatus::suppressed, report);
    for (const Node& file : each(list["results"], "parsing_errors"))
      report.partial(file, "cannot parse " + std::string(text_of(file)));
  }
}
}  // namespace

constinit const Reader k_checkov{
    "checkov", "Checkov",
    "Failed and skipped checks of configurations, packages, secrets and licences, in JSON, one list or one a framework", knows,
    read};

}  // namespace postern::ingest::scanners
