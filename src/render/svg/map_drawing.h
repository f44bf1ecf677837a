// SPDX-License-Identifier: Apache-2.0
// The architecture as SVG: places by a layout engine, everything else drawn here, by presentation attributes alone, so that it is
// shown under every content security policy. Style sheets of a page may recolour it through the classes of its parts.
#pragma once
#include <postern/model/decision.h>
#include <postern/model/layout.h>

#include <string>
#include <vector>

#include "render/markup.h"
#include "render/svg/figure.h"

namespace postern::render::svg {

/// One entry of the legend.
struct LegendItem {
  Markup sample;  ///< an `svg` of 30 by 20 pixels
  Word words;
};

/// A drawing for a page, or the reason why there is none.
struct MapDrawing {
  Markup picture;  ///< a group to stand in an `svg` of `width` by `height`; empty when nothing could be laid out
  double width = 0;
  double height = 0;
  std::vector<LegendItem> legend;             ///< of what is in the picture
  std::string remark;                         ///< what is folded or left out; may be empty
  std::string trouble;                        ///< why there is no picture; empty when there is one
  std::vector<model::PictureEntity> boxes;    ///< what is shown
  std::vector<model::PictureRelation> lines;  ///< between them
};

/// Draws `picture`; where the engine takes too long, with fewer and fewer boxes.
[[nodiscard]] MapDrawing draw_map(const model::Picture& picture, const MapOptions& options, const model::LayoutEngine& engine);

/// A file of its own: the drawing on white, with its legend and remark below. Throws UsageError with what helps when nothing
/// can be laid out.
[[nodiscard]] std::string map_document(const model::Picture& picture, const MapOptions& options, const model::LayoutEngine& engine);

}  // namespace postern::render::svg
