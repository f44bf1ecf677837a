// SPDX-License-Identifier: Apache-2.0
// The sections of a report, each empty when there is nothing to say.
#pragma once
#include <postern/model/decision.h>

#include <vector>

#include "render/html/pieces.h"
#include "render/svg/map_drawing.h"

namespace postern::render::html {

/// Reasons that the findings do not show themselves, and where enforcement is weaker than the default.
[[nodiscard]] Markup notices(const model::Decision& decision);
/// The questions of every deploy, before and after.
[[nodiscard]] Section questions(const model::Decision& decision);
/// The picture with its legend, and all that it shows as a table.
[[nodiscard]] Section map_section(const svg::MapDrawing& drawing);
/// Every change but those of libraries.
[[nodiscard]] Section changes(const model::Decision& decision);
/// Changes of libraries, a fold for each service.
[[nodiscard]] Section libraries(const model::Decision& decision);
/// Rules without an answer, and what could not be read.
[[nodiscard]] Section troubles(const model::Decision& decision);
/// Sources, rules, digests: what the decision is bound to.
[[nodiscard]] Section basis(const model::Decision& decision);

}  // namespace postern::render::html
