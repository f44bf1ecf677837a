// SPDX-License-Identifier: Apache-2.0
// Checkmarx CxSAST: queries, each with results and the paths that lead to them.
#include <ingest/scanners/readers.h>

namespace postern::ingest::scanners {
namespace {

constexpr std::array k_query = {
    FieldRow{Part::id, "@name"},
    FieldRow{Part::cwe, "@cweId"},
    FieldRow{Part::title, "@name"},
};
constexpr std::array k_result = {
    FieldRow{Part::severity, "@Severity"},
    FieldRow{Part::file, "@FileName"},
    FieldRow{Part::line, "@Line"},
};

bool knows(const Node& root) { return root.is_mapping() && root.size() == 1 && root["CxXMLResults"]; }

/// `state` counts: 0 to verify, 1 not exploitable, 2 confirmed, 3 urgent, 4 proposed not exploitable.
void read(const Node& root, Report& report) {
  const Node top = root["CxXMLResults"];
  report.version(text(top, "@CheckmarxVersion"));
  report.subject(text(top, "@ProjectName"));
  for (const Node& query : report.rows(top, "Query")) {
    for (const Node& result : report.rows(query, "Result")) {
      Row row(result, FindingCategory::code);
      row.fill(query, k_query).fill(result, k_result).set(Part::severity, text(query, "@Severity"));
      if (is_true(result, "@FalsePositive") || text(result, "@state") == "1") row.set(ToolStatus::false_positive);
      if (text(result, "@Status") == "Fixed") row.set(ToolStatus::fixed);
      report.add(result, std::move(row));
    }
  }
}
}  // namespace

constinit const Reader k_checkmarx{"checkmarx", "Checkmarx CxSAST", "Results of queries in XML", knows, read};

}  // namespace postern::ingest::scanners
