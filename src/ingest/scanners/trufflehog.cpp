// SPDX-License-Identifier: Apache-2.0
// TruffleHog: one object a secret. What was found is not looked at.
#include <ingest/scanners/readers.h>

namespace postern::ingest::scanners {
namespace {

/// Version 3 names the kind of source between.
constexpr std::array k_current = {
    FieldRow{Part::id, "DetectorName"},
    FieldRow{Part::title, "DetectorDescription|DetectorName"},
    FieldRow{Part::file, "SourceMetadata.Data.*.file"},
    FieldRow{Part::line, "SourceMetadata.Data.*.line"},
    FieldRow{Part::url, "SourceMetadata.Data.*.link"},
    FieldRow{Part::image, "SourceMetadata.Data.Docker.image"},
};
constexpr std::array k_second = {
    FieldRow{Part::id, "reason"},
    FieldRow{Part::title, "reason"},
    FieldRow{Part::file, "path"},
};
constexpr std::array k_third_party = {
    FieldRow{Part::id, "rule.id"}, FieldRow{Part::title, "rule.message"}, FieldRow{Part::severity, "rule.severity"},
    FieldRow{Part::file, "path"},  FieldRow{Part::line, "line"},
};

bool is_current(const Node& node) { return has(node, {"SourceMetadata", "DetectorName"}); }
bool is_second(const Node& node) { return has(node, {"reason", "stringsFound", "branch"}); }
bool is_third_party(const Node& node) { return has(node, {"rule", "secret", "path", "context"}); }

bool is_leak(const Node& node) { return is_current(node) || is_second(node) || is_third_party(node); }

bool knows(const Node& root) { return any_item(root, is_leak); }

/// A secret that the service accepted is worse than one that only looks like it.
void add_current(const Node& node, Report& report) {
  Row row(node, FindingCategory::secret);
  row.fill(node, k_current).set(Part::severity, is_true(node, "Verified") ? "verified" : "unverified");
  report.subject(text(node, "SourceMetadata.Data.*.repository"));
  report.add(node, std::move(row));
}

void read(const Node& root, Report& report) {
  for (const Node& node : report.rows(root)) {
    if (is_current(node)) {
      add_current(node, report);
    } else if (is_second(node)) {
      report.add(node, FindingCategory::secret, k_second);
    } else if (is_third_party(node)) {
      report.add(node, FindingCategory::secret, k_third_party);
    } else if (!node["level"] && !node["logger"]) {  // lines of its own log come between
      report.lost(node, "a line is neither a secret nor a line of the log");
    }
  }
}
}  // namespace

constinit const Reader k_trufflehog{"trufflehog", "TruffleHog",
                                    "Secrets in files and commits, of versions 2 and 3 and of truffleHog3, in JSON Lines and JSON",
                                    knows, read};

}  // namespace postern::ingest::scanners
