// SPDX-License-Identifier: Apache-2.0
// Prowler: one row a check and resource. Checks that passed are no findings.
#include <ingest/scanners/readers.h>
#include <postern/base/text.h>

namespace postern::ingest::scanners {
namespace {

/// The names of versions 2 and 3, of CSV, and of OCSF from 4 on.
constexpr std::array k_check = {
    FieldRow{Part::id, "metadata.event_code|CheckID|CHECK_ID|Control ID|TITLE_ID"},
    FieldRow{Part::title, "finding_info.title|finding.title|CheckTitle|CHECK_TITLE|Control|TITLE_TEXT"},
    FieldRow{Part::severity, "severity|Severity|SEVERITY|CHECK_SEVERITY"},
    FieldRow{Part::resource,
             "resources.*.uid|ResourceArn|RESOURCE_UID|RESOURCE_ARN|resources.*.name|ResourceId|RESOURCE_ID|Resource ID|"
             "CHECK_RESOURCE_ID"},
};

bool is_check(const Node& node) {
  return has(node, {"Control ID", "Status", "Control"}) || has(node, {"CheckID", "Status", "Provider"}) ||
         (text(node, "metadata.product.name") == "Prowler" && node["metadata"]["event_code"]) ||
         (text(node, "metadata.product.name") == "Prowler" && node["finding"]);
}

bool knows(const Node& root) {
  if (has_columns(root, {"CHECK_ID", "STATUS", "RESOURCE_UID"}) || has_columns(root, {"CHECK_ID", "STATUS", "RESOURCE_ID"}) ||
      has_columns(root, {"TITLE_ID", "CHECK_RESULT", "TITLE_TEXT"}))
    return true;
  return any_item(root, is_check);
}

void read(const Node& root, Report& report) {
  for (const Node& node : report.rows(root["columns"] ? root["rows"] : root)) {
    report.version(text(node, "metadata.product.version|PROWLER_VERSION"));
    report.subject(text(node, "cloud.account.uid|AccountId|ACCOUNT_UID|Account Number|ACCOUNT_NUM"));
    const std::string_view status = text(node, "status_code|Status|STATUS|CHECK_RESULT");
    const bool is_muted = is_true(node, "MUTED|Muted") || base::equals_ignoring_case(text(node, "status"), "suppressed");
    const bool failed =
        base::equals_ignoring_case(status, "FAIL") || status == "Failure" || base::equals_ignoring_case(status, "WARNING");
    if (!failed && !base::equals_ignoring_case(status, "MUTED")) continue;
    Row row(node, FindingCategory::misconfiguration);
    if (is_muted || !failed) row.set(ToolStatus::suppressed);
    report.add(node, std::move(row.fill(node, k_check)));
  }
}
}  // namespace

constinit const Reader k_prowler{"prowler", "Prowler",
                                 "Failed checks of cloud accounts and clusters, of versions 2 to 5: JSON, JSON Lines, OCSF and CSV",
                                 knows, read};

}  // namespace postern::ingest::scanners
