// SPDX-License-Identifier: Apache-2.0
// Runs compiled code.
#pragma once
#include <span>
#include <vector>

#include "cel/code.h"

namespace postern::cel {

/// What each node came to, in the order in which nodes were finished first; or, with `tallies`, how often it came to what.
struct Trace {
  Tallies* tallies = nullptr;
  std::vector<std::pair<std::uint32_t, Value>> entries;
  std::vector<std::uint32_t> places;  ///< node index to position in entries, plus one
  void record(std::uint32_t node, const Value& value);
};

/// Evaluates the whole of `code`. `trace` may be null.
[[nodiscard]] Value evaluate_code(const Code& code, std::span<const Value> activation, const EvaluationLimits& limits,
                                  const void* host, Trace* trace);

/// Evaluates one node that uses neither variables nor locals, reading constants from `constants` (for folding while generating).
[[nodiscard]] Value evaluate_node(const Code& code, std::span<const Value> constants, std::uint32_t node, std::uint64_t steps);

}  // namespace postern::cel
