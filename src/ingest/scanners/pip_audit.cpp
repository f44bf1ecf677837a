// SPDX-License-Identifier: Apache-2.0
// pip-audit: dependencies with what is known of them.
#include <ingest/scanners/readers.h>

namespace postern::ingest::scanners {
namespace {

constexpr std::array k_vulnerability = {
    FieldRow{Part::id, "id"},
    FieldRow{Part::alias, "aliases.*"},
    FieldRow{Part::title, "description|id"},
    FieldRow{Part::fixed, "fix_versions.*"},
};

bool is_dependency(const Node& node) {
  return has(node, {"name", "vulns"}) || (has(node, {"name", "skip_reason"}) && !node["vulnerabilities"]);
}

bool knows(const Node& root) {
  if (has(root, {"dependencies", "fixes"})) return true;
  return any_item(root["dependencies"].is_sequence() ? root["dependencies"] : root, is_dependency);
}

void read(const Node& root, Report& report) {
  for (const Node& dependency : report.rows(root["dependencies"] ? root["dependencies"] : root)) {
    if (const std::string_view reason = text(dependency, "skip_reason"); !reason.empty()) report.partial(dependency, reason);
    for (const Node& node : report.rows(dependency, "vulns")) {
      Row row(node, FindingCategory::vulnerability);
      row.set(Part::kind, "pypi").set(Part::package, text(dependency, "name")).set(Part::version, text(dependency, "version"));
      report.add(node, std::move(row.fill(node, k_vulnerability)));
    }
  }
}
}  // namespace

constinit const Reader k_pip_audit{"pip-audit", "pip-audit", "Vulnerabilities of Python packages, in JSON", knows, read};

}  // namespace postern::ingest::scanners
