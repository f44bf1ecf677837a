// SPDX-License-Identifier: Apache-2.0
// Aqua: resources of an image with what is wrong with them.
#include <ingest/scanners/readers.h>

#include <string>

namespace postern::ingest::scanners {
namespace {

constexpr std::array k_vulnerability = {
    FieldRow{Part::id, "name"},
    FieldRow{Part::cwe, "cwe_info.*.Id"},
    FieldRow{Part::title, "description|name"},
    FieldRow{Part::severity, "aqua_severity|vendor_severity|nvd_severity_v3|nvd_severity|severity"},
    FieldRow{Part::score, "aqua_score|vendor_score_v3|vendor_score|nvd_score_v3|nvd_score|score"},
    FieldRow{Part::vector, "aqua_vectors"},
    FieldRow{Part::vector, "nvd_vectors_v3"},
    FieldRow{Part::vector, "vendor_vectors_v3"},
    FieldRow{Part::vector, "nvd_vectors|nvd_vectors_v2"},
    FieldRow{Part::fixed, "fix_version"},
    FieldRow{Part::file, "file"},
};
constexpr std::array k_resource = {
    FieldRow{Part::kind, "format|type"},
    FieldRow{Part::package, "name|cpe"},
    FieldRow{Part::version, "version"},
    FieldRow{Part::file, "path"},
};
/// Rows of the API name everything themselves.
constexpr std::array k_answer = {
    FieldRow{Part::kind, "resource.format|resource_type"},
    FieldRow{Part::package, "resource.name|resource_name"},
    FieldRow{Part::version, "resource.version|resource_version"},
    FieldRow{Part::file, "resource.path|path"},
    FieldRow{Part::image, "image_name"},
};

bool is_resource(const Node& node) { return has(node, {"resource"}); }

bool is_image(const Node& node) {
  const Node result = node["results"].is_mapping() ? node["results"] : node;
  const Node resources = result["resources"];
  if (resources.is_sequence() && (resources.size() == 0 || any_item(resources, is_resource)) &&
      (result["image"] || result["pull_name"]))
    return true;
  return has(result, {"vulnerability_summary", "image_assurance_results"}) || has(result, {"cves", "cves_counts"});
}

bool is_answered(const Node& node) {
  return has(node, {"name", "image_name"}) && (node["aqua_severity"] || node["nvd_severity"] || node["vendor_severity"]);
}

/// The API says its paging along with the rows, and what was asked.
bool is_answer(const Node& node) {
  if (!has(node, {"count", "page", "pagesize", "result"})) return false;
  return node["query"]["include_vpatch_info"] || (node["result"].size() != 0 && any_item(node["result"], is_answered));
}

bool knows(const Node& root) { return is_answer(root) || any_item(root, is_image); }

void read_image(const Node& image, Report& report) {
  report.image(text(image, "image|pull_name|image_name"));
  const std::string_view digest = text(image, "digest");
  report.image(digest.starts_with("sha256:") || digest.empty() ? std::string(digest) : "sha256:" + std::string(digest));
  report.subject(text(image, "image|pull_name|image_name"));
  if (!text(image, "errorMsg|error").empty()) report.failed(image["errorMsg"], text(image, "errorMsg|error"));
  for (const Node& item : report.rows(image, "resources")) {
    const Node resource = item["resource"];
    for (const Node& node : report.rows(item, "vulnerabilities")) {
      Row row(node, FindingCategory::vulnerability);
      if (is_true(node, "acknowledged|is_acknowledged")) row.set(ToolStatus::suppressed);
      report.add(node, std::move(row.fill(node, k_vulnerability).fill(resource, k_resource)));
    }
    for (const Node& node : report.rows(item, "sensitive_data_items")) {
      Row row(node, FindingCategory::secret);
      row.set(Part::id, text(node, "type")).set(Part::title, text(node, "type|filename"));
      report.add(node, std::move(row.set(Part::file, text(node, "path|filename")).set(Part::file, text(resource, "path|name"))));
    }
    for (const Node& node : report.rows(item, "malware")) {
      Row row(node, FindingCategory::malware);
      row.set(Part::id, text(node, "name|malware")).set(Part::title, text(node, "name|malware"));
      report.add(node, std::move(row.set(Part::file, text(node, "path")).set(Part::file, text(resource, "path|name"))));
    }
  }
  for (const Node& node : report.rows(image, "cves")) {
    Row row(node, FindingCategory::vulnerability);
    if (is_true(node, "acknowledged")) row.set(ToolStatus::suppressed);
    report.add(node, std::move(row.fill(node, k_vulnerability)));
  }
}

void read(const Node& root, Report& report) {
  if (is_answer(root)) {
    for (const Node& node : report.rows(root, "result")) {
      Row row(node, FindingCategory::vulnerability);
      if (!text(node, "acknowledged_date").empty()) row.set(ToolStatus::suppressed);
      report.add(node, std::move(row.fill(node, k_vulnerability).fill(node, k_answer)));
    }
    if (is_true(root, "is_partial_data")) report.partial(root["is_partial_data"], "a page of the answer");
    return;
  }
  for (const Node& item : report.rows(root)) {
    report.image(text(item, "image_name"));
    read_image(item["results"].is_mapping() ? item["results"] : item, report);
  }
}
}  // namespace

constinit const Reader k_aqua{
    "aqua", "Aqua", "Vulnerabilities, sensitive data and malware of images: results of scans and answers of the API, in JSON",
    knows, read};

}  // namespace postern::ingest::scanners
