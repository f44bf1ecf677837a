// SPDX-License-Identifier: Apache-2.0
// Issues of Code Climate's form.
#include "render/code_quality.h"

#include <postern/base/digest.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "render/code_points.h"
#include "render/escape.h"
#include "render/finding_text.h"
#include "render/json_output.h"
#include "render/words.h"

namespace postern::render {
namespace {

using model::Decision;
using model::Finding;

constexpr std::size_t k_description_length = 1'000;

std::string_view severity_of(const Finding& finding) {
  if (model::is_blocking(finding)) return "blocker";
  constexpr std::array<std::string_view, 4> k_severities = {"info", "minor", "major", "critical"};
  return k_severities.at(static_cast<std::size_t>(finding.risk.band));
}

Json location_of(const base::Location& place) {
  // A report whose issues have no file is refused as a whole.
  Json location;
  location["path"] = place.file.empty() ? std::string(".") : place.file.str();
  location["lines"] = Json{{"begin", std::max<std::uint32_t>(place.line, 1)}};
  return location;
}

std::string description_of(const Finding& finding) {
  std::string text = headline(finding) + " (" + score_title(finding) + ", " + std::string(effect_words(finding)) + ")";
  if (!finding.remediation.empty()) text += ". Fix: " + finding.remediation;
  return terminal(shortened(text, k_description_length));
}

Json issue_of(const Finding& finding, const Decision& decision) {
  Json issue;
  issue["type"] = "issue";
  issue["check_name"] = finding.rule;
  issue["description"] = description_of(finding);
  issue["categories"] = Json::array({"Security"});
  issue["severity"] = std::string(severity_of(finding));
  issue["fingerprint"] = finding.fingerprint;
  issue["location"] = location_of(shown_at(finding, decision));
  return issue;
}

Json note_of(std::size_t missing) {
  Json issue;
  issue["type"] = "issue";
  issue["check_name"] = "results-left-out";
  issue["description"] =
      counted(missing, "finding") + " left out for length, the least important ones; decision.json has all of them";
  issue["categories"] = Json::array({"Security"});
  issue["severity"] = "info";
  issue["fingerprint"] = base::sha256_hex("postern results-left-out");
  issue["location"] = location_of({});
  return issue;
}

/// What is gone is no issue, and what somebody let through is none for as long as that holds.
bool is_issue(const Finding& finding) { return finding.state != model::BaselineState::absent && !finding.admission; }

}  // namespace

std::string code_quality(const Decision& decision, std::size_t most_issues) {
  Json issues = Json::array();
  std::size_t count = 0;
  for (const Finding& finding : decision.findings) {
    if (!is_issue(finding)) continue;
    if (++count <= most_issues) issues.push_back(issue_of(finding, decision));
  }
  if (count > most_issues) issues.push_back(note_of(count - most_issues));
  return json_text(issues);
}

}  // namespace postern::render
