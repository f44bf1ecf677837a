// SPDX-License-Identifier: Apache-2.0
// tfsec: results; also those of defsec, which it was built on.
#include <ingest/scanners/readers.h>

namespace postern::ingest::scanners {
namespace {

constexpr std::array k_result = {
    FieldRow{Part::id, "long_id|rule_id"},       FieldRow{Part::alias, "rule_id"},
    FieldRow{Part::alias, "legacy_rule_id"},     FieldRow{Part::title, "rule_description|description"},
    FieldRow{Part::severity, "severity"},        FieldRow{Part::file, "location.filename"},
    FieldRow{Part::line, "location.start_line"}, FieldRow{Part::resource, "resource"},
};

bool is_result(const Node& node) {
  return has(node, {"rule_id", "location"}) && (node["rule_provider"] || node["rule_description"]);
}

/// Without findings tfsec writes null, and nobody else does.
bool knows(const Node& root) {
  if (!root.is_mapping()) return false;
  return (root.size() == 1 && root["results"].is_null()) || (root["results"].is_sequence() && any_item(root["results"], is_result));
}

/// Older versions count the status: 0 failed, 1 passed, 2 ignored.
void read(const Node& root, Report& report) {
  for (const Node& node : report.rows(root, "results")) {
    const std::string_view status = text(node, "status");
    if (status == "passed" || status == "1") continue;
    Row row(node, FindingCategory::misconfiguration);
    row.fill(node, k_result);
    if (status == "ignored" || status == "2") row.set(ToolStatus::suppressed);
    report.add(node, std::move(row));
  }
}
}  // namespace

constinit const Reader k_tfsec{"tfsec", "tfsec", "Results of checks on Terraform, in JSON", knows, read};

}  // namespace postern::ingest::scanners
