// SPDX-License-Identifier: Apache-2.0
// One rule's condition on one list of subjects.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "policy/evaluate.h"
#include "policy/guard_index.h"
#include "policy/subjects.h"

namespace postern::policy {

/// A subject that a rule fired for.
struct Hit {
  std::uint32_t subject = 0;
  bool undecided = false;  ///< the condition is unknown, and the rule says that this fires
};

/// What came of one rule on one list of subjects.
struct Judgement {
  std::vector<Hit> hits;                    ///< ascending
  std::vector<std::uint32_t> without_word;  ///< unknown or failed and therefore not among the hits; ascending
  std::uint64_t judged = 0;
  std::uint64_t undecided = 0;  ///< all unknown ones, those that fire included
  std::uint64_t failed = 0;
  std::string first_unknown;  ///< "SUBJECT: NAMES" of the first
  std::string first_failure;  ///< "SUBJECT: MESSAGE" of the first
};

/// Evaluates `rule.when` on all candidates among `subjects`.
[[nodiscard]] Judgement judge(const Rule& rule, const Subjects& subjects, const GuardIndex& index, Candidates candidates);

}  // namespace postern::policy
