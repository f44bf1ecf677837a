// SPDX-License-Identifier: Apache-2.0
// Files and lines in SARIF.
#include <nlohmann/json.hpp>
#include <set>

#include "render/code_points.h"
#include "render/escape.h"
#include "render/sarif_parts.h"
#include "render/uri.h"

namespace postern::render {

Json sarif_text(std::string_view text, std::size_t most) { return Json{{"text", sarif_message(shortened(text, most))}}; }

SarifPlaces::SarifPlaces(const model::Decision& decision)
    : m_candidate(decision.candidate.inputs.begin(), decision.candidate.inputs.end()),
      m_baseline(decision.baseline.inputs.begin(), decision.baseline.inputs.end()) {
  for (const auto& [path, digest] : m_candidate) m_digests.emplace(uri_of_path(path), digest);
}

Json SarifPlaces::physical(const base::Location& location) const {
  const bool is_gone = !m_candidate.contains(location.file.view()) && m_baseline.contains(location.file.view());
  Json artifact;
  artifact["uri"] = uri_of_path(location.file.view());
  if (!location.file.view().starts_with('/')) artifact["uriBaseId"] = std::string(is_gone ? k_baseline_root : k_source_root);
  Json region;
  region["startLine"] = std::max<std::uint32_t>(location.line, 1);  // hosts want one
  if (location.line != 0 && location.column != 0) region["startColumn"] = location.column;
  Json result;
  result["physicalLocation"] = Json{{"artifactLocation", std::move(artifact)}, {"region", std::move(region)}};
  return result;
}

Json SarifPlaces::roots() {
  Json roots;
  roots[std::string(k_source_root)] = Json{{"description", sarif_text("the root of the repository that holds the candidate")}};
  roots[std::string(k_baseline_root)] =
      Json{{"description", sarif_text("the root of the state before the release, for files that are gone")}};
  return roots;
}

Json SarifPlaces::artifacts(const Json& results) const {
  std::set<std::string> uris;
  const auto collect = [&](const Json& locations) {
    for (const Json& location : locations) {
      if (!location.contains("physicalLocation")) continue;
      const Json& artifact = location["physicalLocation"]["artifactLocation"];
      if (artifact.value("uriBaseId", "") == k_source_root) uris.insert(artifact["uri"].get<std::string>());
    }
  };
  for (const Json& result : results) {
    collect(result.value("locations", Json::array()));
    collect(result.value("relatedLocations", Json::array()));
  }
  Json artifacts = Json::array();
  for (const std::string& uri : uris) {
    Json artifact;
    artifact["location"] = Json{{"uri", uri}, {"uriBaseId", std::string(k_source_root)}};
    if (const auto found = m_digests.find(uri); found != m_digests.end()) artifact["hashes"] = Json{{"sha-256", found->second}};
    artifacts.push_back(std::move(artifact));
  }
  return artifacts;
}

}  // namespace postern::render
