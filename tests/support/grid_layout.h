// SPDX-License-Identifier: Apache-2.0
// A layout engine without a library: boxes in rows, straight lines, frames around their boxes. For tests of what is drawn.
#pragma once
#include <postern/model/layout.h>

#include <algorithm>

namespace postern::test {

inline model::LayoutAnswer grid_layout(const model::LayoutRequest& request) {
  constexpr std::size_t k_columns = 6;
  constexpr double k_wide = 320;
  constexpr double k_high = 90;
  model::LayoutAnswer answer{model::LayoutTrouble::none, {}, {}};
  model::Layout& layout = answer.layout;
  for (std::size_t at = 0; at < request.boxes.size(); ++at) {
    layout.boxes.push_back(
        {k_wide * (static_cast<double>(at % k_columns) + 0.5), k_high * (static_cast<double>(at / k_columns) + 0.5)});
    layout.width = std::max(layout.width, layout.boxes.back().x + k_wide / 2);
    layout.height = std::max(layout.height, layout.boxes.back().y + k_high / 2);
  }
  for (const model::LayoutLine& line : request.lines) {
    model::PlacedLine& placed = layout.lines.emplace_back();
    if (line.use == model::LineUse::spacer) continue;
    const model::Point from = layout.boxes[line.source];
    const model::Point to = layout.boxes[line.target];
    placed.points = {from, from, to, {to.x - 8, to.y}};
    placed.tip = to;
  }
  for (std::size_t at = 0; at < request.frames.size(); ++at) layout.frames.push_back({0, 0, layout.width, layout.height});
  return answer;
}

}  // namespace postern::test
