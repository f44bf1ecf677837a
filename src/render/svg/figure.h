// SPDX-License-Identifier: Apache-2.0
// What of a picture is drawn, with the sizes of its boxes: everything that is settled before places are looked for.
#pragma once
#include <postern/model/decision.h>
#include <postern/model/layout.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "render/picture_selection.h"

namespace postern::render::svg {

/// What a map shows.
struct MapOptions {
  std::size_t most_boxes = 60;  ///< more are folded into groups
  /// The subjects of numbered findings, most important first; an entity may be in several.
  std::vector<std::vector<model::EntityId>> findings;
};

/// One box with what stands in it.
struct FigureBox {
  const model::PictureEntity* entity = nullptr;
  std::string name;                  ///< cut to the longest that fits
  std::string kind;                  ///< `service`, `24 parts`
  std::vector<std::string> tags;     ///< classes of data, cut to three
  std::vector<std::size_t> numbers;  ///< of the findings that are about it, from 1
  double width = 0;
  double height = 0;
};

/// A map before it is laid out. Borrows from `folded`, so it is neither copied nor moved.
struct Figure {
  Figure(const model::Picture& picture, const MapOptions& options);
  Figure(const Figure&) = delete;
  Figure& operator=(const Figure&) = delete;

  model::Picture folded;
  Selection selection;
  std::vector<FigureBox> boxes;  ///< as selection.entities
  bool has_internet = false;     ///< a last box of the request, with lines to each way in
  std::string remark;            ///< what is folded or left out, in a sentence; may be empty

  /// Boxes, then the internet; relations, then the ways in, then spacers.
  [[nodiscard]] model::LayoutRequest request() const;
};

/// The box of the internet.
inline constexpr double k_internet_width = 108;
inline constexpr double k_internet_height = 36;

/// Columns that a text takes in a wide sans-serif font, in pixels: names fit in every font that browsers choose.
[[nodiscard]] double text_width(std::string_view text, double size);
/// The pill around the name of a class of data, and the gap before it.
[[nodiscard]] double tag_width(std::string_view tag);
inline constexpr double k_tag_gap = 5;
/// `third party`.
[[nodiscard]] std::string kind_words(model::EntityKind kind);
/// Of `postern-system/web`, with what it is: `shop/cart: service, added, reachable from the internet, holds PII`.
[[nodiscard]] std::string box_words(const model::PictureEntity& entity);
/// `shop/cart calls shop/orders, added`.
[[nodiscard]] std::string line_words(const model::PictureRelation& relation);

}  // namespace postern::render::svg
