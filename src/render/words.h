// SPDX-License-Identifier: Apache-2.0
// What reports say in words, before any sink: the texts may hold names from inputs and still have to be escaped.
#pragma once
#include <postern/model/decision.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace postern::render {

/// `1 change`, `2 changes`; `plural` where an s is not enough.
[[nodiscard]] std::string counted(std::uint64_t count, std::string_view noun, std::string_view plural = {});

/// Blocked, Passed, Passed with warnings, Not decided.
[[nodiscard]] std::string_view verdict_title(model::Verdict verdict);
/// The sentence under the verdict.
[[nodiscard]] std::string verdict_sentence(const model::Decision& decision);
/// `412 facts`, `37 changes`, `6 risky`, `1 blocking`; nothing when nothing was found.
[[nodiscard]] std::vector<std::string> funnel_words(const model::Funnel& funnel);

/// One question of every deploy with its answers on both sides.
struct QuestionRow {
  std::string_view question;
  std::string before;
  std::string after;
};
/// None when there is no service on either side.
[[nodiscard]] std::vector<QuestionRow> question_rows(const model::Decision& decision);

/// The score, how it moved, what it would be after the fix, and what is not known: `76.2 critical`, `53.8 -> 76.2, all of it from
/// newly reachable PII`, `12.1 after the fix`, `unknown: auth`.
[[nodiscard]] std::vector<std::string> score_words(const model::Finding& finding);
/// The score after the fix, from the finding or its assessment.
[[nodiscard]] std::optional<std::int32_t> score_after_fix(const model::Finding& finding);
/// Whether CISA knows that it is exploited; shown beside the score, whatever that is.
[[nodiscard]] bool is_known_exploited(const model::Finding& finding);
/// What the finding does: `blocks`, `warns`, either of them `, worse than before`; `was there before`, `fixed`.
[[nodiscard]] std::string_view effect_words(const model::Finding& finding);
/// What an attacker would reach, by address, with the classes of data that lie there; at most `most` of them.
[[nodiscard]] std::vector<std::string> reach_words(const model::Finding& finding, std::size_t most);
/// Steps of the easiest path from the zone where the attacker stands, at most `most`: the beginning and the end are kept.
[[nodiscard]] std::vector<std::string> path_words(const model::Finding& finding, std::size_t most);
/// What no reader knows, which is said whatever the verdict, since a misspelt kind would go unjudged: `not read: GROUP/VERSION/KIND
/// (2), 3 more kinds`; empty where everything was read. `kinds` with their numbers.
[[nodiscard]] std::string unread_words(const std::vector<std::pair<std::string, std::uint64_t>>& kinds);
/// Whether a reason repeats a finding, which reports show themselves.
[[nodiscard]] bool repeats_finding(const model::Reason& reason);
/// `(class production)`, or nothing where the environment is called by its class.
[[nodiscard]] std::string class_words(const model::Decision& decision);

/// The findings of a decision as reports group them, by index; each list in the order of the decision.
struct FindingGroups {
  std::vector<std::size_t> top;
  std::vector<std::size_t> blocking;   ///< block, and are neither among the top nor fixed with one of them
  std::vector<std::size_t> others;     ///< new or worse, block nothing, and likewise
  std::vector<std::size_t> told;       ///< fresh, without a say in the verdict
  std::vector<std::size_t> news;       ///< there before, and what is known of them is new: context drift
  std::vector<std::size_t> unchanged;  ///< there before, and not among the top
  std::vector<std::size_t> fixed;
};
[[nodiscard]] FindingGroups groups_of(const model::Decision& decision);

/// `internet -> shop/services/web (deploy/web.yaml:3:1), which this release brings: 1.6 without it` for each step that must be cut;
/// none where nothing is to cut.
[[nodiscard]] std::vector<std::string> cut_words(const model::Finding& finding);

/// `internet -> shop/services/web -> shop/web (deploy/web.yaml:3:1) is open as well; the fix closes ... only`: why the score falls
/// no further. Empty where the fix leaves nothing open that matters, and where the cuts name all ways that are open.
[[nodiscard]] std::string remaining_words(const model::Finding& finding);

/// Of a finding among the top: `RULE: subject` of each finding of the same root cause, the first `most`.
[[nodiscard]] std::vector<std::string> also_fixed_words(const model::Finding& finding, std::size_t most);

/// What a rule could not say: `could not be decided for 4 subjects: region of x`.
[[nodiscard]] std::string problem_words(const model::RuleProblem& problem);

/// Of a change: `exposure: cluster -> internet`, `added`, `removed`.
[[nodiscard]] std::string change_words(const model::ReportedChange& change);

}  // namespace postern::render
