// SPDX-License-Identifier: Apache-2.0
// What the findings that people see first say beyond the others: what is fixed along with them, and which step to cut.
#pragma once
#include <vector>

#include "app/scoring.h"

namespace postern::app {

/// Of ranked findings: writes into each of the top three the new or worse findings of the same root cause, and the fewest steps of
/// its ways in that lower its score when they are cut: those that the release brings, since nobody depends on them yet, or a single
/// one where that saves clearly more. An entrance that was open before is left alone. A few searches for each step of three ways:
/// the cost does not depend on the number of findings. Uses up to `threads` threads.
void explain_top(std::vector<model::Finding>& findings, const RiskSides& sides, unsigned threads);

}  // namespace postern::app
