// SPDX-License-Identifier: Apache-2.0
// Nuclei: one object a match. Requests and answers are not looked at.
#include <ingest/scanners/readers.h>

namespace postern::ingest::scanners {
namespace {

constexpr std::array k_match = {
    FieldRow{Part::id, "template-id|templateID"},
    FieldRow{Part::alias, "info.classification.cve-id.*|info.classification.cve-id"},
    FieldRow{Part::cwe, "info.classification.cwe-id.*|info.classification.cwe-id"},
    FieldRow{Part::title, "info.name"},
    FieldRow{Part::severity, "info.severity"},
    FieldRow{Part::score, "info.classification.cvss-score"},
    FieldRow{Part::vector, "info.classification.cvss-metrics"},
    FieldRow{Part::url, "matched-at|matched|url|host"},
};

bool is_match(const Node& node) { return (node["template-id"] || node["templateID"]) && node["info"]; }

bool knows(const Node& root) { return any_item(root, is_match); }

void read(const Node& root, Report& report) {
  for (const Node& node : report.rows(root)) {
    const Node status = node["matcher-status"];
    // Templates that did not match are listed on request.
    if (status && !status.as_boolean().value_or(true)) continue;
    const bool is_file = text(node, "type") == "file";
    Row row(node, FindingCategory::dynamic);
    if (is_file) row.set(Part::file, text(node, "matched-at|matched"));
    report.add(node, std::move(row.fill(node, k_match)));
  }
}
}  // namespace

constinit const Reader k_nuclei{"nuclei", "Nuclei", "Matches of templates, in JSON and JSON Lines", knows, read};

}  // namespace postern::ingest::scanners
