// SPDX-License-Identifier: Apache-2.0
// Layouts: everything gets a place of its own, the same each time, and no request takes for ever.
#include <doctest/doctest.h>
#include <layout/graphviz.h>

#include <cmath>
#include <cstddef>

namespace postern::layout {
namespace {

using model::Layout;
using model::LayoutAnswer;
using model::LayoutRequest;
using model::LayoutTrouble;
using model::LineUse;
using model::Point;

/// `size` boxes in two frames and in none; from each a line to the one after the next.
LayoutRequest request_of(std::size_t size) {
  LayoutRequest request;
  request.frames = {{80}, {300}};
  for (std::size_t at = 0; at < size; ++at) request.boxes.push_back({120 + static_cast<double>(at % 3) * 20, 44, at % 3});
  for (std::size_t at = 0; at + 2 < size; ++at)
    request.lines.push_back({at, at + 2, at % 5 == 4 ? LineUse::spacer : LineUse::drawn});
  return request;
}

bool overlap(const LayoutRequest& request, const Layout& layout, std::size_t a, std::size_t b) {
  const double wide = (request.boxes[a].width + request.boxes[b].width) / 2;
  const double high = (request.boxes[a].height + request.boxes[b].height) / 2;
  return std::abs(layout.boxes[a].x - layout.boxes[b].x) < wide && std::abs(layout.boxes[a].y - layout.boxes[b].y) < high;
}

bool holds(const model::Rectangle& frame, const Point& point) {
  return point.x > frame.left && point.x < frame.left + frame.width && point.y > frame.top && point.y < frame.top + frame.height;
}

bool near_box(const LayoutRequest& request, const Layout& layout, std::size_t box, const Point& point) {
  return std::abs(point.x - layout.boxes[box].x) < request.boxes[box].width / 2 + 8 &&
         std::abs(point.y - layout.boxes[box].y) < request.boxes[box].height / 2 + 8;
}

TEST_CASE("boxes stand apart, within their frames, and lines lead from one to the other") {
  const LayoutRequest request = request_of(12);
  const LayoutAnswer answer = lay_out_with_graphviz(request);
  REQUIRE(answer.trouble == LayoutTrouble::none);
  const Layout& layout = answer.layout;
  REQUIRE(layout.boxes.size() == 12);
  REQUIRE(layout.frames.size() == 2);
  for (std::size_t a = 0; a < 12; ++a) {
    CHECK(layout.boxes[a].x > 0);
    CHECK(layout.boxes[a].x < layout.width);
    CHECK(layout.boxes[a].y > 0);
    CHECK(layout.boxes[a].y < layout.height);
    for (std::size_t b = a + 1; b < 12; ++b) CHECK_FALSE(overlap(request, layout, a, b));
    for (std::size_t frame = 1; frame <= 2; ++frame)
      CHECK(holds(layout.frames[frame - 1], layout.boxes[a]) == (request.boxes[a].frame == frame));
  }
  CHECK(layout.frames[1].width > 300);
  REQUIRE(layout.lines.size() == request.lines.size());
  for (std::size_t at = 0; at < request.lines.size(); ++at) {
    const model::PlacedLine& line = layout.lines[at];
    if (request.lines[at].use == LineUse::spacer) {
      CHECK(line.points.empty());
      continue;
    }
    REQUIRE(line.points.size() % 3 == 1);
    CHECK(near_box(request, layout, request.lines[at].source, line.points.front()));
    CHECK(near_box(request, layout, request.lines[at].target, line.tip));
  }
}

TEST_CASE("the same request has the same layout") {
  const LayoutAnswer one = lay_out_with_graphviz(request_of(20));
  const LayoutAnswer other = lay_out_with_graphviz(request_of(20));
  REQUIRE(one.layout.boxes.size() == other.layout.boxes.size());
  for (std::size_t at = 0; at < one.layout.boxes.size(); ++at) {
    CHECK(one.layout.boxes[at].x == other.layout.boxes[at].x);
    CHECK(one.layout.boxes[at].y == other.layout.boxes[at].y);
  }
}

TEST_CASE("a box that leads to itself and an empty request are laid out") {
  LayoutRequest request = request_of(1);
  request.lines.push_back({0, 0, LineUse::drawn});
  const LayoutAnswer answer = lay_out_with_graphviz(request);
  REQUIRE(answer.trouble == LayoutTrouble::none);
  CHECK(answer.layout.lines[0].points.size() > 3);
  CHECK(lay_out_with_graphviz({}).trouble == LayoutTrouble::none);
}

TEST_CASE("what cannot be laid out in time is said, not waited for") {
  LayoutRequest dense;
  for (std::size_t at = 0; at < 400; ++at) dense.boxes.push_back({100, 40, 0});
  for (std::size_t at = 0; at < 8'000; ++at) dense.lines.push_back({at * 7 % 400, at * at % 397, LineUse::drawn});
  CHECK(lay_out_with_graphviz(dense, std::chrono::milliseconds(20)).trouble == LayoutTrouble::too_slow);
  dense.lines.push_back({0, 1, LineUse::drawn});
  const LayoutAnswer refused = lay_out_with_graphviz(dense);
  CHECK(refused.trouble == LayoutTrouble::too_slow);
  CHECK_FALSE(refused.reason.empty());
}

}  // namespace
}  // namespace postern::layout
