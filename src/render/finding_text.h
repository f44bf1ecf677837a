// SPDX-License-Identifier: Apache-2.0
// What a finding says, line by line, and where it is shown, for the reports of other systems. Nothing is escaped here.
#pragma once
#include <postern/model/decision.h>

#include <string>
#include <string_view>
#include <vector>

namespace postern::render {

/// One line of a finding: `fix`, `Keep it inside the cluster.`
struct LabelledLine {
  std::string_view label;
  std::string text;
};

/// What changed, where, why it matters, what an attacker reaches, how to fix it, the way in that remains, the steps to cut (`cut`,
/// then `and` for each that must go as well), what is fixed along with it (`also`), who owns it, the score and the score after the
/// fix.
[[nodiscard]] std::vector<LabelledLine> finding_lines(const model::Finding& finding);

/// The message, or the title where there is none.
[[nodiscard]] const std::string& headline(const model::Finding& finding);

/// `file:line:column: note`, or nothing.
[[nodiscard]] std::string place_words(const model::Evidence& evidence);

/// `81.9 critical`.
[[nodiscard]] std::string score_title(const model::Finding& finding);

/// Where a system that wants a file and a line for each finding shows it: the first evidence that names a file, else the first step
/// of its path, else the beginning of the candidate's first input. Empty when the candidate has no input.
[[nodiscard]] base::Location shown_at(const model::Finding& finding, const model::Decision& decision);

}  // namespace postern::render
