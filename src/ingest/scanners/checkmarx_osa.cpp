// SPDX-License-Identifier: Apache-2.0
// Checkmarx OSA: a list of vulnerabilities beside a list of the libraries that they name.
#include <ingest/scanners/readers.h>

#include <map>

namespace postern::ingest::scanners {
namespace {

constexpr std::array k_vulnerability = {
    FieldRow{Part::id, "cveName|id"}, FieldRow{Part::title, "description|cveName"}, FieldRow{Part::severity, "severity.name"},
    FieldRow{Part::score, "score"},   FieldRow{Part::file, "sourceFileName"},       FieldRow{Part::status, "state.name"},
};

bool is_vulnerability(const Node& node) { return has(node, {"cveName", "libraryId"}); }
bool is_library(const Node& node) { return has(node, {"id", "name", "version"}) && !node["cveName"]; }

bool is_list(const Node& node) { return node.is_sequence() && any_item(node, is_vulnerability); }

bool knows(const Node& root) { return root.is_sequence() && any_item(root, is_list); }

void read(const Node& root, Report& report) {
  std::map<std::string_view, Node> libraries;
  for (const Node& list : root.items()) {
    for (const Node& library : each(list)) {
      if (is_library(library)) libraries.emplace(text(library, "id"), library);
    }
  }
  for (const Node& list : root.items()) {
    for (const Node& node : report.rows(list)) {
      if (is_library(node)) continue;
      Row row(node, FindingCategory::vulnerability);
      const auto library = libraries.find(text(node, "libraryId"));
      if (library != libraries.end())
        row.set(Part::package, text(library->second, "name")).set(Part::version, text(library->second, "version"));
      report.add(node, std::move(row.fill(node, k_vulnerability)));
    }
  }
}
}  // namespace

constinit const Reader k_checkmarx_osa{
    "checkmarx-osa", "Checkmarx OSA",
    "Vulnerabilities of open source libraries: the lists of vulnerabilities and libraries in JSON", knows, read};

}  // namespace postern::ingest::scanners
