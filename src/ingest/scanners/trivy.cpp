// SPDX-License-Identifier: Apache-2.0
// Trivy: one list of results a target, or one a resource of a cluster.
#include <ingest/scanners/readers.h>

#include <span>
#include <string>

namespace postern::ingest::scanners {
namespace {

using Table = std::span<const FieldRow>;

constexpr std::array k_vulnerability = {
    FieldRow{Part::id, "VulnerabilityID"},
    FieldRow{Part::alias, "VendorIDs.*"},
    FieldRow{Part::cwe, "CweIDs.*"},
    FieldRow{Part::title, "Title|Description"},
    FieldRow{Part::severity, "Severity"},
    FieldRow{Part::score, "CVSS.nvd.V3Score|CVSS.*.V40Score|CVSS.*.V3Score|CVSS.*.V2Score"},
    FieldRow{Part::vector, "CVSS.*.V40Vector"},
    FieldRow{Part::vector, "CVSS.*.V3Vector"},
    FieldRow{Part::vector, "CVSS.*.V2Vector"},
    FieldRow{Part::purl, "PkgIdentifier.PURL"},
    FieldRow{Part::package, "PkgName"},
    FieldRow{Part::version, "InstalledVersion"},
    FieldRow{Part::fixed, "FixedVersion"},
    FieldRow{Part::file, "PkgPath"},
};
constexpr std::array k_misconfiguration = {
    FieldRow{Part::id, "ID|AVDID"},
    FieldRow{Part::alias, "AVDID"},
    FieldRow{Part::title, "Title|Message|Description"},
    FieldRow{Part::severity, "Severity"},
    FieldRow{Part::line, "CauseMetadata.StartLine"},
    FieldRow{Part::resource, "CauseMetadata.Resource"},
};
/// The line that matched is left alone: it may show a part of the secret.
constexpr std::array k_secret = {
    FieldRow{Part::id, "RuleID"},
    FieldRow{Part::title, "Title|Category"},
    FieldRow{Part::severity, "Severity"},
    FieldRow{Part::line, "StartLine"},
};
constexpr std::array k_licence = {
    FieldRow{Part::id, "Name"},         FieldRow{Part::title, "Category"}, FieldRow{Part::severity, "Severity"},
    FieldRow{Part::package, "PkgName"}, FieldRow{Part::file, "FilePath"},
};

/// The lists of a result, and what stands in them.
struct ListRow {
  std::string_view key;
  std::string_view type;  ///< as ExperimentalModifiedFindings names it
  FindingCategory category;
  Table table;
};
constexpr std::array k_lists = {
    ListRow{"Vulnerabilities", "vulnerability", FindingCategory::vulnerability, k_vulnerability},
    ListRow{"Misconfigurations", "misconfiguration", FindingCategory::misconfiguration, k_misconfiguration},
    ListRow{"Secrets", "secret", FindingCategory::secret, k_secret},
    ListRow{"Licenses", "license", FindingCategory::licence, k_licence},
};

/// Where in a cluster a result belongs, empty outside of one; and the family of the system.
struct Place {
  std::string resource;
  std::string image;
  std::string_view system;
};

bool is_result(const Node& node) {
  return node["Target"].is_scalar() && (node["Type"] || node["Class"] || node["Vulnerabilities"]);
}

Row row_of(const Node& node, const ListRow& list, const Node& result, const Place& place) {
  Row row(node, list.category);
  row.set(Part::resource, place.resource).set(Part::image, place.image);
  row.fill(node, list.table);
  const bool is_package = list.category == FindingCategory::vulnerability || list.category == FindingCategory::licence;
  if (is_package) row.set(Part::kind, text(result, "Type"));
  // Licences stand by ecosystem, of which the target is the name.
  if (list.category == FindingCategory::licence)
    row.set(Part::kind, text(result, "Target") == "OS Packages" ? place.system : text(result, "Target"));
  // A list of packages of a system has an image as its target, and objects of a cluster have their name there.
  const bool is_file = text(result, "Class") != "os-pkgs" && text(result, "Class") != "license" && place.resource.empty();
  const bool is_system = text(result, "Target").ends_with(')');
  if (is_file && !is_system) row.set(Part::file, text(result, "Target"));
  if (list.category == FindingCategory::misconfiguration && text(node, "Status") == "EXCEPTION") row.set(ToolStatus::suppressed);
  return row;
}

void read_result(const Node& result, const Place& place, Report& report) {
  for (const ListRow& list : k_lists) {
    for (const Node& node : report.rows(result, list.key)) {
      // Checks that passed are listed on request.
      if (list.category == FindingCategory::misconfiguration && text(node, "Status") == "PASS") continue;
      report.add(node, row_of(node, list, result, place));
    }
  }
  for (const Node& node : report.rows(result, "ExperimentalModifiedFindings")) {
    for (const ListRow& list : k_lists) {
      if (text(node, "Type") != list.type) continue;
      Row row = row_of(node["Finding"], list, result, place);
      report.add(node, std::move(row.set(ToolStatus::suppressed).set(Part::status, text(node, "Status"))));
    }
  }
}

void read_cluster(const Node& root, Report& report) {
  report.subject(text(root, "ClusterName"));
  for (const char* key : {"Resources", "Findings", "Vulnerabilities", "Misconfigurations"}) {
    for (const Node& resource : report.rows(root, key)) {
      Place place;
      for (const char* part : {"Namespace", "Kind", "Name"}) {
        const std::string_view step = text(resource, part);
        if (!step.empty()) place.resource += (place.resource.empty() ? "" : "/") + std::string(step);
      }
      place.image = text(resource, "Metadata.RepoDigests.*|Metadata.*.RepoDigests.*|Metadata.RepoTags.*|Metadata.*.RepoTags.*");
      if (!text(resource, "Error").empty()) report.partial(resource, text(resource, "Error"));
      for (const Node& result : report.rows(resource, "Results")) read_result(result, place, report);
    }
  }
}

bool knows(const Node& root) {
  if (root.is_sequence()) return any_item(root, is_result);
  if (has(root, {"ClusterName"}))
    return root["Resources"] || root["Vulnerabilities"] || root["Misconfigurations"] || root["Findings"];
  return has(root, {"SchemaVersion", "ArtifactName"}) || (root["Results"].is_sequence() && any_item(root["Results"], is_result));
}

void read(const Node& root, Report& report) {
  if (has(root, {"ClusterName"})) return read_cluster(root, report);
  report.version(text(root, "Trivy.Version"));
  report.subject(text(root, "ArtifactName"));
  if (text(root, "ArtifactType") == "container_image") {
    for (const char* path : {"ArtifactName", "Metadata.RepoTags.*", "Metadata.RepoDigests.*", "Metadata.ImageID"}) {
      for (const std::string_view image : texts(root, path)) report.image(image);
    }
  }
  const Node results = root.is_sequence() ? root : root["Results"];
  const Place place{{}, {}, text(root, "Metadata.OS.Family")};
  for (const Node& result : report.rows(results)) read_result(result, place, report);
}
}  // namespace

constinit const Reader k_trivy{"trivy", "Trivy",
                               "Vulnerabilities, misconfigurations, secrets and licences of images, file systems, repositories and "
                               "clusters, in JSON of schema 1 and 2",
                               knows, read};

}  // namespace postern::ingest::scanners
