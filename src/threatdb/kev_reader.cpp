// SPDX-License-Identifier: Apache-2.0
// One row for each exploited vulnerability; the catalogue says how many there are, so a cut one is noticed.
#include "threatdb/kev_reader.h"

#include <postern/base/text.h>

#include "threatdb/codes.h"

namespace postern::threatdb {

using document::Node;

bool is_kev(const Node& root) { return root.is_mapping() && root["vulnerabilities"].is_sequence() && root["catalogVersion"]; }

KevCatalogue read_kev(const Node& root, base::DiagnosticSink& sink) {
  KevCatalogue catalogue;
  catalogue.version = root["catalogVersion"].text();
  const auto released = parse_moment(root["dateReleased"].text());
  if (!released) sink.error(k_bad_kev, root.location(), "'dateReleased' is no date, so nobody knows how old the catalogue is");
  catalogue.released = released.value_or(k_never);
  const Node list = root["vulnerabilities"];
  for (const Node item : list.items()) {
    ExploitedRow row;
    row.id = item["cveID"].as_string().value_or("");
    row.added = item["dateAdded"].as_string().value_or("");
    if (cve_key(row.id) == 0 || !parse_moment(row.added)) {
      ++catalogue.refused;
      sink.error(k_bad_kev, item.location(), "a row without a CVE or without the day on which it was added");
      continue;
    }
    row.vendor = item["vendorProject"].text();
    row.product = item["product"].text();
    row.name = item["vulnerabilityName"].text();
    row.action = item["requiredAction"].text();
    row.due = item["dueDate"].text();
    row.is_ransomware = base::equals_ignoring_case(item["knownRansomwareCampaignUse"].text(), "known");
    encode(row, catalogue.rows.emplace_back());
  }
  const auto count = root["count"].as_integer();
  if (count && static_cast<std::size_t>(*count) != list.size())
    sink.error(k_bad_kev, root["count"].location(),
               "the catalogue announces " + std::to_string(*count) + " rows and has " + std::to_string(list.size()));
  return catalogue;
}

}  // namespace postern::threatdb
