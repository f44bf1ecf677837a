// SPDX-License-Identifier: Apache-2.0
// A finding as a result of SARIF.
#include <postern/base/text.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "render/finding_text.h"
#include "render/sarif_parts.h"
#include "render/words.h"

namespace postern::render {
namespace {

using model::BaselineState;
using model::Decision;
using model::Finding;

constexpr std::size_t k_most_locations = 100;  // kept of a result; with more than 1,000 it is refused
constexpr std::size_t k_most_steps = 100;

/// What stops a release is an error, what it brings else a warning; what was there before does not count against it.
std::string_view level_of(const Finding& finding) {
  if (model::is_blocking(finding)) return "error";
  return model::is_risky(finding) ? "warning" : "note";
}

Json logical(const model::EntityId& id, std::string_view kind) {
  Json json;
  json["name"] = id.address.str();
  json["fullyQualifiedName"] = to_string(id);
  if (!kind.empty()) json["kind"] = std::string(kind);
  return json;
}

Json logical_of(const Finding& finding) {
  const auto& relation = finding.subject.relation;
  const std::string kind = finding.entity_kind ? to_string(*finding.entity_kind) : std::string();
  Json list = Json::array({logical(relation ? relation->source : finding.subject.entity, kind)});
  if (relation) list.push_back(logical(relation->target, ""));
  return list;
}

/// Index of the evidence that is shown first; the number of pieces when none names a file.
std::size_t primary_evidence(const Finding& finding) {
  std::size_t at = 0;
  while (at < finding.evidence.size() && finding.evidence[at].location.file.empty()) ++at;
  return at;
}

/// Where the finding is shown: one place, as hosts want it.
Json primary(const Finding& finding, const Decision& decision, const SarifPlaces& places) {
  const base::Location place = shown_at(finding, decision);
  Json location = place.file.empty() ? Json::object() : places.physical(place);
  location["logicalLocations"] = logical_of(finding);
  const std::size_t at = primary_evidence(finding);
  if (at < finding.evidence.size() && !finding.evidence[at].note.empty())
    location["message"] = sarif_text(finding.evidence[at].note.view());
  return location;
}

/// All other evidence.
Json related(const Finding& finding, const SarifPlaces& places) {
  Json list = Json::array();
  for (std::size_t at = primary_evidence(finding) + 1; at < finding.evidence.size(); ++at) {
    const model::Evidence& evidence = finding.evidence[at];
    if (evidence.location.file.empty() || list.size() + 1 == k_most_locations) continue;
    Json location = places.physical(evidence.location);
    location["id"] = list.size() + 1;
    location["message"] = sarif_text(evidence.note.empty() ? std::string_view("evidence") : evidence.note.view());
    list.push_back(std::move(location));
  }
  return list;
}

/// One step of the path: the node, and where it is declared.
Json step_of(const std::string& node, const base::Location* place, std::string_view importance, const SarifPlaces& places) {
  Json location = place == nullptr || place->file.empty() ? Json::object() : places.physical(*place);
  location["logicalLocations"] = Json::array({Json{{"fullyQualifiedName", node}}});
  location["message"] = sarif_text(node);
  return Json{{"location", std::move(location)}, {"importance", std::string(importance)}};
}

/// The explaining path, from the zone where the attacker stands over each step to the subject, then to the nearest thing in reach.
Json flow_of(const Finding& finding, const SarifPlaces& places) {
  const model::EntryPath& path = *finding.risk.path;
  const std::string zone(to_string(path.entry));
  const bool has_zone = path.entry == model::EntryZone::none || (!path.nodes.empty() && path.nodes.front() == zone);
  Json steps = Json::array();
  if (!has_zone) steps.push_back(step_of(zone, nullptr, "essential", places));
  // Evidence is there for each step or for some of them only; then it cannot be said for which.
  const bool is_matched = path.evidence.size() == path.nodes.size();
  for (std::size_t at = 0; at < path.nodes.size() && steps.size() < k_most_steps; ++at) {
    steps.push_back(step_of(path.nodes[at], is_matched ? &path.evidence[at] : nullptr, "essential", places));
  }
  Json flow;
  flow["message"] = sarif_text("the easiest way: " + base::join(path_words(finding, 8), " -> "));
  flow["threadFlows"] = Json::array({Json{{"locations", std::move(steps)}}});
  return flow;
}

/// Without a baseline nothing can be said to be new or old.
bool is_compared(const Decision& decision) {
  return std::none_of(decision.reasons.begin(), decision.reasons.end(),
                      [](const model::Reason& reason) { return reason.code == "baseline-missing"; });
}

Json suppression_of(const model::Admission& admission) {
  Json json;
  json["kind"] = "external";
  json["status"] = "accepted";
  json["justification"] = "override " + admission.override_id + ", until " + admission.expires + ", approved at a score of " +
                          model::tenths_to_string(admission.approved_tenths);
  return json;
}

std::string message_of(const Finding& finding) {
  std::string text = headline(finding) + ".";
  for (const LabelledLine& line : finding_lines(finding)) {
    if (line.label == "what" || line.label == "where") continue;
    std::string label(line.label);
    label.front() = static_cast<char>(label.front() - 'a' + 'A');
    text += " " + label + ": " + line.text + (line.text.ends_with('.') ? "" : ".");
  }
  return text;
}

Json properties_of(const Finding& finding) {
  Json json;
  json["effect"] = std::string(effect_words(finding));
  json["score"] = finding.risk.score_tenths / 10.0;
  json["band"] = std::string(to_string(finding.risk.band));
  if (const auto fixed = score_after_fix(finding)) json["scoreAfterFix"] = *fixed / 10.0;
  json["category"] = finding.category;
  json["subject"] = to_string(finding.subject);
  json["owner"] = finding.owner;
  json["rootCause"] = finding.root_cause;
  json["undecided"] = finding.undecided;
  json["reach"] = reach_words(finding, k_most_steps);
  json["unknown"] = finding.risk.unknown;
  return json;
}

}  // namespace

Json sarif_result(const Finding& finding, const Decision& decision, const SarifPlaces& places, const RuleIndexes& indexes) {
  Json json;
  json["ruleId"] = finding.rule;
  if (const auto index = indexes.find(finding.rule); index != indexes.end()) json["ruleIndex"] = index->second;
  json["level"] = std::string(level_of(finding));
  json["message"] = sarif_text(message_of(finding), 4'000);
  json["locations"] = Json::array({primary(finding, decision, places)});
  if (Json list = related(finding, places); !list.empty()) json["relatedLocations"] = std::move(list);
  if (finding.risk.path) json["codeFlows"] = Json::array({flow_of(finding, places)});
  // The second is the only one that GitHub reads. Neither knows lines, so neither changes when a file is moved or formatted.
  json["partialFingerprints"] =
      Json{{"posternFingerprint/v1", finding.fingerprint}, {"primaryLocationLineHash", finding.fingerprint + ":1"}};
  if (is_compared(decision)) json["baselineState"] = to_string(finding.state);
  if (finding.admission) json["suppressions"] = Json::array({suppression_of(*finding.admission)});
  json["rank"] = finding.risk.score_tenths / 10.0;
  json["properties"] = properties_of(finding);
  return json;
}

}  // namespace postern::render
