// SPDX-License-Identifier: Apache-2.0
// SonarQube: issues and hotspots.
#include <ingest/scanners/readers.h>

#include <string>

namespace postern::ingest::scanners {
namespace {

constexpr std::array k_issue = {
    FieldRow{Part::id, "rule|ruleKey"},
    FieldRow{Part::cwe, "tags.*"},
    FieldRow{Part::title, "message|description"},
    FieldRow{Part::severity, "severity|impacts.*.severity|vulnerabilityProbability"},
    FieldRow{Part::line, "line|textRange.startLine"},
    FieldRow{Part::status, "resolution"},
    FieldRow{Part::status, "issueStatus"},
};

/// `PROJECT:PATH`; a component without a path is the whole project.
std::string_view path_of(const Node& issue) {
  const std::string_view component = text(issue, "component");
  const std::string_view project = text(issue, "project");
  if (!project.empty() && component.starts_with(project) && component.size() > project.size())
    return component.substr(project.size() + 1);
  if (project.empty()) return component.substr(component.find(':') + 1);
  return component == project ? std::string_view() : component.substr(component.rfind(':') + 1);
}

bool is_issue(const Node& node) { return has(node, {"rule", "component", "key"}); }
bool is_hotspot(const Node& node) { return has(node, {"securityCategory", "component"}); }

bool knows(const Node& root) {
  if (!root.is_mapping()) return false;
  if (root["sonarBaseURL"] || has(root, {"hotspotKeys"})) return true;
  const bool has_pages = root["paging"] || root["total"];
  if (root["hotspots"].is_sequence()) return has_pages && (root["hotspots"].size() == 0 || any_item(root["hotspots"], is_hotspot));
  return has_pages && root["issues"].is_sequence() && (root["issues"].size() == 0 || any_item(root["issues"], is_issue));
}

void add(const Node& node, Report& report) {
  Row row(node, FindingCategory::code);
  row.fill(node, k_issue).set(Part::file, path_of(node));
  // Words of the old workflow: a review that found nothing, an issue that was closed.
  const std::string_view status = text(node, "status");
  if (status == "CLOSED" || status == "RESOLVED" || status == "FIXED") row.set(Part::status, status);
  if (status == "ACCEPTED" || status == "FALSE_POSITIVE") row.set(Part::status, status);
  if (status == "REVIEWED" && text(node, "resolution") == "SAFE") row.set(ToolStatus::false_positive);
  report.add(node, std::move(row));
}

void read(const Node& root, Report& report) {
  report.subject(text(root, "projectName|components.0.project|issues.0.project|hotspots.0.project"));
  for (const Node& node : report.rows(root, "issues")) add(node, report);
  for (const Node& node : report.rows(root, "hotspots")) add(node, report);
  const std::uint32_t total = number(root, "paging.total|total");
  if (total > report.size()) {
    report.partial(root["paging"], "a page of " + std::to_string(report.size()) + " findings out of " + std::to_string(total));
  }
}
}  // namespace

constinit const Reader k_sonarqube{
    "sonarqube", "SonarQube",
    "Issues and security hotspots as the API of SonarQube and SonarCloud answers, and reports of sonar-report", knows, read};

}  // namespace postern::ingest::scanners
