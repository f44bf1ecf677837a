// SPDX-License-Identifier: Apache-2.0
// From findings and troubles to the verdict. There is no way from "could not decide" to `pass`.
#pragma once
#include <postern/model/decision.h>
#include <postern/model/environment.h>

#include <span>
#include <string>
#include <vector>

namespace postern::gate {

/// Why something could not be judged. Each has a row that says how much it counts in which class of environment.
enum class Trouble : std::uint8_t {
  input_unreadable,     ///< an input is missing, invalid, over its limits, or contradicts another one
  input_missing,        ///< a kind of input that the environment expects is not there
  baseline_unreadable,  ///< the baseline was named and cannot be read
  baseline_missing,     ///< no baseline was named, and none may be assumed
  kinds_unread,         ///< the candidate brings objects of kinds that no reader knows yet
  candidate_shrank,     ///< most of what runs would be gone, and nobody said that this is meant
  nothing_discovered,   ///< the candidate holds nothing that any reader knows
  no_rules,             ///< there is nothing to judge by
  threat_data_aging,    ///< the threat database is older than the age of warning
  threat_data_stale,    ///< it is older than the greatest age
  components_unknown,   ///< what a build holds cannot be told, though the weaknesses or bills of materials of builds are asked for
  threat_data_missing,  ///< a threat database was asked for, and holds no advisories
  rule_undecided        ///< a rule failed, or is undecided and says that this matters
};

/// One trouble that was met.
struct MetTrouble {
  Trouble trouble = Trouble::input_unreadable;
  std::string message;
  std::string hint;
};

/// What the verdict depends on.
struct Evidence {
  model::EnvironmentClass environment = model::EnvironmentClass::production;
  std::span<const model::Finding> findings;
  std::vector<MetTrouble> troubles;
  bool baseline_known = true;  ///< false: what is new cannot be told, so no finding blocks for certain
  int warn_exit_code = 0;
};

struct Outcome {
  model::Verdict verdict = model::Verdict::indeterminate;
  int exit_code = 3;
  std::vector<model::Reason> reasons;  ///< most important first
};

/// A certain block wins and is reported together with what could not be decided; else what is undecided; else warnings; else pass.
[[nodiscard]] Outcome decide(const Evidence& evidence);

/// The exit code of a verdict: 0 pass, `warn_exit_code` warn, 1 block, 3 indeterminate.
[[nodiscard]] int exit_code_of(model::Verdict verdict, int warn_exit_code);

}  // namespace postern::gate
