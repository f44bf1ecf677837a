// SPDX-License-Identifier: Apache-2.0
// Trying an expression on two states: which subjects match, why, and which part of it keeps the others out.
#pragma once
#include <postern/model/delta.h>
#include <postern/model/environment.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/pack.h"

namespace postern::policy {

/// An expression that is ready to be tried.
struct TrialExpression {
  model::SubjectKind subject = model::SubjectKind::entity;
  cel::Program program;
};

/// Compiles `expression` for the kind of subject whose variables it uses. When it compiles for none: nothing, after the issues of
/// the kind that fits best, with carets, were added to `sink`.
[[nodiscard]] std::optional<TrialExpression> compile_trial(const std::string& expression, base::DiagnosticSink& sink);

/// A part of the expression and what it came to.
struct TrialStep {
  std::size_t depth = 0;  ///< of the part within the expression; the whole is 0
  std::string expression;
  std::string value;
};

/// A subject and what the expression came to.
struct TrialSubject {
  std::string name;
  std::string state;  ///< `new`, `unchanged`, `gone`; the kind of change for changes
  std::string value;
  std::vector<TrialStep> steps;  ///< as they stand in the source
};

/// A part that may decide, over all subjects of the candidate (or of the delta).
struct TrialTerm {
  std::size_t depth = 0;
  std::string expression;
  cel::Tally tally;
};

struct Trial {
  bool is_condition = true;             ///< the expression comes to true or false; else `matches` are all subjects
  std::uint64_t subjects = 0;           ///< of the candidate or the delta
  std::vector<TrialSubject> matches;    ///< true; by subject; those that only the baseline has come last
  std::vector<TrialSubject> undecided;  ///< unknown
  std::vector<TrialSubject> failed;
  std::vector<TrialTerm> terms;
};

/// Evaluates on every subject. Entities and relations of the candidate that match count as `new` unless the same subject matches in
/// the baseline.
[[nodiscard]] Trial try_expression(const TrialExpression& expression, const model::ArchitectureGraph& baseline,
                                   const model::ArchitectureGraph& candidate, const model::Delta& delta,
                                   const model::Environment& environment);

}  // namespace postern::policy
