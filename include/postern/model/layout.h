// SPDX-License-Identifier: Apache-2.0
// The nouns of a drawing: boxes and lines without a place, and the places that an engine finds for them. No text of an input is in
// either: an engine sees numbers alone.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace postern::model {

/// A point; y grows downwards. All measures of this header are in pixels of CSS (1/96 inch on paper).
struct Point {
  double x = 0;
  double y = 0;
};
struct Rectangle {
  double left = 0;
  double top = 0;
  double width = 0;
  double height = 0;
};

/// A box that wants a place.
struct LayoutBox {
  double width = 0;
  double height = 0;
  std::size_t frame = 0;  ///< 0: in none; else the frame of that number, counted from 1
};
/// Whether a line is drawn or only keeps its ends apart.
enum class LineUse : std::uint8_t { drawn, spacer };
/// A directed line between two boxes, by index.
struct LayoutLine {
  std::size_t source = 0;
  std::size_t target = 0;
  LineUse use = LineUse::drawn;
};
/// A frame around boxes, with room for a title.
struct LayoutFrame {
  double title_width = 0;
};
/// What is to be laid out, from left to right.
struct LayoutRequest {
  std::vector<LayoutBox> boxes;
  std::vector<LayoutLine> lines;
  std::vector<LayoutFrame> frames;
};

/// The way of a line: cubic Bézier segments (1, 4, 7... points), and the tip of its arrow. Nothing for a spacer.
struct PlacedLine {
  std::vector<Point> points;
  Point tip;
};
/// The places: lists in the order of the request.
struct Layout {
  double width = 0;
  double height = 0;
  std::vector<Point> boxes;  ///< centres
  std::vector<PlacedLine> lines;
  std::vector<Rectangle> frames;
};

/// Why there is no layout.
enum class LayoutTrouble : std::uint8_t { none, no_engine, too_slow, failed };
struct LayoutAnswer {
  LayoutTrouble trouble = LayoutTrouble::no_engine;
  std::string reason;  ///< a sentence about the trouble, with what helps
  Layout layout;
};
/// Finds places. The same request gives the same answer, but for `too_slow`.
using LayoutEngine = std::function<LayoutAnswer(const LayoutRequest&)>;

}  // namespace postern::model
