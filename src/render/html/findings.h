// SPDX-License-Identifier: Apache-2.0
// Findings on a page: a card for what decides, a fold for everything else; both say everything.
#pragma once
#include <postern/model/decision.h>

#include <cstddef>
#include <vector>

#include "render/html/pieces.h"

namespace postern::render::html {

/// An open card; `number` is that of the map, from 1.
[[nodiscard]] Markup finding_card(const model::Finding& finding, std::size_t number);
/// What decides in a few lines, each of which leads to its card.
[[nodiscard]] Markup overview(const model::Decision& decision, const std::vector<std::size_t>& numbered);
/// One fold a finding at `indexes`, as many as a page bears.
[[nodiscard]] Markup finding_folds(const model::Decision& decision, const std::vector<std::size_t>& indexes);

}  // namespace postern::render::html
