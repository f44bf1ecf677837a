// SPDX-License-Identifier: Apache-2.0
// Boxes, lines and marks as SVG.
#include "render/svg/parts.h"

#include <array>
#include <cmath>

#include "render/code_points.h"

namespace postern::render::svg {
namespace {

using model::Point;

/// One line of text, its baseline at `y`.
Markup label(Word style, double x, double y, double size, Word weight, Word fill, Word anchor, const Markup& content) {
  return element("text",
                 {fixed("class", style), measure("x", x), measure("y", y), measure("font-size", size), fixed("font-weight", weight),
                  fixed("fill", fill), fixed("text-anchor", anchor)},
                 content);
}

constexpr std::array k_box_classes = {Word("box added"), Word("box removed"), Word("box modified"), Word("box context")};
constexpr std::array k_line_classes = {Word("line added"), Word("line removed"), Word("line modified"), Word("line context")};
constexpr std::array k_sign_classes = {Word("sign added"), Word("sign removed"), Word("sign modified"), Word("sign context")};

Word class_of(const std::array<Word, 4>& classes, const Look& look) {
  for (std::size_t at = 0; at < classes.size(); ++at) {
    if (look.name.view() == classes[at].view().substr(classes[at].view().find(' ') + 1)) return classes[at];
  }
  return classes.back();
}

/// Kind, then classes of data as pills; the row is centred as a whole.
Markup second_row(const FigureBox& box, double drop) {
  const double kind_width = text_width(box.kind, 11);
  double width = kind_width;
  for (const std::string& tag : box.tags) width += k_tag_gap + tag_width(tag);
  double left = (box.width - width) / 2;
  Markup row = label("kind", left + kind_width / 2, 37 + drop, 11, "400", k_faint_ink, "middle", text(box.kind));
  left += kind_width;
  for (const std::string& tag : box.tags) {
    row += tag_drawing(left + k_tag_gap, 33 + drop, tag);
    left += k_tag_gap + tag_width(tag);
  }
  return row;
}

Markup signs_of(const FigureBox& box, const Look& look) {
  Markup signs;
  if (look.sign.view() != " ")
    signs += element("g", class_of(k_sign_classes, look), disc_drawing({0, 0}, 8, look.stroke, words(look.sign)));
  double x = box.width;
  for (const std::size_t number : box.numbers) {
    signs += element("g", "number", disc_drawing({x, 0}, 9, k_accent, text(std::to_string(number))));
    x -= 20;
  }
  return signs;
}

/// An arrow head from the end of a way to its tip.
Markup arrow(const model::PlacedLine& line, Word fill) {
  const Point& from = line.points.back();
  const double dx = line.tip.x - from.x;
  const double dy = line.tip.y - from.y;
  const double length = std::hypot(dx, dy);
  if (length < 0.5) return {};
  constexpr double k_half = 3.2;
  const double nx = -dy / length * k_half;
  const double ny = dx / length * k_half;
  Outline head;
  head.move(line.tip).line({from.x + nx, from.y + ny}).line({from.x - nx, from.y - ny}).close();
  return element("path", {fixed("class", "arrow"), fixed("fill", fill), outline(head)});
}

Outline way_of(const model::PlacedLine& line) {
  Outline way;
  way.move(line.points.front());
  for (std::size_t at = 1; at + 2 < line.points.size(); at += 3)
    way.curve(line.points[at], line.points[at + 1], line.points[at + 2]);
  return way;
}

Markup way_drawing(const model::PlacedLine& line, Word stroke, double width, Word dash) {
  return element("path", {fixed("class", "way"), fixed("fill", "none"), fixed("stroke", stroke), measure("stroke-width", width),
                          fixed("stroke-dasharray", dash), outline(way_of(line))}) +
         arrow(line, stroke);
}

Point middle_of(const model::PlacedLine& line) {
  const std::size_t segments = (line.points.size() - 1) / 3;
  if (segments == 0) return line.points.front();
  const std::size_t at = segments / 2 * 3;
  if (segments % 2 == 0) return line.points[at];
  const std::vector<Point>& p = line.points;
  return {(p[at].x + 3 * p[at + 1].x + 3 * p[at + 2].x + p[at + 3].x) / 8,
          (p[at].y + 3 * p[at + 1].y + 3 * p[at + 2].y + p[at + 3].y) / 8};
}

}  // namespace

Markup globe_drawing(const Point& centre, Word stroke) {
  constexpr double k_radius = 5.5;
  const auto ring = [&](double rx) {
    return element("ellipse", {measure("cx", centre.x), measure("cy", centre.y), measure("rx", rx), measure("ry", k_radius)});
  };
  Outline equator;
  equator.move({centre.x - k_radius, centre.y}).line({centre.x + k_radius, centre.y});
  return element("g", {fixed("class", "globe"), fixed("fill", "none"), fixed("stroke", stroke), measure("stroke-width", 1.2)},
                 ring(k_radius) + ring(2.4) + element("path", {outline(equator)}));
}

Markup disc_drawing(const Point& centre, double radius, Word fill, const Markup& sign) {
  return element("circle", {fixed("class", "disc"), measure("cx", centre.x), measure("cy", centre.y), measure("r", radius),
                            fixed("fill", fill), fixed("stroke", "#ffffff"), measure("stroke-width", 1.5)}) +
         label("on-disc", centre.x, centre.y + radius * 0.45, radius * 1.35, "700", "#ffffff", "middle", sign);
}

Markup tag_drawing(double left, double y, std::string_view tag) {
  const double width = tag_width(tag);
  return element("g", "tag",
                 element("rect", {measure("x", left), measure("y", y - 7), measure("width", width), measure("height", 14),
                                  measure("rx", 3), fixed("fill", "#5b3a9b")}) +
                     label("on-tag", left + width / 2, y + 3.5, 9.5, "600", "#ffffff", "middle", text(tag)));
}

Markup box_drawing(const FigureBox& box, const Point& centre) {
  const Look& look = look_of(box.entity->change);
  const double stack = box.entity->folded != 0 ? 5 : 0;
  const bool is_exposed = box.entity->exposure == "internet";
  const double name_centre = box.width / 2 - (is_exposed ? 9 : 0);
  // The lid of a cylinder takes room from the top.
  const double drop = model::is_store(box.entity->kind) && box.entity->folded == 0 ? 1.5 : 0;
  Markup content = element("title", text(box_words(*box.entity)));
  content += shape_drawing(*box.entity, box.width, box.height, look);
  content += label("name", name_centre, 21 + drop, 13, "600", k_ink, "middle", text(box.name));
  if (is_exposed) content += globe_drawing({name_centre + text_width(box.name, 13) / 2 + 9, 16.5 + drop}, k_accent);
  content += second_row(box, drop) + signs_of(box, look);
  return element("g",
                 {fixed("class", class_of(k_box_classes, look)),
                  moved(centre.x - (box.width + stack) / 2, centre.y - (box.height + stack) / 2)},
                 content) +
         line_end();
}

Markup internet_drawing(const Point& centre) {
  return element("g", {fixed("class", "internet"), moved(centre.x - k_internet_width / 2, centre.y - k_internet_height / 2)},
                 element("title", words("the internet")) +
                     element("rect", {measure("width", k_internet_width), measure("height", k_internet_height),
                                      measure("rx", k_internet_height / 2), fixed("fill", k_accent)}) +
                     globe_drawing({19, k_internet_height / 2}, "#ffffff") +
                     label("on-internet", 60, k_internet_height / 2 + 4.5, 13, "600", "#ffffff", "middle", words("internet"))) +
         line_end();
}

Markup line_drawing(const model::PlacedLine& line, const Look& look, std::string_view title) {
  if (line.points.empty()) return {};
  return element("g", class_of(k_line_classes, look),
                 element("title", text(title)) + way_drawing(line, look.stroke, look.width, look.dash)) +
         line_end();
}

Markup entry_drawing(const model::PlacedLine& line) {
  if (line.points.empty()) return {};
  return element("g", "line entry",
                 element("title", words("a way in from the internet")) + way_drawing(line, k_accent, 1.6, "none")) +
         line_end();
}

Markup line_sign(const model::PlacedLine& line, const Look& look) {
  if (line.points.empty() || look.sign.view() == " ") return {};
  return element("g", class_of(k_sign_classes, look), disc_drawing(middle_of(line), 7, look.stroke, words(look.sign))) + line_end();
}

Markup frame_drawing(const model::Rectangle& frame) {
  return element("rect", {fixed("class", "frame"), measure("x", frame.left), measure("y", frame.top), measure("width", frame.width),
                          measure("height", frame.height), measure("rx", 8), fixed("fill", "none"), fixed("stroke", "#aab2bb"),
                          measure("stroke-width", 1), fixed("stroke-dasharray", "3 3")}) +
         line_end();
}

Markup frame_title(const model::Rectangle& frame, std::string_view title) {
  return element(
             "g", {fixed("paint-order", "stroke"), fixed("stroke", "#ffffff"), measure("stroke-width", 4), fixed("class", "halo")},
             label("frame-title", frame.left + 10, frame.top + 16, 11, "600", k_faint_ink, "start", text(shortened(title, 40)))) +
         line_end();
}

}  // namespace postern::render::svg
