// SPDX-License-Identifier: Apache-2.0
// The decision as text: what decides, where, why, how to fix it; then the questions, and what could not be judged.
#include "render/text.h"

#include <postern/base/text.h>

#include <algorithm>
#include <array>

#include "render/delta.h"
#include "render/finding_text.h"
#include "render/libraries.h"
#include "render/text_layout.h"
#include "render/words.h"

namespace postern::render {
namespace {

using model::Band;
using model::Decision;
using model::Finding;

constexpr std::size_t k_most_lines = 5;  // of one kind of thing, on the essential screen

Tone tone_of(model::Verdict verdict) {
  constexpr std::array k_tones = {Tone::green, Tone::amber, Tone::red, Tone::violet};
  return k_tones.at(static_cast<std::size_t>(verdict));
}

Tone tone_of(Band band) {
  constexpr std::array k_tones = {Tone::faint, Tone::amber, Tone::amber, Tone::red};
  return k_tones.at(static_cast<std::size_t>(band));
}

void write_header(TextLayout& out, const Decision& decision) {
  const std::string target = "  " + decision.application + " -> " + decision.environment + class_words(decision);
  std::string title(verdict_title(decision.verdict));
  std::transform(title.begin(), title.end(), title.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  out.line({{tone_of(decision.verdict), title}, {Tone::strong, target}});
  out.paragraph("", verdict_sentence(decision));
  const std::vector<std::string> funnel = funnel_words(decision.funnel);
  if (!funnel.empty()) out.paragraph("", base::join(funnel, " -> "));
}

/// Reasons that the findings below do not show themselves.
void write_reasons(TextLayout& out, const Decision& decision) {
  for (const model::Reason& reason : decision.reasons) {
    if (repeats_finding(reason)) continue;
    out.paragraph("  * ", reason.message);
    if (!reason.hint.empty()) out.paragraph("    help: ", reason.hint);
  }
  for (const model::Weakening& weakening : decision.weakenings) {
    out.paragraph("  ! weaker than the default: ",
                  weakening.message + (weakening.origin.empty() ? "" : " (" + weakening.origin + ")"));
  }
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

void write_finding(TextLayout& out, const Finding& finding, std::size_t number) {
  out.blank();
  out.paragraph(std::to_string(number) + "  " + score_title(finding) + "  ",
                finding.title + " - " + std::string(effect_words(finding)), tone_of(finding.risk.band));
  for (const LabelledLine& line : finding_lines(finding)) out.paragraph(lead_of(line.label), line.text);
  if (out.options().detail == Detail::full) write_shares(out, finding);
  out.paragraph(lead_of("rule"), finding.rule + " (" + finding.pack + ", " + to_string(finding.enforcement) + "), fingerprint " +
                                     finding.fingerprint.substr(0, 12));
}

enum class Row : std::uint8_t { what, what_to_do };

void write_row(TextLayout& out, const Finding& finding, Row row) {
  const std::string place = finding.evidence.empty() ? "" : to_string(finding.evidence.front().location);
  out.paragraph("   " + score_title(finding) + "  ",
                finding.rule + ": " + headline(finding) + (place.empty() ? "" : "  (" + place + ")"), tone_of(finding.risk.band));
  if (row == Row::what) return;
  for (const LabelledLine& line : finding_lines(finding)) {
    if (line.label == "reaches" || line.label == "fix" || line.label == "owner")
      out.paragraph("   " + lead_of(line.label), line.text);
  }
  if (const auto fixed = score_after_fix(finding))
    out.paragraph("   " + lead_of("score"), score_title(finding) + "; " + model::tenths_to_string(*fixed) + " after the fix");
}

void write_list(TextLayout& out, const Decision& decision, const std::vector<std::size_t>& indexes, const std::string& title,
                std::size_t most, Row row = Row::what) {
  if (indexes.empty()) return;
  out.blank();
  out.line({{Tone::strong, title}});
  for (std::size_t at = 0; at < std::min(indexes.size(), most); ++at) write_row(out, decision.findings[indexes[at]], row);
  if (indexes.size() > most) out.paragraph("   ", "and " + std::to_string(indexes.size() - most) + " more");
}

void write_findings(TextLayout& out, const Decision& decision) {
  const FindingGroups groups = groups_of(decision);
  const bool is_full = out.options().detail == Detail::full;
  const std::size_t most = is_full ? decision.findings.size() : k_most_lines;
  for (std::size_t at = 0; at < groups.top.size(); ++at) write_finding(out, decision.findings[groups.top[at]], at + 1);
  write_list(out, decision, groups.blocking, "Also blocks", decision.findings.size(), Row::what_to_do);
  write_list(out, decision, groups.others, "Also new or worse", most);
  write_list(out, decision, groups.fixed, "No longer there", most);
  if (is_full) write_list(out, decision, groups.unchanged, "There before", most);
  if (!is_full && !groups.unchanged.empty()) {
    out.blank();
    out.paragraph("", counted(groups.unchanged.size(), "finding") + (groups.unchanged.size() == 1 ? " was" : " were") +
                          " there before and did not get worse: no reason to block. --verbose shows them.");
  }
}

void write_questions(TextLayout& out, const Decision& decision) {
  const std::vector<QuestionRow> questions = question_rows(decision);
  if (questions.empty()) return;
  std::vector<std::vector<std::string>> rows = {{"", "before", "after"}};
  for (const QuestionRow& row : questions) rows.push_back({std::string(row.question), row.before, row.after});
  out.blank();
  out.table(rows);
}

/// On the essential screen: how many, and the one that matters most. All of them are among the changes.
void write_libraries(TextLayout& out, const Decision& decision) {
  const std::vector<LibraryDrift> drifts = library_drift(decision.changes);
  if (drifts.empty() || out.options().detail == Detail::full) return;
  out.blank();
  out.line({{Tone::strong, "Libraries"}});
  for (std::size_t at = 0; at < std::min(drifts.size(), k_most_lines); ++at) {
    const LibraryLine& first = drifts[at].lines.front();
    const std::string lead = drifts[at].lines.size() > 1 ? ", first of all " : ": ";
    out.paragraph("  " + drifts[at].owner + "  ", drift_words(drifts[at]) + lead + first.name + " " + first.text);
  }
  if (drifts.size() > k_most_lines) out.paragraph("  ", "and " + std::to_string(drifts.size() - k_most_lines) + " more");
}

void write_problems(TextLayout& out, const Decision& decision) {
  if (decision.problems.empty()) return;
  out.blank();
  out.line({{Tone::strong, "Rules that could not be decided"}});
  for (const model::RuleProblem& problem : decision.problems) out.paragraph("  " + problem.rule + "  ", problem_words(problem));
}

std::string diagnostic_words(const base::Diagnostic& diagnostic) {
  std::string text = diagnostic.context.empty() ? "" : base::join(diagnostic.context, " > ") + ": ";
  text += to_string(diagnostic.location);
  if (diagnostic.location.file.empty()) return text + diagnostic.message;
  return text + ": " + diagnostic.message;
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

void write_source(TextLayout& out, std::string_view lead, const model::JudgedSource& source) {
  std::string text = source.description + ": " + counted(source.entities, "entity", "entities") + ", " +
                     counted(source.relations, "relation") + ", " + to_string(source.completeness);
  if (source.commit) text += ", commit " + *source.commit;
  if (!source.digest.empty()) text += ", sha256 " + source.digest;
  out.paragraph(lead, text);
  for (const auto& [kind, count] : source.unread_kinds)
    out.paragraph("             ", "not read: " + kind + " (" + std::to_string(count) + ")");
  if (source.unrecognised_files != 0)
    out.paragraph("             ", counted(source.unrecognised_files, "file") + " not recognised");
}

void write_basis(TextLayout& out, const Decision& decision) {
  out.blank();
  out.line({{Tone::strong, "What this rests on"}});
  write_source(out, "  baseline   ", decision.baseline);
  write_source(out, "  candidate  ", decision.candidate);
  std::string packs;
  for (const auto& [name, version] : decision.packs) packs += (packs.empty() ? "" : ", ") + name + " " + version;
  out.paragraph("  policy     ",
                counted(decision.rules, "rule") + (packs.empty() ? "" : " of " + packs) + ", sha256 " + decision.policy_digest);
  out.paragraph("  risk model ", decision.risk_model_version + ", sha256 " + decision.risk_model_digest);
  out.paragraph("  postern    ", decision.tool_version);
}

}  // namespace

std::string text(const Decision& decision, const TextOptions& options) {
  TextLayout out(options);
  write_header(out, decision);
  write_reasons(out, decision);
  write_findings(out, decision);
  write_questions(out, decision);
  write_libraries(out, decision);
  write_problems(out, decision);
  write_diagnostics(out, decision);
  if (options.detail == Detail::essential) return out.take();
  out.blank();
  out.line({{Tone::strong, "Changes"}});
  std::string result = out.take() + delta_text(delta_of(decision), options);
  TextLayout basis(options);
  write_basis(basis, decision);
  return result + basis.take();
}

}  // namespace postern::render
