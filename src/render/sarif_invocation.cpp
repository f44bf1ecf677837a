// SPDX-License-Identifier: Apache-2.0
// The run of the gate as an invocation of SARIF, with everything that could not be judged.
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "render/sarif_parts.h"
#include "render/words.h"

namespace postern::render {
namespace {

using model::Decision;
using model::Verdict;

constexpr std::size_t k_most_of_a_kind = 300;  // rules or diagnostics; they must leave room for results

std::string_view level_of(base::Severity severity) {
  constexpr std::array<std::string_view, 3> k_levels = {"note", "warning", "error"};
  return k_levels.at(static_cast<std::size_t>(severity));
}

Json notification(std::string_view id, std::string_view level, const std::string& message) {
  Json json;
  json["descriptor"] = Json{{"id", std::string(id)}};
  json["level"] = std::string(level);
  json["message"] = sarif_text(message);
  return json;
}

std::string with_hint(const std::string& message, const std::string& hint) {
  return hint.empty() ? message : message + ". Help: " + hint;
}

Json of_diagnostic(const base::Diagnostic& diagnostic, const SarifPlaces& places) {
  Json json = notification(diagnostic.code, level_of(diagnostic.severity), with_hint(diagnostic.message, diagnostic.hint));
  if (!diagnostic.location.file.empty()) json["locations"] = Json::array({places.physical(diagnostic.location)});
  return json;
}

Json of_problem(const model::RuleProblem& problem, const RuleIndexes& indexes) {
  Json json = notification("rule-problem", problem.makes_indeterminate ? "error" : "warning",
                           "rule " + problem.rule + " " + problem_words(problem));
  json["associatedRule"] = Json{{"id", problem.rule}};
  if (const auto index = indexes.find(problem.rule); index != indexes.end()) json["associatedRule"]["index"] = index->second;
  return json;
}

/// The first of `items`, and how many are missing.
template <typename Item, typename Function>
void add_most(Json& list, const std::vector<Item>& items, std::string_view noun, Function json_of) {
  for (std::size_t at = 0; at < std::min(items.size(), k_most_of_a_kind); ++at) list.push_back(json_of(items[at]));
  if (items.size() <= k_most_of_a_kind) return;
  list.push_back(notification("notifications-left-out", "warning",
                              counted(items.size() - k_most_of_a_kind, noun) + " left out; decision.json has all of them"));
}

/// What happened while the input was read and judged.
Json execution(const Decision& decision, const SarifPlaces& places, const RuleIndexes& indexes, const std::string& left_out) {
  Json list = Json::array();
  if (!left_out.empty()) list.push_back(notification("results-left-out", "warning", left_out));
  for (const model::Reason& reason : decision.reasons) {
    if (repeats_finding(reason) || list.size() > k_most_of_a_kind) continue;
    const std::string_view level = reason.supports == Verdict::pass   ? "note"
                                   : reason.supports == Verdict::warn ? "warning"
                                                                      : "error";
    list.push_back(notification(reason.code, level, with_hint(reason.message, reason.hint)));
  }
  add_most(list, decision.problems, "rule problem", [&](const auto& problem) { return of_problem(problem, indexes); });
  add_most(list, decision.diagnostics, "diagnostic", [&](const auto& diagnostic) { return of_diagnostic(diagnostic, places); });
  return list;
}

Json configuration(const Decision& decision) {
  Json list = Json::array();
  for (const model::Weakening& weakening : decision.weakenings) {
    const std::string origin = weakening.origin.empty() ? "" : " (" + weakening.origin + ")";
    list.push_back(notification(weakening.code, "warning", "weaker than the default: " + weakening.message + origin));
  }
  return list;
}

}  // namespace

Json sarif_invocation(const Decision& decision, const SarifPlaces& places, const RuleIndexes& indexes,
                      const std::string& left_out) {
  Json json;
  json["executionSuccessful"] = decision.verdict != Verdict::indeterminate;
  json["exitCode"] = decision.exit_code;
  json["exitCodeDescription"] = std::string(verdict_title(decision.verdict)) + ": " + verdict_sentence(decision);
  json["toolExecutionNotifications"] = execution(decision, places, indexes, left_out);
  json["toolConfigurationNotifications"] = configuration(decision);
  return json;
}

}  // namespace postern::render
