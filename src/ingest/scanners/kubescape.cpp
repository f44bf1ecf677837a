// SPDX-License-Identifier: Apache-2.0
// Kubescape: controls of each resource; what a resource is stands in another list.
#include <ingest/scanners/readers.h>

#include <map>
#include <string>

namespace postern::ingest::scanners {
namespace {

using Resources = std::map<std::string_view, Node>;

Resources resources_of(const Node& root, Report& report) {
  Resources resources;
  for (const Node& resource : report.rows(root, "resources")) resources.emplace(text(resource, "resourceID"), resource);
  return resources;
}

/// `NAMESPACE/KIND/NAME` of the object, or its id: `[path=N/api=]GROUP/VERSION/NAMESPACE/KIND/NAME`.
std::string address_of(const Node& resource, std::string_view id) {
  const Node object = resource["object"];
  std::string address;
  for (const char* path : {"metadata.namespace|namespace", "kind", "metadata.name|name"}) {
    const std::string_view step = text(object, path);
    if (!step.empty()) address += (address.empty() ? "" : "/") + std::string(step);
  }
  return address.find('/') == std::string::npos ? std::string(id) : address;
}

bool knows(const Node& root) {
  return has(root, {"summaryDetails", "results"}) && (root["resources"] || root["metadata"]["scanMetadata"]);
}

void add_control(const Node& control, const Node& summary, const Node& resource, std::string_view id, Report& report) {
  const std::string_view status = text(control, "status.status|status");
  const bool is_excepted = text(control, "status.subStatus|subStatus") == "w/exceptions";
  if (status != "failed" && !is_excepted) return;
  Row row(control, FindingCategory::misconfiguration);
  row.set(Part::id, text(control, "controlID")).set(Part::title, text(control, "name"));
  row.set(Part::severity, text(summary, "severity|scoreFactor"));
  row.set(Part::resource, address_of(resource, id)).set(Part::file, text(resource, "source.relativePath|source.path"));
  if (is_excepted) row.set(ToolStatus::suppressed);
  report.add(control, std::move(row));
}

void read(const Node& root, Report& report) {
  report.version(text(root, "metadata.scanMetadata.kubescapeVersion"));
  report.subject(text(root,
                      "clusterName|metadata.targetMetadata.clusterContextMetadata.contextName|"
                      "metadata.targetMetadata.fileContextMetadata.filePath"));
  const Resources resources = resources_of(root, report);
  const Node summaries = root["summaryDetails"]["controls"];
  for (const Node& result : report.rows(root, "results")) {
    const std::string_view id = text(result, "resourceID");
    const auto resource = resources.find(id);
    const Node known = resource == resources.end() ? result["rawResource"] : resource->second;
    for (const Node& control : report.rows(result, "controls"))
      add_control(control, summaries[text(control, "controlID")], known, id, report);
  }
}
}  // namespace

constinit const Reader k_kubescape{"kubescape", "Kubescape",
                                   "Controls that resources of a cluster or of manifests fail, in JSON of format v2", knows, read};

}  // namespace postern::ingest::scanners
