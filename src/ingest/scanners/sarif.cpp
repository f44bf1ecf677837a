// SPDX-License-Identifier: Apache-2.0
// SARIF: runs, each with the rules of a tool and results that refer to them.
#include <ingest/scanners/readers.h>
#include <postern/base/text.h>

#include <map>
#include <string>
#include <utility>

namespace postern::ingest::scanners {
namespace {

constexpr std::array k_result = {
    FieldRow{Part::id, "ruleId|rule.id"},
    FieldRow{Part::score, "properties.security-severity|properties.cvssScore"},
    FieldRow{Part::cwe, "properties.cwe.*|properties.cwe|properties.tags.*|taxa.*.id"},
    FieldRow{Part::purl, "properties.purl"},
    FieldRow{Part::package, "properties.packageName|properties.pkgName"},
    FieldRow{Part::version, "properties.packageVersion|properties.installedVersion"},
    FieldRow{Part::fixed, "properties.fixedVersion"},
    FieldRow{Part::severity, "level"},
    FieldRow{Part::line, "locations.*.physicalLocation.region.startLine"},
    FieldRow{Part::resource, "locations.0.logicalLocations.0.fullyQualifiedName"},
    FieldRow{Part::url, "webRequest.target"},
};
constexpr std::array k_rule = {
    FieldRow{Part::id, "id"},
    FieldRow{Part::title, "shortDescription.text|name|fullDescription.text"},
    FieldRow{Part::severity, "defaultConfiguration.level"},
    FieldRow{Part::score, "properties.security-severity"},
    FieldRow{Part::cwe, "properties.cwe.*|properties.cwe"},
    FieldRow{Part::cwe, "properties.tags.*"},
    FieldRow{Part::cwe, "relationships.*.target.id"},
    FieldRow{Part::purl, "properties.purls.*"},
    FieldRow{Part::alias, "properties.cve"},
};

/// What tools look for, by the beginning of their names in lower case; for others the tags of rules say it.
constexpr std::array<std::pair<std::string_view, FindingCategory>, 24> k_tools = {{
    {"checkov", FindingCategory::misconfiguration},
    {"codeql", FindingCategory::code},
    {"detect-secrets", FindingCategory::secret},
    {"dockle", FindingCategory::misconfiguration},
    {"docker scout", FindingCategory::vulnerability},
    {"gitleaks", FindingCategory::secret},
    {"govulncheck", FindingCategory::vulnerability},
    {"grype", FindingCategory::vulnerability},
    {"hadolint", FindingCategory::misconfiguration},
    {"keeping infrastructure as code secure", FindingCategory::misconfiguration},
    {"kics", FindingCategory::misconfiguration},
    {"kube-linter", FindingCategory::misconfiguration},
    {"kubelinter", FindingCategory::misconfiguration},
    {"kubescape", FindingCategory::misconfiguration},
    {"nuclei", FindingCategory::dynamic},
    {"osv-scanner", FindingCategory::vulnerability},
    {"owasp zap", FindingCategory::dynamic},
    {"snyk container", FindingCategory::vulnerability},
    {"snyk iac", FindingCategory::misconfiguration},
    {"snyk open source", FindingCategory::vulnerability},
    {"terrascan", FindingCategory::misconfiguration},
    {"tfsec", FindingCategory::misconfiguration},
    {"trufflehog", FindingCategory::secret},
    {"zap", FindingCategory::dynamic},
}};
constexpr std::array<std::pair<std::string_view, FindingCategory>, 8> k_tags = {{
    {"iac", FindingCategory::misconfiguration},
    {"license", FindingCategory::licence},
    {"malware", FindingCategory::malware},
    {"misconfiguration", FindingCategory::misconfiguration},
    {"sca", FindingCategory::vulnerability},
    {"secret", FindingCategory::secret},
    {"secrets", FindingCategory::secret},
    {"vulnerability", FindingCategory::vulnerability},
}};

bool is_run(const Node& node) { return node["tool"]["driver"].is_mapping(); }

bool knows(const Node& root) {
  const Node runs = root["runs"];
  if (!runs.is_sequence()) return false;
  const bool says_so = text(root, "$schema").find("sarif") != std::string_view::npos;
  return says_so || (runs.size() != 0 && any_item(runs, is_run)) || (text(root, "version") == "2.1.0" && root.size() <= 3);
}

/// The rules of a run, by place and by id, of the tool itself and of its extensions.
class Rules {
 public:
  explicit Rules(const Node& run) {
    add(run["tool"]["driver"]);
    for (const Node& extension : each(run["tool"], "extensions")) add(extension);
  }

  [[nodiscard]] Node of(const Node& result) const {
    const Node reference = result["rule"];
    const Node component = at(reference, "toolComponent.index");
    const std::size_t owner = component ? number(component, "") + std::size_t{1} : 0;
    const Node place = reference["index"] ? reference["index"] : result["ruleIndex"];
    const auto index = place.as_integer();
    const std::string_view id = text(result, "ruleId|rule.id");
    if (index && *index >= 0 && owner < m_lists.size() && static_cast<std::size_t>(*index) < m_lists[owner].size()) {
      const Node rule = m_lists[owner][static_cast<std::size_t>(*index)];
      if (id.empty() || id.starts_with(text(rule, "id"))) return rule;
    }
    // `RULE/PART` is a part of a rule.
    for (std::string_view name = id;; name = name.substr(0, name.rfind('/'))) {
      const auto found = m_by_id.find(name);
      if (found != m_by_id.end()) return found->second;
      if (name.find('/') == std::string_view::npos) return {};
    }
  }

