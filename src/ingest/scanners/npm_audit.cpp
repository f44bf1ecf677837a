// SPDX-License-Identifier: Apache-2.0
// npm: a map of advisories (version 6, also of pnpm and Yarn 2), or of packages with the advisories on them (from 7 on).
#include <ingest/scanners/readers.h>

namespace postern::ingest::scanners {
namespace {

constexpr std::array k_advisory = {
    FieldRow{Part::id, "github_advisory_id|id"},
    FieldRow{Part::alias, "cves.*"},
    FieldRow{Part::cwe, "cwe.*|cwe"},
    FieldRow{Part::title, "title|overview"},
    FieldRow{Part::severity, "severity"},
    FieldRow{Part::score, "cvss.score"},
    FieldRow{Part::vector, "cvss.vectorString"},
    FieldRow{Part::package, "module_name"},
    FieldRow{Part::version, "findings.*.version"},
    FieldRow{Part::fixed, "patched_versions"},
};
constexpr std::array k_via = {
    FieldRow{Part::alias, "source"},
    FieldRow{Part::cwe, "cwe.*|cwe"},
    FieldRow{Part::title, "title"},
    FieldRow{Part::severity, "severity"},
    FieldRow{Part::score, "cvss.score"},
    FieldRow{Part::vector, "cvss.vectorString"},
    FieldRow{Part::package, "name|dependency"},
};

bool knows(const Node& root) {
  if (!root.is_mapping()) return false;
  if (root["auditReportVersion"] || (root["advisories"].is_mapping() && (root["metadata"] || root["actions"]))) return true;
  // What npm writes where there is no lockfile, and when the registry does not answer.
  const bool is_error = has(root["error"], {"code", "summary", "detail"}) && text(root, "error.code").starts_with('E');
  const bool is_answer = root["message"] && text(root, "uri").find("/-/npm/v1/security/") != std::string_view::npos;
  return is_error || is_answer;
}

/// `https://github.com/advisories/GHSA-...` names the advisory.
std::string_view ghsa_of(std::string_view url) {
  const std::size_t at = url.find("GHSA-");
  return at == std::string_view::npos ? std::string_view() : url.substr(at);
}

void read_packages(const Node& root, Report& report) {
  // A package without an advisory of its own is in the list because of what it needs, which is in the list too.
  for (const document::Entry entry : root["vulnerabilities"].entries()) {
    for (const Node& via : each(entry.value["via"])) {
      if (!via.is_mapping()) continue;
      Row row(via, FindingCategory::vulnerability);
      row.set(Part::kind, "npm").set(Part::id, ghsa_of(text(via, "url"))).set(Part::id, text(via, "source"));
      row.fill(via, k_via).set(Part::file, text(entry.value, "nodes.*"));
      report.add(via, std::move(row));
    }
  }
}

void read(const Node& root, Report& report) {
  if (root["error"] || root["uri"]) return report.failed(root, text(root, "error.summary|message|error.code"));
  if (root["auditReportVersion"]) return read_packages(root, report);
  for (const document::Entry entry : root["advisories"].entries()) {
    const Node& advisory = entry.value;
    Row row(advisory, FindingCategory::vulnerability);
    report.add(advisory, std::move(row.set(Part::kind, "npm").fill(advisory, k_advisory)));
  }
  for (const Node& muted : each(root, "muted")) {
    if (!muted.is_mapping()) continue;
    Row row(muted, FindingCategory::vulnerability);
    report.add(muted, std::move(row.set(Part::kind, "npm").fill(muted, k_advisory).set(ToolStatus::suppressed)));
  }
}
}  // namespace

constinit const Reader k_npm_audit{"npm-audit", "npm, pnpm and Yarn audit",
                                   "Advisories on packages of Node.js: npm 6 and 7 and later, pnpm, and Yarn 2 and 3, in JSON",
                                   knows, read};

}  // namespace postern::ingest::scanners
