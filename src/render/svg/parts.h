// SPDX-License-Identifier: Apache-2.0
// The parts of a map: boxes, lines, frames, signs. How a change looks is in one table: colour, outline and sign, so that nobody
// needs to tell colours apart.
#pragma once
#include <postern/model/delta.h>
#include <postern/model/layout.h>

#include <optional>
#include <string_view>

#include "render/markup.h"
#include "render/svg/figure.h"

namespace postern::render::svg {

/// How a change is drawn.
struct Look {
  Word name;  ///< the class, for style sheets
  Word fill;
  Word stroke;
  Word dash;  ///< `none`, or lengths
  Word sign;  ///< in a disc; a space: none
  double width;
};
/// The look of a change, or of what does not change.
[[nodiscard]] const Look& look_of(const std::optional<model::ChangeKind>& change);

/// A box around `centre`, with its title, outline, texts, marks and numbers.
[[nodiscard]] Markup box_drawing(const FigureBox& box, const model::Point& centre);
/// The circle that stands for the internet.
[[nodiscard]] Markup internet_drawing(const model::Point& centre);
/// A way with its arrow; `words` is its title.
[[nodiscard]] Markup line_drawing(const model::PlacedLine& line, const Look& look, std::string_view words);
/// A way in from the internet.
[[nodiscard]] Markup entry_drawing(const model::PlacedLine& line);
/// The sign of a changed line, in its middle; nothing for others.
[[nodiscard]] Markup line_sign(const model::PlacedLine& line, const Look& look);
[[nodiscard]] Markup frame_drawing(const model::Rectangle& frame);
/// The name of a frame, readable over lines that cross it.
[[nodiscard]] Markup frame_title(const model::Rectangle& frame, std::string_view title);

/// The outline of a kind of thing, `width` by `height` from the origin, with the attributes of its look.
[[nodiscard]] Markup shape_drawing(const model::PictureEntity& entity, double width, double height, const Look& look);
/// The globe of what can be reached from the internet, around a point.
[[nodiscard]] Markup globe_drawing(const model::Point& centre, Word stroke);
/// A disc with a sign in it.
[[nodiscard]] Markup disc_drawing(const model::Point& centre, double radius, Word fill, const Markup& sign);
/// A pill with the name of a class of data, its left edge at `left`, around `y`.
[[nodiscard]] Markup tag_drawing(double left, double y, std::string_view tag);

/// The colour of what comes from the internet and of numbers of findings.
inline constexpr Word k_accent{"#0b5fc4"};
inline constexpr Word k_ink{"#1c2128"};
inline constexpr Word k_faint_ink{"#57606a"};
inline constexpr Word k_font{"system-ui, -apple-system, Segoe UI, Roboto, Helvetica Neue, Arial, sans-serif"};

}  // namespace postern::render::svg
