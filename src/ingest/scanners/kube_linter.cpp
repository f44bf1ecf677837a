// SPDX-License-Identifier: Apache-2.0
// kube-linter: one report a check and object.
#include <ingest/scanners/readers.h>

#include <string>

namespace postern::ingest::scanners {
namespace {

constexpr std::array k_report = {
    FieldRow{Part::id, "Check"},
    FieldRow{Part::title, "Diagnostic.Message"},
    FieldRow{Part::file, "Object.Metadata.FilePath"},
};

bool knows(const Node& root) { return has(root, {"Checks", "Reports"}) || has(root["Summary"], {"KubeLinterVersion"}); }

void read(const Node& root, Report& report) {
  report.version(text(root, "Summary.KubeLinterVersion"));
  for (const Node& node : report.rows(root, "Reports")) {
    Row row(node, FindingCategory::misconfiguration);
    std::string resource;
    for (const char* path : {"Namespace", "GroupVersionKind.Kind", "Name"}) {
      const std::string_view step = text(node["Object"]["K8sObject"], path);
      if (!step.empty()) resource += (resource.empty() ? "" : "/") + std::string(step);
    }
    report.add(node, std::move(row.fill(node, k_report).set(Part::resource, resource)));
  }
}
}  // namespace

constinit const Reader k_kube_linter{"kube-linter", "kube-linter", "Reports of checks on Kubernetes objects, in JSON", knows, read};

}  // namespace postern::ingest::scanners
