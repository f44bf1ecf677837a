// SPDX-License-Identifier: Apache-2.0
// The log and its one run.
#include "render/sarif.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "render/decision_json.h"
#include "render/sarif_parts.h"
#include "render/uri.h"
#include "render/words.h"

namespace postern::render {
namespace {

using model::Decision;

constexpr std::size_t k_reserved_bytes = 1'000;  // for the sentence about what was left out

/// How many bytes a value takes where results stand: each line is indented by eight.
std::size_t bytes_within_run(const Json& json) {
  const std::string text = json_text(json);
  return text.size() + 9 * static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

/// Postern, with the rules that judged (3.19).
Json driver_of(const Decision& decision, RuleIndexes& indexes) {
  Json driver;
  driver["name"] = "Postern";
  driver["fullName"] = "Postern, the gate before a deployment";
  driver["version"] = decision.tool_version;
  driver["shortDescription"] = sarif_text("Judges what a release changes in an architecture, by policy and by business risk");
  driver["rules"] = sarif_rules(decision, indexes);
  return driver;
}

Json automation_of(const Decision& decision) {
  Json json;
  // Everything before the last slash is the category: one for each application and environment.
  json["id"] = "postern/" + percent_encoded(decision.application) + "/" + percent_encoded(decision.environment) + "/";
  json["description"] = sarif_text(decision.application + " in " + decision.environment);
  return json;
}

Json provenance_of(const model::VersionControl& control) {
  Json json;
  json["repositoryUri"] = control.repository;
  if (!control.revision.empty()) json["revisionId"] = control.revision;
  if (!control.branch.empty()) json["branch"] = control.branch;
  json["mappedTo"] = Json{{"uriBaseId", std::string(k_source_root)}};
  return json;
}

Json properties_of(const Decision& decision) {
  Json json;
  json["verdict"] = to_string(decision.verdict);
  json["application"] = decision.application;
  json["environment"] = decision.environment;
  json["environmentClass"] = decision.environment_class;
  json["decision"] = decision_id(decision);
  json["changes"] = decision.funnel.changes;
  json["blocking"] = decision.funnel.blocking;
  return json;
}

/// Results in the order of importance, as many as fit into `room` bytes. Returns how many there are in all.
std::size_t add_results(const Decision& decision, const SarifPlaces& places, const RuleIndexes& indexes, std::size_t most,
                        std::size_t room, Json& results) {
  std::size_t count = 0;
  bool is_full = false;
  for (const model::Finding& finding : decision.findings) {
    if (finding.state == model::BaselineState::absent) continue;
    ++count;
    if (is_full || results.size() == most) continue;
    Json result = sarif_result(finding, decision, places, indexes);
    const std::size_t bytes = bytes_within_run(result);
    is_full = bytes > room;
    if (is_full) continue;
    room -= bytes;
    results.push_back(std::move(result));
  }
  return count;
}

std::string left_out(std::size_t shown, std::size_t count) {
  if (shown == count) return {};
  return counted(count - shown, "result") + " of " + std::to_string(count) +
         " left out, the least important ones: hosts accept no more. decision.json has all findings";
}

}  // namespace

std::string sarif(const Decision& decision, const SarifLimits& limits) {
  const SarifPlaces places(decision);
  RuleIndexes indexes;
  Json run;
  run["tool"] = Json{{"driver", driver_of(decision, indexes)}};
  run["automationDetails"] = automation_of(decision);
  run["invocations"] = Json::array({sarif_invocation(decision, places, indexes, "")});
  if (decision.version_control) run["versionControlProvenance"] = Json::array({provenance_of(*decision.version_control)});
  run["originalUriBaseIds"] = SarifPlaces::roots();
  run["columnKind"] = "unicodeCodePoints";
  run["defaultEncoding"] = "UTF-8";
  run["language"] = "en";
  run["properties"] = properties_of(decision);
  const std::size_t taken = bytes_within_run(run) + k_reserved_bytes;
  Json results = Json::array();
  // A quarter of the rest is for the list of files, each of which some result names in more bytes.
  const std::size_t room = limits.bytes > taken ? (limits.bytes - taken) / 4 * 3 : 0;
  const std::size_t count = add_results(decision, places, indexes, limits.results, room, results);
  run["invocations"] = Json::array({sarif_invocation(decision, places, indexes, left_out(results.size(), count))});
  run["artifacts"] = places.artifacts(results);
  run["results"] = std::move(results);
  Json log;
  log["$schema"] = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
  log["version"] = "2.1.0";
  log["runs"] = Json::array({std::move(run)});
  return json_text(log);
}

}  // namespace postern::render
