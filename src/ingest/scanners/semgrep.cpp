// SPDX-License-Identifier: Apache-2.0
// Semgrep: results of the command line, findings of the platform.
#include <ingest/scanners/readers.h>

namespace postern::ingest::scanners {
namespace {

constexpr std::array k_result = {
    FieldRow{Part::id, "check_id"},
    FieldRow{Part::alias, "extra.metadata.sca-vuln-database-identifier"},
    FieldRow{Part::cwe, "extra.metadata.cwe.*|extra.metadata.cwe"},
    FieldRow{Part::title, "extra.message"},
    FieldRow{Part::severity, "extra.severity"},
    FieldRow{Part::file, "path"},
    FieldRow{Part::line, "start.line"},
    FieldRow{Part::kind, "extra.sca_info.dependency_match.found_dependency.ecosystem"},
    FieldRow{Part::package, "extra.sca_info.dependency_match.found_dependency.package"},
    FieldRow{Part::version, "extra.sca_info.dependency_match.found_dependency.version"},
};
constexpr std::array k_finding = {
    FieldRow{Part::id, "rule_name|rule.name"},
    FieldRow{Part::cwe, "rule.cwe_names.*"},
    FieldRow{Part::title, "rule_message|rule.message"},
    FieldRow{Part::severity, "severity"},
    FieldRow{Part::file, "location.file_path"},
    FieldRow{Part::line, "location.line"},
    FieldRow{Part::kind, "found_dependency.ecosystem"},
    FieldRow{Part::package, "found_dependency.package"},
    FieldRow{Part::version, "found_dependency.version"},
    FieldRow{Part::alias, "vulnerability_identifier"},
    FieldRow{Part::fixed, "fix_recommendations.*.version"},
    FieldRow{Part::status, "triage_state"},
    FieldRow{Part::status, "status"},
};

bool is_result(const Node& node) { return has(node, {"check_id", "path", "extra"}); }
bool is_finding(const Node& node) { return has(node, {"match_based_id"}) || has(node, {"rule_name", "location", "triage_state"}); }

bool knows(const Node& root) {
  if (has(root, {"results", "errors"}) && !root["metrics"] && root["results"].is_sequence())
    return root["results"].size() == 0 || any_item(root["results"], is_result);
  return root["findings"].is_sequence() && root["findings"].size() != 0 && any_item(root["findings"], is_finding);
}

FindingCategory category_of(const Node& node) {
  if (node["extra"]["sca_info"]) return FindingCategory::vulnerability;
  const bool is_secret = node["extra"]["validation_state"] && text(node, "extra.validation_state") != "NO_VALIDATOR";
  return is_secret || text(node, "check_id").find("secrets.") != std::string_view::npos ? FindingCategory::secret
                                                                                        : FindingCategory::code;
}

void read_results(const Node& root, Report& report) {
  report.version(text(root, "version"));
  for (const Node& node : report.rows(root, "results")) {
    Row row(node, category_of(node));
    row.fill(node, k_result);
    if (is_true(node, "extra.is_ignored")) row.set(ToolStatus::suppressed);
    if (const Node reached = at(node, "extra.sca_info.reachable")) {
      row.set(reached.as_boolean().value_or(true) ? Reachability::called : Reachability::required);
    }
    report.add(node, std::move(row));
  }
  for (const Node& error : report.rows(root, "errors")) {
    if (text(error, "level") == "error") report.partial(error, text(error, "message|type|long_msg"));
  }
}

void read(const Node& root, Report& report) {
  if (root["results"]) return read_results(root, report);
  for (const Node& node : report.rows(root, "findings")) {
    const bool is_library = static_cast<bool>(node["found_dependency"]);
    Row row(node, is_library ? FindingCategory::vulnerability : FindingCategory::code);
    row.fill(node, k_finding);
    if (text(node, "reachability") == "reachable") row.set(Reachability::called);
    report.subject(text(node, "repository.name"));
    report.add(node, std::move(row));
  }
}
}  // namespace

constinit const Reader k_semgrep{
    "semgrep", "Semgrep",
    "Results of rules, of the search for secrets and of supply chains with what is reached, in JSON, and findings of the platform",
    knows, read};

}  // namespace postern::ingest::scanners
