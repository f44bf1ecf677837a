// SPDX-License-Identifier: Apache-2.0
// Notices, questions, changes, libraries, troubles.
#include "render/html/sections.h"

#include <postern/base/text.h>

#include <algorithm>
#include <array>

#include "render/libraries.h"
#include "render/words.h"

namespace postern::render::html {
namespace {

using model::Decision;

constexpr std::size_t k_open_changes = 12;
constexpr std::size_t k_most_library_rows = 200;

Markup side(bool is_there, const std::string& value) {
  return is_there ? code(value) : element("span", "nothing", words("not set"));
}

Markup change_cell(const model::ReportedChange& change) {
  if (change.kind != model::ChangeKind::modified) return text(change.what + " " + to_string(change.kind));
  return text(change.attribute) + words(" ") + side(change.has_before, change.before) + words(" → ") +
         side(change.has_after, change.after);
}

Markup change_row(const model::ReportedChange& change) {
  const Markup where = change.derived ? element("span", "nothing", words("derived")) : place(change.location);
  return row({change_sign(change.kind), code(change.subject), change_cell(change), where});
}

Markup library_fold(const LibraryDrift& drift) {
  Markup rows;
  const std::size_t shown = std::min(drift.lines.size(), k_most_library_rows);
  for (std::size_t at = 0; at < shown; ++at) rows += row({code(drift.lines[at].name), text(drift.lines[at].text)});
  return fold(code(drift.owner) + words(" ") + element("span", "note", text(drift_words(drift))),
              table("libraries", "Changes of libraries", {"Library", "Change"}, rows) + rest(drift.lines.size(), shown));
}

struct SeverityRow {
  base::Severity severity;
  Word style;
};
constexpr std::array k_severities = {SeverityRow{base::Severity::error, "severity error"},
                                     SeverityRow{base::Severity::warning, "severity warning"},
                                     SeverityRow{base::Severity::note, "severity"}};

Markup diagnostic_row(const base::Diagnostic& diagnostic, Word style) {
  std::string message = diagnostic.context.empty() ? "" : base::join(diagnostic.context, " > ") + ": ";
  message += diagnostic.message;
  const Markup hint = diagnostic.hint.empty() ? Markup() : element("p", "hint", text(diagnostic.hint));
  return row({element("span", style, text(to_string(diagnostic.severity))) + words(" ") + code(diagnostic.code),
              text(message) + hint, place(diagnostic.location)});
}

Markup diagnostics_of(const Decision& decision) {
  Markup rows;
  std::size_t shown = 0;
  for (const SeverityRow& each : k_severities) {
    for (const base::Diagnostic& diagnostic : decision.diagnostics) {
      if (diagnostic.severity != each.severity || shown == k_most_rows) continue;
      rows += diagnostic_row(diagnostic, each.style);
      ++shown;
    }
  }
  if (rows.empty()) return {};
  return table("diagnostics", "What could not be read or judged", {"Code", "What", "Where"}, rows) +
         rest(decision.diagnostics.size(), shown);
}

Markup problems_of(const Decision& decision) {
  Markup rows;
  for (const model::RuleProblem& problem : decision.problems) {
    rows += row({code(problem.rule), text(problem_words(problem)),
                 problem.makes_indeterminate ? element("span", "severity error", words("decides")) : words("does not decide")});
  }
  return rows.empty() ? Markup() : table("problems", "Rules that could not be decided", {"Rule", "Why", "Effect"}, rows);
}

Markup notice(Word style, const Markup& content) { return element("li", style, content) + line_end(); }

}  // namespace

Markup notices(const Decision& decision) {
  Markup items;
  for (const model::Reason& reason : decision.reasons) {
    if (repeats_finding(reason)) continue;
    items += notice(
        "notice", element("p", text(reason.message)) + (reason.hint.empty() ? Markup() : element("p", "hint", text(reason.hint))));
  }
  for (const model::Weakening& weakening : decision.weakenings) {
    items += notice("notice weaker", element("p", element("b", words("Weaker than the default: ")) + text(weakening.message) +
                                                      (weakening.origin.empty() ? Markup() : words(" ") + code(weakening.origin))));
  }
  return items.empty() ? Markup() : element("ul", {fixed("class", "notices"), fixed("aria-label", "Reasons and notices")}, items);
}

Section questions(const Decision& decision) {
  Markup rows;
  for (const QuestionRow& each : question_rows(decision)) {
    const bool differs = each.before != each.after;
    rows += element("tr", {fixed("class", differs ? Word("differs") : Word("same"))},
                    element("th", {fixed("scope", "row")}, text(each.question)) + element("td", text(each.before)) +
                        element("td", differs ? element("b", text(each.after)) + element("span", "unseen", words(" (changed)"))
                                              : text(each.after))) +
            line_end();
  }
  Markup content;
  if (!rows.empty()) content = table("questions", "The questions of every deploy", {"Question", "Before", "After"}, rows);
  return {{"questions"}, "Before and after", {}, content};
}

Section changes(const Decision& decision) {
  Markup rows;
  std::size_t all = 0;
  std::size_t shown = 0;
  for (const model::ReportedChange& change : decision.changes) {
    if (is_library_change(change)) continue;
    if (++all > k_most_rows) continue;
    rows += change_row(change);
    ++shown;
  }
  for (const auto& [removed, added] : decision.renames) {
    rows += row({element("span", {fixed("class", "sign modified"), fixed("title", "renamed")}, words("=")),
                 code(added),
                 words("probably ") + code(removed) + words(" under a new name"),
                 {}});
  }
  Section section{{"changes"}, "Changes", std::to_string(all), {}};
  if (rows.empty()) return section;
  const Markup list = table("changes", "Changes of the architecture", {"", "Subject", "Change", "Where"}, rows) + rest(all, shown);
  const Markup summary = text(counted(all, "change") + " of the architecture");
  section.content = all <= k_open_changes ? list : fold(summary, list);
  return section;
}

Section libraries(const Decision& decision) {
  Markup folds;
  const std::vector<LibraryDrift> drifts = library_drift(decision.changes);
  const std::size_t shown = std::min<std::size_t>(drifts.size(), k_most_library_rows);
  for (std::size_t at = 0; at < shown; ++at) folds += library_fold(drifts[at]);
  return {{"libraries"}, "Libraries", std::to_string(drifts.size()), folds + rest(drifts.size(), shown)};
}

Section troubles(const Decision& decision) {
  const Markup problems = problems_of(decision);
  const Markup diagnostics = diagnostics_of(decision);
  Section section{
      {"troubles"}, "Not read or not judged", std::to_string(decision.problems.size() + decision.diagnostics.size()), {}};
  if (problems.empty() && diagnostics.empty()) return section;
  const auto errors = std::count_if(decision.diagnostics.begin(), decision.diagnostics.end(),
                                    [](const base::Diagnostic& one) { return one.severity == base::Severity::error; });
  const bool decides = decision.verdict == model::Verdict::indeterminate || errors != 0;
  const Markup summary = text(counted(decision.problems.size(), "rule") + " without an answer, " +
                              counted(decision.diagnostics.size(), "remark") + " about inputs");
  section.content = decides ? problems + diagnostics : fold(summary, problems + diagnostics);
  return section;
}

}  // namespace postern::render::html
