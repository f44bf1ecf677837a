// SPDX-License-Identifier: Apache-2.0
// Gitleaks: one row a secret. Neither the match nor the secret is looked at.
#include <ingest/scanners/readers.h>

namespace postern::ingest::scanners {
namespace {

constexpr std::array k_leak = {
    FieldRow{Part::id, "RuleID|rule"},
    FieldRow{Part::title, "Description|rule|RuleID"},
    FieldRow{Part::file, "File|file"},
    FieldRow{Part::line, "StartLine|lineNumber"},
};

bool is_leak(const Node& node) { return has(node, {"RuleID", "StartLine", "Secret"}) || has(node, {"rule", "offender", "commit"}); }

bool knows(const Node& root) { return has_columns(root, {"RuleID", "Secret", "Fingerprint"}) || any_item(root, is_leak); }

void read(const Node& root, Report& report) {
  for (const Node& node : report.rows(root["columns"] ? root["rows"] : root)) report.add(node, FindingCategory::secret, k_leak);
}
}  // namespace

constinit const Reader k_gitleaks{"gitleaks", "Gitleaks", "Secrets in files and commits, of versions 7 and 8, in JSON and CSV",
                                  knows, read};

}  // namespace postern::ingest::scanners
