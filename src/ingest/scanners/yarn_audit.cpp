// SPDX-License-Identifier: Apache-2.0
// Yarn: one object a line; version 1 names what each line is, version 4 writes a tree.
#include <ingest/scanners/readers.h>

namespace postern::ingest::scanners {
namespace {

constexpr std::array k_first = {
    FieldRow{Part::id, "data.advisory.github_advisory_id|data.advisory.id"},
    FieldRow{Part::alias, "data.advisory.cves.*"},
    FieldRow{Part::cwe, "data.advisory.cwe.*|data.advisory.cwe"},
    FieldRow{Part::title, "data.advisory.title"},
    FieldRow{Part::severity, "data.advisory.severity"},
    FieldRow{Part::score, "data.advisory.cvss.score"},
    FieldRow{Part::vector, "data.advisory.cvss.vectorString"},
    FieldRow{Part::package, "data.advisory.module_name"},
    FieldRow{Part::version, "data.advisory.findings.*.version"},
    FieldRow{Part::fixed, "data.advisory.patched_versions"},
};
constexpr std::array k_fourth = {
    FieldRow{Part::id, "ID"},
    FieldRow{Part::title, "Issue"},
    FieldRow{Part::severity, "Severity"},
    FieldRow{Part::version, "Tree Versions.*"},
};

bool is_first(const Node& node) {
  const std::string_view type = text(node, "type");
  if (type == "auditAdvisory" || type == "auditSummary") return true;
  // A log of Yarn that never came to the audit.
  const std::string_view data = text(node, "data");
  return type == "error" &&
         (data.find("/security/audits") != std::string_view::npos || data.find("yarn") != std::string_view::npos);
}
bool is_fourth(const Node& node) { return node["value"].is_scalar() && has(node["children"], {"Issue", "Severity"}); }

bool knows(const Node& root) {
  return any_item(root, is_fourth) || (any_item(root, is_first) && (root.is_sequence() || text(root, "type").starts_with("audit")));
}

void add_fourth(const Node& node, Report& report) {
  const Node advisory = node["children"];
  Row row(node, FindingCategory::vulnerability);
  const std::string_view url = text(advisory, "URL");
  const std::size_t ghsa = url.find("GHSA-");
  if (ghsa != std::string_view::npos) row.set(Part::id, url.substr(ghsa));
  row.set(Part::kind, "npm").set(Part::package, text(node, "value"));
  report.add(node, std::move(row.fill(advisory, k_fourth)));
}

void read(const Node& root, Report& report) {
  bool has_end = any_item(root, is_fourth);
  for (const Node& node : report.rows(root)) {
    const std::string_view type = text(node, "type");
    if (is_fourth(node)) {
      add_fourth(node, report);
    } else if (type == "auditAdvisory") {
      Row row(node, FindingCategory::vulnerability);
      report.add(node, std::move(row.set(Part::kind, "npm").fill(node, k_first)));
    } else if (type == "error") {
      report.failed(node, text(node, "data"));
    } else if (type == "auditSummary") {
      has_end = true;
    }
  }
  if (!has_end) report.failed(root, "the report has no summary at its end");
}
}  // namespace

constinit const Reader k_yarn_audit{"yarn-audit", "Yarn audit", "Advisories on packages of Node.js: Yarn 1 and 4 in JSON Lines",
                                    knows, read};

}  // namespace postern::ingest::scanners
