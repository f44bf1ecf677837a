// SPDX-License-Identifier: Apache-2.0
// The rules as SARIF describes them.
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <set>

#include "render/code_points.h"
#include "render/markdown_parts.h"
#include "render/sarif_parts.h"

namespace postern::render {
namespace {

using model::Band;
using model::JudgedRule;

constexpr std::size_t k_most_rules = 25'000;  // a run with more is refused
constexpr std::size_t k_most_tags = 10;       // kept of a rule; with more than 20 a run is refused
constexpr std::size_t k_name_length = 255;

/// GitHub reads a number as CVSS does: low below 4, medium below 7, high below 9, else critical. The score is moved into the part
/// of the scale that has the name of its band, so that what is critical here is critical there.
std::string security_severity(const model::RiskAssessment& risk) {
  struct Range {
    std::int32_t first;  ///< tenths
    std::int32_t width;
  };
  constexpr std::array k_ranges = {Range{1, 38}, Range{40, 29}, Range{70, 19}, Range{90, 10}};
  const Range& range = k_ranges.at(static_cast<std::size_t>(risk.band));
  const std::int32_t floor = risk.score_tenths - risk.tenths_above_band_floor;
  const std::int32_t ceiling = risk.tenths_to_next_band ? risk.score_tenths + *risk.tenths_to_next_band : 1000;
  const std::int64_t above = std::clamp(risk.tenths_above_band_floor, 0, std::max(ceiling - floor, 0));
  const auto part = ceiling > floor ? static_cast<std::int32_t>(range.width * above / (ceiling - floor)) : 0;
  return model::tenths_to_string(range.first + part);
}

/// The most important finding of each rule, which is its first one; findings that are gone do not count.
std::map<std::string_view, const model::Finding*> worst_of(const model::Decision& decision) {
  std::map<std::string_view, const model::Finding*> worst;
  for (const model::Finding& finding : decision.findings) {
    if (finding.state == model::BaselineState::absent) continue;
    auto [at, is_first] = worst.try_emplace(finding.rule, &finding);
    if (!is_first && finding.risk.score_tenths > at->second->risk.score_tenths) at->second = &finding;
  }
  return worst;
}

Json tags_of(const JudgedRule& rule) {
  std::set<std::string> known;
  Json tags = Json::array();
  const auto add = [&](const std::string& tag) {
    if (tags.size() < k_most_tags && !tag.empty() && known.insert(tag).second) tags.push_back(tag);
  };
  add("security");
  add(shortened(rule.category, k_name_length));
  add(shortened(rule.pack, k_name_length));
  for (const std::string& reference : rule.references) add(shortened(reference, k_name_length));
  return tags;
}

Json help_of(const JudgedRule& rule) {
  std::string text = rule.description;
  std::string shown = sentence(rule.description, 2'000);
  if (!rule.remediation.empty()) {
    text += " Fix: " + rule.remediation;
    shown += "\n\n**Fix:** " + sentence(rule.remediation, 2'000);
  }
  if (!rule.references.empty()) {
    text += " References: " + base::join(rule.references, ", ") + ".";
    shown += "\n\n**References:** " + codes_joined(rule.references, ", ");
  }
  Json help = sarif_text(text, 8'000);
  help["markdown"] = shown;
  return help;
}

/// `ExposedToInternet` of `EXPOSED-TO-INTERNET`: names of rules are written like that (3.49.7).
std::string name_of(std::string_view id) {
  std::string name;
  bool begins_word = true;
  for (const char c : id) {
    const bool is_upper = c >= 'A' && c <= 'Z';
    const bool is_lower = c >= 'a' && c <= 'z';
    const bool is_part = is_upper || is_lower || (c >= '0' && c <= '9');
    if (is_part)
      name += is_upper && !begins_word ? static_cast<char>(c + 32) : is_lower && begins_word ? static_cast<char>(c - 32) : c;
    begins_word = !is_part;
  }
  return name;
}

const char* level_of(model::Enforcement enforcement) {
  if (enforcement == model::Enforcement::informative) return "note";
  return enforcement == model::Enforcement::advisory ? "warning" : "error";
}

Json rule_json(const JudgedRule& rule, const model::Finding* worst) {
  Json json;
  json["id"] = rule.id;
  json["name"] = shortened(name_of(rule.id), k_name_length);
  json["shortDescription"] = sarif_text(rule.title.empty() ? rule.id : rule.title);
  json["fullDescription"] = sarif_text(rule.description.empty() ? rule.id : rule.description);
  json["help"] = help_of(rule);
  json["defaultConfiguration"] = Json{{"enabled", true}, {"level", level_of(rule.enforcement)}};
  Json& properties = json["properties"];
  properties["tags"] = tags_of(rule);
  // A rule that fires when it does not know will be wrong more often.
  properties["precision"] = rule.on_unknown == model::OnUnknown::fire ? "medium" : "high";
  if (worst != nullptr) properties["security-severity"] = security_severity(worst->risk);
  properties["pack"] = rule.pack;
  properties["enforcement"] = to_string(rule.enforcement);
  properties["blockAt"] = std::string(to_string(rule.block_at));
  return json;
}

}  // namespace

Json sarif_rules(const model::Decision& decision, RuleIndexes& indexes) {
  const auto worst = worst_of(decision);
  Json rules = Json::array();
  const auto add = [&](const JudgedRule& rule) {
    if (rules.size() == k_most_rules || !indexes.emplace(rule.id, rules.size()).second) return;
    const auto found = worst.find(rule.id);
    rules.push_back(rule_json(rule, found == worst.end() ? nullptr : found->second));
  };
  for (const JudgedRule& rule : decision.judged_rules) {
    if (worst.contains(rule.id)) add(rule);
  }
  for (const JudgedRule& rule : decision.judged_rules) add(rule);
  return rules;
}

}  // namespace postern::render
