// SPDX-License-Identifier: Apache-2.0
// What formats may ask for besides the thing that they render.
#pragma once
#include <postern/model/layout.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "render/text.h"

namespace postern::render {

/// What a source holds that nobody read: a map that keeps silent about it looks whole.
struct UnreadInputs {
  std::vector<std::pair<std::string, std::uint64_t>> kinds;  ///< with their numbers; sorted
  std::uint64_t files = 0;                                   ///< of no known format
};

struct RenderOptions {
  TextOptions text;            ///< formats other than text do not look at it
  UnreadInputs unread;         ///< of the one source that a map shows
  model::LayoutEngine layout;  ///< for pictures; none: formats do without, or say that they cannot
};

}  // namespace postern::render
