// SPDX-License-Identifier: Apache-2.0
// Parts of reports for a terminal: findings, lists of them, rules without an answer, diagnostics.
#include "render/text_parts.h"

#include <postern/base/text.h>

#include <algorithm>
#include <array>

#include "render/finding_text.h"
#include "render/words.h"

namespace postern::render {
namespace {

using model::Band;
using model::Decision;
using model::Finding;

Tone tone_of(Band band) {
  constexpr std::array k_tones = {Tone::faint, Tone::amber, Tone::amber, Tone::red};
  return k_tones.at(static_cast<std::size_t>(band));
}

void write_shares(TextLayout& out, const Finding& finding) {
  for (const model::RiskFactorShare& share : finding.risk.shares) {
    out.paragraph("             -" + model::tenths_to_string(share.tenths_lost) + " ",
                  std::string(to_string(share.factor)) + ": " + share.explanation);
  }
}

/// `   fix      `: all bodies begin in one column.
std::string lead_of(std::string_view label) {
  constexpr std::size_t k_width = 9;
  return "   " + std::string(label) + std::string(k_width - std::min(k_width - 1, label.size()), ' ');
}

void write_row(TextLayout& out, const Finding& finding, Row row) {
  const std::string place = finding.evidence.empty() ? "" : to_string(finding.evidence.front().location);
  out.paragraph("   " + score_title(finding) + "  ",
                finding.rule + ": " + headline(finding) + (place.empty() ? "" : "  (" + place + ")"), tone_of(finding.risk.band));
  if (row == Row::what) return;
  for (const LabelledLine& line : finding_lines(finding)) {
    if (line.label == "reaches" || line.label == "fix" || line.label == "remains" || line.label == "owner")
      out.paragraph("   " + lead_of(line.label), line.text);
  }
  if (const auto fixed = score_after_fix(finding))
    out.paragraph("   " + lead_of("score"), score_title(finding) + "; " + model::tenths_to_string(*fixed) + " after the fix");
}

std::string diagnostic_words(const base::Diagnostic& diagnostic) {
  std::string text = diagnostic.context.empty() ? "" : base::join(diagnostic.context, " > ") + ": ";
  text += to_string(diagnostic.location);
  if (diagnostic.location.file.empty()) return text + diagnostic.message;
  return text + ": " + diagnostic.message;
}

}  // namespace

void write_finding(TextLayout& out, const Finding& finding, std::size_t number, Effect effect) {
  out.blank();
  const std::string words = effect == Effect::told ? " - " + std::string(effect_words(finding)) : std::string();
  out.paragraph(std::to_string(number) + "  " + score_title(finding) + "  ", finding.title + words, tone_of(finding.risk.band));
  for (const LabelledLine& line : finding_lines(finding)) out.paragraph(lead_of(line.label), line.text);
  if (out.options().detail == Detail::full) write_shares(out, finding);
  out.paragraph(lead_of("rule"), finding.rule + " (" + finding.pack + ", " + to_string(finding.enforcement) + "), fingerprint " +
                                     finding.fingerprint.substr(0, 12));
}

void write_list(TextLayout& out, const Decision& decision, const std::vector<std::size_t>& indexes, const std::string& title,
                std::size_t most, Row row) {
  if (indexes.empty()) return;
  out.blank();
  out.line({{Tone::strong, title}});
  for (std::size_t at = 0; at < std::min(indexes.size(), most); ++at) write_row(out, decision.findings[indexes[at]], row);
  if (indexes.size() > most) out.paragraph("   ", "and " + std::to_string(indexes.size() - most) + " more");
}

void write_problems(TextLayout& out, const Decision& decision) {
  if (decision.problems.empty()) return;
  out.blank();
  out.line({{Tone::strong, "Rules that could not be decided"}});
  for (const model::RuleProblem& problem : decision.problems) out.paragraph("  " + problem.rule + "  ", problem_words(problem));
}

void write_diagnostics(TextLayout& out, const Decision& decision) {
  const bool is_full = out.options().detail == Detail::full;
  std::vector<const base::Diagnostic*> shown;
  for (const base::Diagnostic& diagnostic : decision.diagnostics) {
    if (is_full || diagnostic.severity != base::Severity::note) shown.push_back(&diagnostic);
  }
  // Errors first: they are what keeps a change from being judged.
  std::stable_sort(shown.begin(), shown.end(), [](const auto* a, const auto* b) { return a->severity > b->severity; });
  if (shown.empty()) return;
  out.blank();
  out.line({{Tone::strong, "What could not be read or judged"}});
  for (std::size_t at = 0; at < shown.size() && (is_full || at < k_most_lines); ++at) {
    const base::Diagnostic& diagnostic = *shown[at];
    out.paragraph("  " + std::string(to_string(diagnostic.severity)) + " " + diagnostic.code + "  ", diagnostic_words(diagnostic),
                  diagnostic.severity == base::Severity::error ? Tone::red : Tone::amber);
    if (!diagnostic.hint.empty()) out.paragraph("    help: ", diagnostic.hint);
  }
  if (!is_full && shown.size() > k_most_lines) out.paragraph("  ", "and " + std::to_string(shown.size() - k_most_lines) + " more");
}

}  // namespace postern::render
