// SPDX-License-Identifier: Apache-2.0
// Checkmarx One: a flat list of results, or a report with a part an engine.
#include <ingest/scanners/readers.h>

#include <utility>

namespace postern::ingest::scanners {
namespace {

constexpr std::array k_result = {
    FieldRow{Part::id, "vulnerabilityDetails.cveName|data.queryName|data.ruleName|id"},
    FieldRow{Part::cwe, "vulnerabilityDetails.cweId"},
    FieldRow{Part::title, "data.queryName|data.ruleName|description|id"},
    FieldRow{Part::severity, "severity"},
    FieldRow{Part::score, "vulnerabilityDetails.cvssScore"},
    FieldRow{Part::version, "data.packageVersion"},
    FieldRow{Part::fixed, "data.recommendedVersion"},
    FieldRow{Part::file, "data.nodes.0.fileName|data.fileName|data.filename"},
    FieldRow{Part::line, "data.nodes.0.line|data.line"},
    FieldRow{Part::image, "data.imageName"},
    FieldRow{Part::status, "state"},
};
/// Of a report by language and query.
constexpr std::array k_flaw = {
    FieldRow{Part::cwe, "cweId"},
    FieldRow{Part::severity, "severity"},
    FieldRow{Part::file, "sourceFileName|nodes.0.fileName|fileName"},
    FieldRow{Part::line, "sourceLine|nodes.0.line|line"},
    FieldRow{Part::status, "state"},
};
constexpr std::array k_package = {
    FieldRow{Part::id, "cveName|cve|id"},
    FieldRow{Part::cwe, "cwe|cweId"},
    FieldRow{Part::title, "vulnerabilityName|description|cveName|cve|id"},
    FieldRow{Part::severity, "severity"},
    FieldRow{Part::score, "score|cvssScore"},
    FieldRow{Part::package, "packageName"},
    FieldRow{Part::version, "packageVersion"},
    FieldRow{Part::fixed, "recommendedVersion|fixResolutionText"},
    FieldRow{Part::status, "state"},
};

/// Words of types and labels of results.
constexpr std::array<std::pair<std::string_view, FindingCategory>, 6> k_types = {{
    {"containers", FindingCategory::vulnerability},
    {"kics", FindingCategory::misconfiguration},
    {"sast", FindingCategory::code},
    {"sca", FindingCategory::vulnerability},
    {"sscs-secret-detection", FindingCategory::secret},
    {"sscs-scorecard", FindingCategory::misconfiguration},
}};

bool is_result(const Node& node) { return has(node, {"type", "similarityId", "data"}); }

bool knows(const Node& root) {
  if (root["results"].is_sequence() && root["results"].size() != 0) return any_item(root["results"], is_result);
  if (has(root, {"results", "totalCount", "scanID"})) return true;
  return root["scanResults"].is_mapping() && (root["reportHeader"] || root["reportId"] || root["scanSummary"]);
}

void add_result(const Node& node, Report& report) {
  Row row(node, FindingCategory::code);
  for (const auto& [type, category] : k_types) {
    if (text(node, "type") == type) row.set(category);
  }
  // `Npm-lodash-4.17.20` is the whole name of a package.
  const std::string_view identifier = text(node, "data.packageIdentifier");
  const std::size_t kind = identifier.find('-');
  const std::size_t version = identifier.rfind('-');
  if (kind != std::string_view::npos && version > kind) {
    row.set(Part::kind, identifier.substr(0, kind)).set(Part::package, identifier.substr(kind + 1, version - kind - 1));
    row.set(Part::version, identifier.substr(version + 1));
  }
  row.set(Part::package, text(node, "data.packageName"));
  report.add(node, std::move(row.fill(node, k_result)));
}

void add_queries(const Node& queries, FindingCategory category, Report& report) {
  for (const Node& query : report.rows(queries)) {
    for (const Node& node : report.rows(query, "vulnerabilities|resultsList|results")) {
      Row row(node, category);
      row.set(Part::id, text(query, "queryName")).set(Part::title, text(query, "queryName")).set(Part::cwe, text(query, "cweId"));
      report.add(node, std::move(row.fill(node, k_flaw).set(Part::severity, text(query, "severity"))));
    }
  }
}

void read(const Node& root, Report& report) {
  for (const Node& node : report.rows(root, "results")) add_result(node, report);
  report.subject(text(root, "reportHeader.projectName"));
  const Node results = root["scanResults"];
  for (const Node& language : report.rows(results, "sast.languages"))
    add_queries(language["queries"], FindingCategory::code, report);
  add_queries(results["resultsList"], FindingCategory::code, report);
  add_queries(results["kics"]["results"] ? results["kics"]["results"] : results["kics"]["queries"],
              FindingCategory::misconfiguration, report);
  add_queries(root["iacScanResults"]["technology"] ? Node() : root["iacScanResults"]["resultsList"],
              FindingCategory::misconfiguration, report);
  for (const Node& technology : report.rows(root, "iacScanResults.technology"))
    add_queries(technology["queries"], FindingCategory::misconfiguration, report);
  for (const Node& list : {results["sca"], root["scaScanResults"], root["containerScanResults"]}) {
    for (const Node& package : report.rows(list, "packages")) {
      for (const Node& node : report.rows(package, "packageCategory.*.categoryResults|vulnerabilities|results")) {
        Row row(node, FindingCategory::vulnerability);
        report.add(node, std::move(row.fill(node, k_package)
                                       .set(Part::package, text(package, "packageName|name"))
                                       .set(Part::version, text(package, "packageVersion|version"))));
      }
    }
  }
}
}  // namespace

constinit const Reader k_checkmarx_one{
    "checkmarx-one", "Checkmarx One",
    "Results of all engines (SAST, SCA, IaC, containers, secrets): answers of the API, exports and reports in JSON", knows, read};

}  // namespace postern::ingest::scanners