 private:
  void add(const Node& component) {
    m_lists.push_back(each(component["rules"]));
    for (const Node& rule : m_lists.back()) m_by_id.emplace(text(rule, "id"), rule);
  }
  std::vector<std::vector<Node>> m_lists;
  std::map<std::string_view, Node> m_by_id;
};

FindingCategory category_of(std::string_view tool, const Node& rule, std::string_view id) {
  const std::string name = base::to_lower(tool);
  for (const auto& [prefix, category] : k_tools) {
    if (name.starts_with(prefix)) return category;
  }
  for (const std::string_view tag : texts(rule, "properties.tags.*")) {
    for (const auto& [word, category] : k_tags) {
      if (base::equals_ignoring_case(tag, word)) return category;
    }
  }
  return id.starts_with("CVE-") || id.starts_with("GHSA-") ? FindingCategory::vulnerability : FindingCategory::code;
}

/// Trivy writes the package into the message, one thing a line.
void add_message(std::string_view message, Row& row) {
  constexpr std::array<std::pair<std::string_view, Part>, 4> k_lines = {{{"Package: ", Part::package},
                                                                         {"Installed Version: ", Part::version},
                                                                         {"Fixed Version: ", Part::fixed},
                                                                         {"Severity: ", Part::severity}}};
  if (!message.starts_with("Package: ")) return;
  for (const std::string_view line : base::split(message, '\n')) {
    for (const auto& [lead, part] : k_lines) {
      if (line.starts_with(lead)) row.set(part, line.substr(lead.size()));
    }
  }
}

std::string_view path_of(const Node& result, const std::vector<Node>& artifacts) {
  for (const Node& location : each(result, "locations")) {
    const Node artifact = location["physicalLocation"]["artifactLocation"];
    if (const std::string_view uri = text(artifact, "uri"); !uri.empty()) return uri;
    const auto index = artifact["index"].as_integer();
    if (index && *index >= 0 && static_cast<std::size_t>(*index) < artifacts.size())
      return text(artifacts[static_cast<std::size_t>(*index)], "location.uri");
  }
  return {};
}

/// An accepted suppression counts, one under review does not.
ToolStatus status_of_result(const Node& result) {
  for (const Node& suppression : each(result, "suppressions")) {
    const std::string_view status = text(suppression, "status|state");
    if (status.empty() || status == "accepted") return ToolStatus::suppressed;
  }
  return text(result, "baselineState") == "absent" ? ToolStatus::fixed : ToolStatus::open;
}

bool is_finding(const Node& result) {
  const std::string_view kind = text(result, "kind");
  return kind != "pass" && kind != "notApplicable" && kind != "informational";
}

void read_run(const Node& run, Report& report) {
  const Node driver = run["tool"]["driver"];
  const std::string_view tool = text(driver, "name");
  report.product(tool);
  report.version(text(driver, "semanticVersion|version"));
  report.subject(text(run, "versionControlProvenance.0.repositoryUri|automationDetails.id"));
  for (const Node& invocation : each(run, "invocations")) {
    const Node success = invocation["executionSuccessful"];
    if (success && !success.as_boolean().value_or(true))
      report.failed(success, text(invocation,
                                  "exitCodeDescription|processStartFailureMessage|toolExecutionNotifications.*.message.text"
                                  "|exitCode|executionSuccessful"));
    for (const Node& notification : each(invocation, "toolExecutionNotifications")) {
      if (text(notification, "level") == "error") report.partial(notification, text(notification, "message.text|message.id"));
    }
  }
  // SARIF 3.14.23: a tool that looked and found nothing writes an empty list.
  if (!run["results"].is_sequence()) return report.failed(run, "the run has no list of results");
  const Rules rules(run);
  const std::vector<Node> artifacts = each(run["artifacts"]);
  for (const Node& result : report.rows(run["results"])) {
    if (!is_finding(result)) continue;
    const Node rule = rules.of(result);
    Row row(result, category_of(tool, rule, text(result, "ruleId|rule.id")));
    row.fill(result, k_result);
    add_message(result["message"]["text"].text(), row);
    row.fill(rule, k_rule).set(Part::title, text(result, "message.text|message.markdown")).set(Part::severity, "warning");
    report.add(result, std::move(row.set(Part::file, path_of(result, artifacts)).set(status_of_result(result))));
  }
}

void read(const Node& root, Report& report) {
  if (root["runs"].size() == 0) return report.failed(root["runs"], "the log holds no run");
  for (const Node& run : report.rows(root, "runs")) {
    report.begin_run(run);
    read_run(run, report);
  }
}
}  // namespace

constinit const Reader k_sarif{"sarif", "SARIF",
                               "Results of any tool in SARIF 2.1.0 (CodeQL, Semgrep, Snyk Code and many others), with suppressions "
                               "and what the run says of its success",
                               knows, read};

}  // namespace postern::ingest::scanners
