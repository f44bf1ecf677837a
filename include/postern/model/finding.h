// SPDX-License-Identifier: Apache-2.0
// What a rule has to say about one subject: what changed, where, why it matters, how to fix it, who owns it.
#pragma once
#include <postern/model/delta.h>
#include <postern/model/risk.h>
#include <postern/model/weakness.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace postern::model {

/// How a finding compares with the baseline, in the words of SARIF. The gate blocks on `added` (SARIF: new) and `updated`.
enum class BaselineState : std::uint8_t { added, unchanged, updated, absent };
/// `new`, `unchanged`, `updated`, `absent`.
[[nodiscard]] const char* to_string(BaselineState state);

/// What a rule may do to a release.
enum class Enforcement : std::uint8_t {
  informative,  ///< is told, and leaves the verdict as it is
  advisory,     ///< warns
  soft,         ///< blocks, can be overridden
  hard          ///< blocks, cannot be overridden
};
[[nodiscard]] const char* to_string(Enforcement enforcement);
[[nodiscard]] std::optional<Enforcement> enforcement_from(std::string_view text);

/// What a rule judges.
enum class SubjectKind : std::uint8_t { entity, relation, change, finding };
[[nodiscard]] const char* to_string(SubjectKind kind);
[[nodiscard]] std::optional<SubjectKind> subject_kind_from(std::string_view text);

/// What a rule does when its condition is unknown.
enum class OnUnknown : std::uint8_t { fire, report, indeterminate };
[[nodiscard]] const char* to_string(OnUnknown on_unknown);
[[nodiscard]] std::optional<OnUnknown> on_unknown_from(std::string_view text);

/// What the finding is about. Stable across kinds, line numbers, image tags and file positions.
struct FindingSubject {
  SubjectKind kind = SubjectKind::entity;
  EntityId entity;                     ///< the entity; the source of a relation
  std::optional<RelationId> relation;  ///< for relations and changes of relations
  std::string attribute;               ///< salient attribute of a change (`exposure`, `server.privileged`); empty otherwise
  std::optional<ChangeKind> change;    ///< for changes
};
/// `shop/production/default/cart`, `A -network-> B`, with `: attribute` where there is one.
[[nodiscard]] std::string to_string(const FindingSubject& subject);

/// The override that let a finding through, as it was approved.
struct Admission {
  std::string override_id;
  std::string expires;               ///< RFC 3339, UTC
  std::int32_t approved_tenths = 0;  ///< the score that was approved, in tenths of a point
};

/// A step of a way in, as people name it.
struct WayStep {
  std::string from;         ///< `internet` (or another zone) for the way in itself, else an address
  std::string to;           ///< address
  base::Location location;  ///< where the step is declared, if anywhere
};

/// The step that is cut with the least effort, or one of several that must all be cut, and what that does.
struct CheapestCut : WayStep {
  bool is_new = false;               ///< the release brings the step: nobody depends on it yet
  std::int32_t score_tenths = 0;     ///< of the finding without the step, and without those before it where there are several
  std::uint64_t other_findings = 0;  ///< new or worse, whose way in has the same step
};

/// Why a way is open after the fix.
enum class WayOrigin : std::uint8_t {
  release,  ///< it is brought by the release as well
  before,   ///< the baseline has it
  restored  ///< the release took it away for the one that the fix closes
};
[[nodiscard]] const char* to_string(WayOrigin origin);

/// The easiest way in that is open once a finding is fixed.
struct RemainingWay {
  std::vector<std::string> steps;  ///< the zone, then addresses; the last is the subject's
  base::Location location;         ///< of its first step that the release brings, else of its entrance
  WayOrigin origin = WayOrigin::release;
};

/// A finding that is mended along with another one.
struct SameCause {
  std::string fingerprint;
  std::string rule;
  std::string subject;  ///< address; of a relation its source; of a weakness with its name
};

/// One finding.
struct Finding {
  std::string rule;  ///< rule id, unique over all packs in use
  std::string pack;  ///< pack name
  std::string title;
  std::string category;  ///< attack-surface, removed-controls, secrets...; the pack's subject
  FindingSubject subject;
  std::optional<EntityKind> entity_kind;  ///< of the subject, or of a relation's source, where a graph has it
  std::string fingerprint;  ///< 64 hexadecimal digits: rule, subject and salient attribute; unique within a decision (asserted)
  BaselineState state = BaselineState::added;
  Enforcement enforcement = Enforcement::advisory;
  Band block_at = Band::medium;
  double severity = 0;     ///< 0..10, the rule's
  bool undecided = false;  ///< the condition was unknown; the rule says what that means
  std::string message;
  std::string why;  ///< why it matters here, with what an attacker would reach
  std::string remediation;
  std::vector<std::string> references;
  std::string owner;                 ///< empty: nobody is named
  std::string root_cause;            ///< findings of one root cause share it; the top three count root causes
  std::vector<Evidence> evidence;    ///< candidate side; for removals the baseline side
  std::vector<std::string> salient;  ///< values that decided, as approved by an override: address ranges, data classes...
  std::vector<EntityId> reach;       ///< what an attacker would reach from the subject, nearest first
  std::optional<Weakness> weakness;  ///< what a rule about weaknesses fired on; else nothing
  RiskFactors factors;
  RiskAssessment risk;
  std::optional<Admission> admission;  ///< let through by an override that still holds
  std::optional<RiskDrift> drift;      ///< against the same finding in the baseline
  std::optional<std::int32_t> score_after_fix_tenths;
  std::optional<WayStep> fix_closes;      ///< what the score after the fix takes for closed
  std::optional<RemainingWay> remaining;  ///< what it takes for open, where that matters
  std::optional<CheapestCut> cut;         ///< of the top three: a step that lowers the score when it is cut
  std::vector<CheapestCut> further_cuts;  ///< that must go as well before the score falls that far
  std::vector<SameCause> also_fixed;      ///< of the top three: new or worse findings of the same root cause
};

/// rule + canonical subject + salient attribute, hashed with lengths so that parts never run together.
[[nodiscard]] std::string fingerprint_of(std::string_view rule, const FindingSubject& subject);

/// New or updated: the release brought it.
[[nodiscard]] bool is_fresh(const Finding& finding);
/// Fresh, and of a rule that has a say in the verdict.
[[nodiscard]] bool is_risky(const Finding& finding);
/// Whether this finding on its own stops a release: fresh, its rule may block, and its band is high enough.
[[nodiscard]] bool is_blocking(const Finding& finding);

/// A rule that could not be decided or that failed, for the report.
struct RuleProblem {
  std::string rule;
  std::string pack;
  std::uint64_t undecided_subjects = 0;
  std::uint64_t failed_subjects = 0;
  std::string first_message;  ///< of the first failure or the names of what is unknown
  bool makes_indeterminate = false;
};

}  // namespace postern::model
