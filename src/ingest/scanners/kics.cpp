// SPDX-License-Identifier: Apache-2.0
// KICS: queries, each with the places where it matched.
#include <ingest/scanners/readers.h>

#include <string>

namespace postern::ingest::scanners {
namespace {

constexpr std::array k_query = {
    FieldRow{Part::id, "query_id"}, FieldRow{Part::title, "query_name"}, FieldRow{Part::severity, "severity"},
    FieldRow{Part::cwe, "cwe"},     FieldRow{Part::score, "risk_score"},
};
constexpr std::array k_file = {
    FieldRow{Part::file, "file_name"},
    FieldRow{Part::line, "line"},
};

bool knows(const Node& root) { return has(root, {"queries"}) && (root["kics_version"] || root["queries_total"]); }

void read(const Node& root, Report& report) {
  report.version(text(root, "kics_version"));
  for (const Node& query : report.rows(root, "queries")) {
    const bool is_secret = text(query, "query_name").starts_with("Passwords And Secrets");
    for (const Node& file : report.rows(query, "files")) {
      Row row(file, is_secret ? FindingCategory::secret : FindingCategory::misconfiguration);
      row.fill(query, k_query).fill(file, k_file);
      const std::string_view type = text(file, "resource_type");
      const std::string_view name = text(file, "resource_name");
      // What was searched for may show a secret.
      if (!type.empty() && !is_secret) row.set(Part::resource, std::string(type) + '.' + std::string(name));
      report.add(file, std::move(row));
    }
  }
  if (number(root, "files_failed_to_scan") != 0) report.partial(root["files_failed_to_scan"], "files that could not be scanned");
  if (number(root, "queries_failed_to_execute") != 0) report.partial(root["queries_failed_to_execute"], "queries that failed");
}
}  // namespace

constinit const Reader k_kics{"kics", "KICS", "Results of queries on configurations, in JSON", knows, read};

}  // namespace postern::ingest::scanners
