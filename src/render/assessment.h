// SPDX-License-Identifier: Apache-2.0
// What `postern assess` prints: the posture of one state.
#pragma once
#include <postern/model/decision.h>

#include <string>

#include "render/text.h"

namespace postern::render {

/// The questions of every deploy for one state, its top risks with everything that a finding answers, a row for each other one, and
/// what could not be judged. `decision` is that of a run against nothing.
[[nodiscard]] std::string assessment_text(const model::Decision& decision, const TextOptions& options = {});

}  // namespace postern::render
