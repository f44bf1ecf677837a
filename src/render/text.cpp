// SPDX-License-Identifier: Apache-2.0
// The decision as text: what decides, where, why, how to fix it; then the questions, and what could not be judged.
#include "render/text.h"

#include <postern/base/text.h>

#include <algorithm>
#include <array>

#include "render/delta.h"
#include "render/libraries.h"
#include "render/text_layout.h"
#include "render/text_parts.h"
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

void write_findings(TextLayout& out, const Decision& decision) {
  const FindingGroups groups = groups_of(decision);
  const bool is_full = out.options().detail == Detail::full;
  const std::size_t most = is_full ? decision.findings.size() : k_most_lines;
  for (std::size_t at = 0; at < groups.top.size(); ++at) write_finding(out, decision.findings[groups.top[at]], at + 1);
  write_list(out, decision, groups.blocking, "Also blocks", decision.findings.size(), Row::what_to_do);
  write_list(out, decision, groups.others, "Also new or worse", most);
  write_list(out, decision, groups.told, "To know", decision.findings.size());
  write_list(out, decision, groups.news, "News about what was there before", most);
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
  for (const model::JudgedReport& report : source.reports)
    out.paragraph("             ", counted(report.findings, "finding") + " of " + report.tool + " read, " +
                                       std::to_string(report.bound) + " bound (" + report.path + ")" +
                                       (report.succeeded ? "" : "; the run of the tool failed"));
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
  if (const std::string unread = unread_words(decision.candidate.unread_kinds); !unread.empty()) out.paragraph("", unread);
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
