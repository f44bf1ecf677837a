// SPDX-License-Identifier: Apache-2.0
// What `postern assess` prints: the posture of one state.
#include "render/assessment.h"

#include <algorithm>

#include "render/text_layout.h"
#include "render/text_parts.h"
#include "render/words.h"

namespace postern::render {
namespace {

constexpr std::size_t k_top = 3;
constexpr std::size_t k_most_rows = 10;  // on the essential screen

void write_posture(TextLayout& out, const model::Decision& decision) {
  std::vector<std::vector<std::string>> rows;
  for (const QuestionRow& row : question_rows(decision)) rows.push_back({std::string(row.question), row.after});
  if (rows.empty()) return;
  out.blank();
  out.table(rows);
}

void write_risks(TextLayout& out, const model::Decision& decision) {
  std::vector<std::size_t> rest;
  for (std::size_t at = 0; at < decision.findings.size(); ++at) {
    if (at < k_top) {
      write_finding(out, decision.findings[at], at + 1, Effect::untold);
    } else {
      rest.push_back(at);
    }
  }
  write_list(out, decision, rest, "More risks", out.options().detail == Detail::full ? rest.size() : k_most_rows);
}

}  // namespace

std::string assessment_text(const model::Decision& decision, const TextOptions& options) {
  TextLayout out(options);
  out.line({{Tone::strong, "Posture of " + decision.application + " in " + decision.environment + class_words(decision)}});
  out.paragraph("", counted(decision.funnel.facts, "fact") + ", " + counted(decision.after.services, "service") + ", " +
                        counted(decision.findings.size(), "finding"));
  for (const model::Reason& reason : decision.reasons) {
    if (repeats_finding(reason)) continue;
    out.paragraph("  * ", reason.message);
    if (!reason.hint.empty()) out.paragraph("    help: ", reason.hint);
  }
  write_posture(out, decision);
  write_risks(out, decision);
  write_problems(out, decision);
  write_diagnostics(out, decision);
  return out.take();
}

}  // namespace postern::render
