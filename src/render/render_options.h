// SPDX-License-Identifier: Apache-2.0
// What formats may ask for besides the thing that they render.
#pragma once
#include <postern/model/layout.h>

#include "render/text.h"

namespace postern::render {

struct RenderOptions {
  TextOptions text;            ///< formats other than text do not look at it
  model::LayoutEngine layout;  ///< for pictures; none: formats do without, or say that they cannot
};

}  // namespace postern::render
