// SPDX-License-Identifier: Apache-2.0
// What a rule says about a subject that it fired for: its computed texts, severity and salient values.
#pragma once
#include <string>
#include <vector>

#include "policy/pack.h"
#include "policy/subjects.h"

namespace postern::policy {

struct Description {
  std::string message;
  std::string why;
  std::string root_cause;  ///< empty: the rule names none
  double severity = 0;
  std::vector<std::string> salient;  ///< sorted, distinct
  std::string trouble;               ///< the first text that could not be computed; empty when all could
};

/// Computes everything. What is unknown is replaced by plainer words; what fails as well, and is told in `trouble`. A severity that
/// cannot be computed is 10: what is not known never discounts.
[[nodiscard]] Description describe(const Rule& rule, const Activation& activation, const std::string& subject_name);

}  // namespace postern::policy
