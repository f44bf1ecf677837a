// SPDX-License-Identifier: Apache-2.0
// Outlines: a cylinder holds data, a hexagon lets in, what lies outside is round, everything else is a box.
#include <algorithm>
#include <array>

#include "render/svg/parts.h"

namespace postern::render::svg {
namespace {

using model::EntityKind;
using model::Point;

constexpr std::array k_looks = {
    Look{"added", "#e3f7e8", "#1a7f37", "none", "+", 2}, Look{"removed", "#ffebe9", "#c0202b", "6 4", "−", 2},
    Look{"modified", "#fff4d1", "#8a5d00", "10 3 2 3", "~", 2}, Look{"context", "#f6f8fa", "#8c959f", "none", " ", 1.2}};

std::vector<Attribute> ink(const Look& look) {
  return {fixed("class", "shape"), fixed("fill", look.fill), fixed("stroke", look.stroke), measure("stroke-width", look.width),
          fixed("stroke-dasharray", look.dash)};
}

Markup path(const Outline& shape, const Look& look) {
  std::vector<Attribute> attributes = ink(look);
  attributes.push_back(outline(shape));
  return element("path", attributes);
}

Markup rectangle(double x, double y, double width, double height, double radius, const Look& look) {
  std::vector<Attribute> attributes = ink(look);
  for (const Attribute& each :
       {measure("x", x), measure("y", y), measure("width", width), measure("height", height), measure("rx", radius)})
    attributes.push_back(each);
  return element("rect", attributes);
}

Markup cylinder(double width, double height, const Look& look) {
  constexpr double k_lid = 4;
  const double bend = k_lid * 1.33;
  Outline body;
  body.move({0, k_lid}).curve({0, k_lid - bend}, {width, k_lid - bend}, {width, k_lid});
  body.line({width, height - k_lid}).curve({width, height - k_lid + bend}, {0, height - k_lid + bend}, {0, height - k_lid}).close();
  Outline lid;
  lid.move({0, k_lid}).curve({0, k_lid + bend}, {width, k_lid + bend}, {width, k_lid});
  return path(body, look) + element("path", {fixed("class", "edge"), fixed("fill", "none"), fixed("stroke", look.stroke),
                                             measure("stroke-width", look.width), outline(lid)});
}

Markup hexagon(double width, double height, const Look& look) {
  constexpr double k_cut = 12;
  Outline shape;
  shape.move({k_cut, 0}).line({width - k_cut, 0}).line({width, height / 2}).line({width - k_cut, height});
  shape.line({k_cut, height}).line({0, height / 2}).close();
  return path(shape, look);
}

/// A queue: a box with a second edge on each side.
Markup pipe(double width, double height, const Look& look) {
  constexpr double k_inset = 6;
  Outline edges;
  edges.move({k_inset, 0}).line({k_inset, height}).move({width - k_inset, 0}).line({width - k_inset, height});
  return rectangle(0, 0, width, height, 4, look) +
         element("path", {fixed("class", "edge"), fixed("fill", "none"), fixed("stroke", look.stroke), measure("stroke-width", 1.2),
                          outline(edges)});
}

}  // namespace

const Look& look_of(const std::optional<model::ChangeKind>& change) {
  return k_looks.at(change ? static_cast<std::size_t>(*change) : k_looks.size() - 1);
}

Markup shape_drawing(const model::PictureEntity& entity, double width, double height, const Look& look) {
  const EntityKind kind = entity.kind;
  if (entity.folded != 0) return rectangle(5, 5, width, height, 6, look) + rectangle(0, 0, width, height, 6, look);
  if (kind == EntityKind::queue) return pipe(width, height, look);
  if (model::is_store(kind)) return cylinder(width, height, look);
  if (kind == EntityKind::gateway || kind == EntityKind::endpoint || kind == EntityKind::api) return hexagon(width, height, look);
  const bool is_outside = kind == EntityKind::third_party || kind == EntityKind::external || kind == EntityKind::unresolved;
  return rectangle(0, 0, width, height, is_outside ? height / 2 : 6, look);
}

}  // namespace postern::render::svg
