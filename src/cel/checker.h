// SPDX-License-Identifier: Apache-2.0
// Resolves names and calls of an expression tree and deduces types.
#pragma once
#include <vector>

#include "cel/ast.h"
#include "cel/program.h"

namespace postern::cel {

struct CheckResult {
  std::vector<Issue> issues;  ///< positions have only the offset set
  std::uint32_t locals = 0;   ///< how many local slots an evaluation needs
};

/// Annotates `root`: meanings, slots, overloads, types. With checking off there are no issues: what cannot be resolved fails at run
/// time.
[[nodiscard]] CheckResult check(Expression& root, const Environment& environment, const CompileOptions& options);

}  // namespace postern::cel
