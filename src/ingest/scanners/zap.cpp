// SPDX-License-Identifier: Apache-2.0
// ZAP: one alert a site and rule, with instances. JSON has the names of XML.
#include <ingest/scanners/readers.h>

namespace postern::ingest::scanners {
namespace {

constexpr std::array k_alert = {
    FieldRow{Part::id, "alertRef|pluginid"},
    FieldRow{Part::alias, "pluginid"},
    FieldRow{Part::cwe, "cweid"},
    FieldRow{Part::title, "name|alert"},
    FieldRow{Part::severity, "riskdesc|riskcode"},
};

/// The alert is the finding: its instances are addresses where it was seen.
void add_alert(const Node& alert, const Node& site, Report& report) {
  Row row(alert, FindingCategory::dynamic);
  row.fill(alert, k_alert);
  const Node instances = alert["instances"]["instance"] ? alert["instances"]["instance"] : alert["instances"];
  for (const Node& instance : each(instances)) row.set(Part::url, text(instance, "uri|nodeName"));
  row.set(Part::url, text(alert, "uri")).set(Part::url, text(site, "@name"));
  if (text(alert, "confidence") == "0") row.set(ToolStatus::false_positive);
  report.add(alert, std::move(row));
}

Node top_of(const Node& root) { return root["OWASPZAPReport"] ? root["OWASPZAPReport"] : root; }

bool knows(const Node& root) {
  if (root.is_mapping() && root["OWASPZAPReport"]) return true;
  const bool says_name = text(root, "@programName").find("ZAP") != std::string_view::npos;
  // The DAST report of GitLab is a report of ZAP with a list of its own, and that one counts.
  return root["site"] && !root["vulnerabilities"] && (says_name || root["@generated"]);
}

void read(const Node& root, Report& report) {
  const Node top = top_of(root);
  report.version(text(top, "@version"));
  for (const Node& site : report.rows(top, "site")) {
    report.subject(text(site, "@name"));
    const Node alerts = site["alerts"]["alertitem"] ? site["alerts"]["alertitem"] : site["alerts"];
    if (alerts.is_scalar()) continue;  // an empty element
    for (const Node& alert : report.rows(alerts)) add_alert(alert, site, report);
  }
}
}  // namespace

constinit const Reader k_zap{"zap", "ZAP", "Alerts of sites with the places where they were seen, in XML and JSON", knows, read};

}  // namespace postern::ingest::scanners
