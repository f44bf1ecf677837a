// SPDX-License-Identifier: Apache-2.0
// What a finding says, line by line.
#include "render/finding_text.h"

#include <postern/base/text.h>

#include "render/words.h"

namespace postern::render {
namespace {

constexpr std::size_t k_most_steps = 8;
constexpr std::size_t k_most_reached = 6;

}  // namespace

const std::string& headline(const model::Finding& finding) { return finding.message.empty() ? finding.title : finding.message; }

std::string place_words(const model::Evidence& evidence) {
  const std::string place = to_string(evidence.location);
  if (evidence.note.empty()) return place;
  return place + (place.empty() ? "" : ": ") + evidence.note.str();
}

std::string score_title(const model::Finding& finding) {
  return model::tenths_to_string(finding.risk.score_tenths) + " " + std::string(to_string(finding.risk.band));
}

std::vector<LabelledLine> finding_lines(const model::Finding& finding) {
  std::vector<LabelledLine> lines = {{"what", headline(finding)}};
  const auto add = [&](std::string_view label, std::string text) {
    if (!text.empty()) lines.push_back({label, std::move(text)});
  };
  if (!finding.evidence.empty()) add("where", place_words(finding.evidence.front()));
  add("why", finding.why);
  add("path", base::join(path_words(finding, k_most_steps), " -> "));
  add("reaches", base::join(reach_words(finding, k_most_reached), ", "));
  add("fix", finding.remediation);
  add("remains", remaining_words(finding));
  std::string_view cut_label = "cut";
  for (std::string& cut : cut_words(finding)) {
    add(cut_label, std::move(cut));
    cut_label = "and";
  }
  add("also", base::join(also_fixed_words(finding, k_most_reached), ", "));
  add("owner", finding.owner.empty() ? "nobody is named" : finding.owner);
  add("score", base::join(score_words(finding), "; "));
  return lines;
}

base::Location shown_at(const model::Finding& finding, const model::Decision& decision) {
  for (const model::Evidence& evidence : finding.evidence) {
    if (!evidence.location.file.empty()) return evidence.location;
  }
  if (finding.risk.path) {
    for (const base::Location& step : finding.risk.path->evidence) {
      if (!step.file.empty()) return step;
    }
  }
  if (decision.candidate.inputs.empty()) return {};
  return {base::Symbol(decision.candidate.inputs.front().first), 1, 0};
}

}  // namespace postern::render
