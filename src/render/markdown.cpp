// SPDX-License-Identifier: Apache-2.0
// The comment of a merge request: the verdict and what decides it, the questions, a picture; all else behind folds.
#include "render/markdown.h"

#include <postern/base/text.h>

#include <algorithm>
#include <array>

#include "render/decision_json.h"
#include "render/escape.h"
#include "render/finding_text.h"
#include "render/libraries.h"
#include "render/markdown_parts.h"
#include "render/picture.h"
#include "render/words.h"

namespace postern::render {
namespace {

using model::Decision;
using model::Finding;

constexpr std::size_t k_open_picture = 14;  // entities that take about half a screen

std::string_view sign_of(model::Verdict verdict) {
  constexpr std::array<std::string_view, 4> k_signs = {"✅", "🟡", "🛑", "❓"};
  return k_signs.at(static_cast<std::size_t>(verdict));
}

std::string_view sign_of(model::Band band) {
  constexpr std::array<std::string_view, 4> k_signs = {"⚪", "🟡", "🟠", "🔴"};
  return k_signs.at(static_cast<std::size_t>(band));
}

std::string head_of(const Decision& decision) {
  const auto name = [](const std::string& text) { return code(text, 40); };
  const bool is_called_by_class = decision.environment == decision.environment_class;
  std::string text = "## " + std::string(sign_of(decision.verdict)) + " " + std::string(verdict_title(decision.verdict)) + ": " +
                     name(decision.application) + " → " + name(decision.environment) +
                     (is_called_by_class ? "" : " (class " + name(decision.environment_class) + ")") + "\n\n**" +
                     verdict_sentence(decision) + "**";
  const std::vector<std::string> funnel = funnel_words(decision.funnel);
  return text + (funnel.empty() ? "" : " " + base::join(funnel, " → ")) + "\n";
}

/// Reasons that the findings do not show themselves, and weakened enforcement.
Section reasons_of(const Decision& decision) {
  Section section{"reasons", "\n", {}, ""};
  for (const model::Reason& reason : decision.reasons) {
    if (repeats_finding(reason)) continue;
    section.rows.push_back("- " + sentence(reason.message) + (reason.hint.empty() ? "" : "<br>👉 " + sentence(reason.hint)) + "\n");
  }
  for (const model::Weakening& weakening : decision.weakenings) {
    const std::string origin = weakening.origin.empty() ? "" : " (" + code(weakening.origin) + ")";
    section.rows.push_back("- Weaker than the default: " + sentence(weakening.message) + origin + "\n");
  }
  return section;
}

std::string table_row(std::string_view label, const std::string& content) {
  return content.empty() ? "" : "| " + std::string(label) + " | " + content + " |\n";
}

std::string change_of(const Finding& finding) {
  std::string text = sentence(finding.message);
  for (std::size_t at = 0; at < std::min<std::size_t>(finding.evidence.size(), 2); ++at) {
    const std::string where = place(finding.evidence[at].location);
    const std::string note = finding.evidence[at].note.empty() ? "" : " " + sentence(finding.evidence[at].note.view(), 120);
    if (!where.empty()) text += "<br>" + where + note;
  }
  return text;
}

std::string path_of(const Finding& finding) {
  std::string text = codes_joined(path_words(finding, 8), " → ");
  const std::string reach = codes_joined(reach_words(finding, 6), ", ");
  if (!reach.empty()) text += (text.empty() ? "reaches " : "; reaches ") + reach;
  return text;
}

std::string score_of(const Finding& finding) {
  std::string text;
  for (const std::string& part : score_words(finding)) text += (text.empty() ? "" : "; ") + sentence(part);
  return text;
}

std::string identity_of(const Finding& finding) {
  const std::string owner = finding.owner.empty() ? "no owner is named" : "owner " + code(finding.owner);
  return owner + " · " + code(finding.rule) + " · " + code(finding.fingerprint.substr(0, 12));
}

std::string cut_rows(const Finding& finding) {
  std::string rows;
  for (const std::string& cut : cut_words(finding)) rows += table_row(rows.empty() ? "Cheapest cut" : "and", sentence(cut));
  return rows;
}

std::string finding_table(const Finding& finding) {
  const std::string score = model::tenths_to_string(finding.risk.score_tenths) + " " + std::string(to_string(finding.risk.band));
  const std::string effect = model::is_blocking(finding) ? " · **" + std::string(effect_words(finding)) + "**"
                                                         : " · " + std::string(effect_words(finding));
  return "\n| " + std::string(sign_of(finding.risk.band)) + " **" + score + "** | **" + sentence(finding.title, 160) + "**" +
         effect + " |\n|---|---|\n" + table_row("Change", change_of(finding)) + table_row("Why", sentence(finding.why)) +
         table_row("Path", path_of(finding)) + table_row("Fix", sentence(finding.remediation)) +
         table_row("Remains", sentence(remaining_words(finding))) + cut_rows(finding) +
         table_row("Also fixed", codes_joined(also_fixed_words(finding, 6), ", ")) +
         table_row("Score", score_of(finding) + " · " + identity_of(finding));
}

Section top_of(const Decision& decision, const FindingGroups& groups) {
  Section section{"important findings", "", {}, ""};
  for (const std::size_t index : groups.top) section.rows.push_back(finding_table(decision.findings[index]));
  return section;
}

Section questions_of(const Decision& decision) {
  Section section{"questions", "\n| | Before | After |\n|---|---|---|\n", {}, ""};
  for (const QuestionRow& row : question_rows(decision)) {
    const std::string after = row.before == row.after ? sentence(row.after, 160) : "**" + sentence(row.after, 160) + "**";
    section.rows.push_back("| " + std::string(row.question) + " | " + sentence(row.before, 160) + " | " + after + " |\n");
  }
  return section;
}

std::string fold(std::string_view summary, bool is_open = false) {
  return std::string("\n<details") + (is_open ? " open" : "") + "><summary>" + std::string(summary) + "</summary>\n\n";
}
constexpr std::string_view k_unfold = "\n</details>\n";

Section picture_section(const Decision& decision) {
  Section section{"picture", "", {}, std::string(k_unfold)};
  if (decision.picture.entities.empty()) return section;
  PictureOptions options = picture_options_for(decision);
  options.remark = Remark::none;  // it stands below
  const std::string note = left_out(decision.picture, options);
  section.open = fold("Picture of the change", decision.picture.entities.size() <= k_open_picture);
  section.rows.push_back("```mermaid\n" + mermaid(decision.picture, options) +
                         "```\n\n🟩 added · 🟥 removed · 🟨 modified · ⬜ context" + (note.empty() ? "" : ". " + note) +
                         "\n");
  return section;
}

std::string finding_row(const Finding& finding) {
  const std::string where = finding.evidence.empty() ? "" : place(finding.evidence.front().location);
  return "| " + std::string(sign_of(finding.risk.band)) + " " + model::tenths_to_string(finding.risk.score_tenths) + " | " +
         code(finding.rule) + " | " + sentence(finding.message.empty() ? finding.title : finding.message, 240) + " | " + where +
         " |\n";
}

/// What decides, in a few lines: the details of the most important ones follow, those of others are in the row.
std::string overview_row(const Finding& finding, bool has_details) {
  const auto fixed = score_after_fix(finding);
  const std::string score = std::string(sign_of(finding.risk.band)) + "&nbsp;**" +
                            model::tenths_to_string(finding.risk.score_tenths) + "**" +
                            (fixed ? "&nbsp;→&nbsp;" + model::tenths_to_string(*fixed) : "");
  std::string text = "**" + std::string(effect_words(finding)) + "** · " + sentence(headline(finding), 240);
  if (!finding.evidence.empty() && !finding.evidence.front().location.file.empty())
    text += "<br>" + place(finding.evidence.front().location);
  if (!has_details && !finding.remediation.empty()) text += "<br>Fix: " + sentence(finding.remediation, 300);
  return "| " + score + " | " + text + " | " + (finding.owner.empty() ? "*nobody*" : code(finding.owner)) + " |\n";
}

Section overview_of(const Decision& decision, const FindingGroups& groups) {
  Section section{"an overview of findings", "\n| Score&nbsp;→&nbsp;fixed | What | Owner |\n|---|---|---|\n", {}, ""};
  for (const std::size_t index : groups.top) section.rows.push_back(overview_row(decision.findings[index], true));
  for (const std::size_t index : groups.blocking) section.rows.push_back(overview_row(decision.findings[index], false));
  return section;
}

Section list_of(const Decision& decision, const std::vector<std::size_t>& indexes, const std::string& name,
                const std::string& title) {
  Section section{
      name,
      fold(title + " (" + std::to_string(indexes.size()) + ")") + "| Score | Rule | Finding | Where |\n|---|---|---|---|\n",
      {},
      std::string(k_unfold)};
  for (const std::size_t index : indexes) section.rows.push_back(finding_row(decision.findings[index]));
  return section;
}

Section changes_of(const Decision& decision) {
  Section section{"changes",
                  fold("All changes (" + std::to_string(decision.changes.size()) + ")") + std::string(k_changes_head),
                  {},
                  std::string(k_unfold)};
  for (std::string& row : library_rows(decision.changes)) section.rows.push_back(std::move(row));
  for (const model::ReportedChange& change : decision.changes) {
    if (!is_library_change(change)) section.rows.push_back(change_row(change));
  }
  for (const auto& [removed, added] : decision.renames) section.rows.push_back(rename_row(removed, added));
  return section;
}

/// What keeps things from being judged: not behind a fold when it decides.
Section troubles_of(const Decision& decision) {
  const bool is_open = decision.verdict == model::Verdict::indeterminate;
  Section section{"troubles",
                  fold("What could not be read or judged", is_open) + "| | Where | What |\n|---|---|---|\n",
                  {},
                  std::string(k_unfold)};
  for (const model::RuleProblem& problem : decision.problems) {
    section.rows.push_back("| " + std::string(problem.makes_indeterminate ? "❌" : "🟡") + " | " + code(problem.rule) + " | " +
                           sentence(problem_words(problem)) + " |\n");
  }
  for (const base::Severity severity : {base::Severity::error, base::Severity::warning}) {
    for (const base::Diagnostic& diagnostic : decision.diagnostics) {
      if (diagnostic.severity != severity) continue;
      const std::string hint = diagnostic.hint.empty() ? "" : "<br>👉 " + sentence(diagnostic.hint);
      section.rows.push_back("| " + std::string(severity == base::Severity::error ? "❌" : "🟡") + " " + code(diagnostic.code) +
                             " | " + place(diagnostic.location) + " | " + sentence(diagnostic.message) + hint + " |\n");
    }
  }
  return section;
}

Section shares_of(const Decision& decision, const FindingGroups& groups) {
  Section section{"explanations of scores",
                  fold("How the scores come about") + "| Finding | Lost | To | Because |\n|---|---|---|---|\n",
                  {},
                  std::string(k_unfold)};
  for (const std::size_t index : groups.top) {
    const Finding& finding = decision.findings[index];
    for (const model::RiskFactorShare& share : finding.risk.shares) {
      section.rows.push_back("| " + code(finding.rule) + " | " + model::tenths_to_string(share.tenths_lost) + " | " +
                             std::string(to_string(share.factor)) + " | " + sentence(share.explanation) + " |\n");
    }
  }
  return section;
}

std::string source_row(std::string_view name, const model::JudgedSource& source) {
  std::string text = code(source.description) + ": " + counted(source.entities, "entity", "entities") + ", " +
                     counted(source.relations, "relation") + ", " + to_string(source.completeness);
  if (source.commit) text += ", commit " + code(source.commit->substr(0, 12));
  if (source.unrecognised_files != 0) text += ", " + counted(source.unrecognised_files, "file") + " not recognised";
  for (const auto& [kind, count] : source.unread_kinds) text += "<br>not read: " + code(kind) + " (" + std::to_string(count) + ")";
  for (const model::JudgedReport& report : source.reports)
    text += "<br>" + counted(report.findings, "finding") + " of " + code(report.tool) + " read, " + std::to_string(report.bound) +
            " bound (" + code(report.path) + ")" + (report.succeeded ? "" : "; the run of the tool failed");
  return "| " + std::string(name) + " | " + text + " |\n";
}

Section basis_of(const Decision& decision) {
  Section section{"sources", fold("What this rests on") + "| | |\n|---|---|\n", {}, std::string(k_unfold)};
  section.rows = {source_row("Baseline", decision.baseline), source_row("Candidate", decision.candidate)};
  std::string packs;
  for (const auto& [name, version] : decision.packs) packs += (packs.empty() ? "" : ", ") + code(name + " " + version);
  section.rows.push_back("| Policy | " + counted(decision.rules, "rule") + (packs.empty() ? "" : " of " + packs) + " |\n");
  section.rows.push_back("| Risk model | " + code(decision.risk_model_version) + " |\n");
  return section;
}

}  // namespace

std::string markdown(const Decision& decision, const MarkdownOptions& options) {
  const FindingGroups groups = groups_of(decision);
  // In the order in which they are read, which is also the order of importance.
  const std::vector<Section> all = {
      reasons_of(decision),
      overview_of(decision, groups),
      picture_section(decision),
      top_of(decision, groups),
      questions_of(decision),
      troubles_of(decision),
      list_of(decision, groups.others, "findings", "Also new or worse"),
      list_of(decision, groups.told, "findings without a say in the verdict", "To know"),
      list_of(decision, groups.news, "findings of context drift", "News about what was there before"),
      list_of(decision, groups.fixed, "findings that are gone", "No longer there"),
      changes_of(decision),
      shares_of(decision, groups),
      list_of(decision, groups.unchanged, "findings that were there before", "There before, and not worse"),
      basis_of(decision)};
  std::vector<Section> sections;
  for (const Section& section : all) {
    if (!section.rows.empty()) sections.push_back(section);
  }
  const std::string foot = "\n<sub>Postern " + code(decision.tool_version, 40) + " · decision " +
                           code(decision_id(decision).substr(0, 16)) +
                           " · scores order what to look at; they are no probabilities</sub>\n";
  return within_budget(head_of(decision), sections, foot, std::max<std::size_t>(options.budget_bytes, 2'000));
}

}  // namespace postern::render
