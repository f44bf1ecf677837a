// SPDX-License-Identifier: Apache-2.0
// What each code of loading policy packs means.
#include "policy/codes.h"

namespace postern::policy {
namespace {

constexpr base::CodeRow k_codes[] = {
    {k_unreadable, "file of a policy pack cannot be read",
     "Each file of a pack is one YAML document. A pack is used whole or not at all: a rule that silently went missing would be a "
     "gap "
     "that nobody sees."},
    {k_not_a_pack, "not a policy pack",
     "pack.yaml begins with `apiVersion: postern/v1` and `kind: PolicyPack`; files below rules/ are of kind PolicyRules, files "
     "below "
     "tests/ of kind PolicyTests."},
    {k_unknown_key, "unknown key in a policy pack",
     "A misspelt key would be a setting that does nothing. `postern schema policy-pack` prints the keys that there are."},
    {k_missing_key, "key missing in a policy pack",
     "Some keys must be said: what a rule is about, when it fires, what it does when its condition cannot be known, how severe it "
     "is, "
     "what it tells and how to mend it."},
    {k_wrong_type, "value of the wrong type in a policy pack", "The key is known, but its value is of another type than it takes."},
    {k_wrong_value, "value out of range in a policy pack", "The key takes one of a few values, or a number within limits."},
    {k_duplicate_rule, "rule declared twice",
     "Ids of rules are unique over all packs in use: findings, overrides and reports name rules by their id alone."},
    {k_duplicate_pack, "pack declared twice", "Two packs in use have the same name. Rename one of them, or use one."},
    {k_bad_expression, "expression of a rule does not compile",
     "Conditions and messages are CEL. Names and types are checked when the pack is loaded, so that a misspelt attribute is found "
     "before it keeps a rule from firing. docs/reference/policy-language.md lists variables, fields and functions."},
    {k_wrong_result, "expression of a rule has the wrong type",
     "A condition comes to true or false, a message to a text, a severity to a number, salient values to texts or lists of texts."},
    {k_untested_rule, "rule without a case that fires or one that must not",
     "A rule that was never seen firing may never fire; one that was never seen silent may always fire. Packs that Postern ships "
     "are "
     "refused without both; other packs get a warning."},
    {k_unknown_rule, "case about a rule that does not exist", "The `rule` of a case names a rule of the same pack."},
    {k_no_pack, "no policy pack found", "A folder of packs holds `<pack>/pack.yaml`, or is itself a pack with a pack.yaml in it."},
    {k_constant_condition, "condition that is always the same",
     "The condition of the rule does not depend on the subject, so the rule fires always or never."},
    {k_constant_part, "part of a condition that is always the same",
     "An operand of && or || is constant: it either decides always or never. Often a comparison of two constants where a field was "
     "meant."},
    {k_unreachable_rule, "rule that can never fire",
     "The condition demands two different values of the same field, or a kind of change that `on` leaves out."},
    {k_impossible_value, "comparison with a value that never occurs",
     "The field has words of a closed list (kinds, exposures, names of attributes), and the constant is none of them. The language "
     "cannot know that, so the rule loads and never fires."},
    {k_not_indexable, "condition that is evaluated on every subject",
     "Comparisons with constants that stand alone or are joined by && let Postern skip most subjects without an evaluation. A "
     "condition without any costs more time; it is not wrong."},
    {k_silent_hard_rule, "hard rule that is silent when it cannot decide",
     "`on_unknown: report` lets a subject pass that could not be judged. For a rule that nobody may override that is probably not "
     "meant."},
    {k_no_reason, "rule without a reason", "Who sees a red gate wants to know why it matters: `why` says it."},
    {k_empty_message, "message without facts", "The message is the same for every subject. It should name what the rule found."},
    {k_no_reference, "rule without references",
     "`references` names the standard, law or benchmark that asks for the rule; `references_unverified` what nobody has checked."},
    {k_no_severity, "blocking rule without severity",
     "The severity goes into the risk score, which decides whether a rule blocks."},
    {k_twin_rule, "two rules with one condition", "Both fire on the same subjects, so that one cause is told twice."},
};

}  // namespace

std::span<const base::CodeRow> codes() noexcept { return k_codes; }

}  // namespace postern::policy
