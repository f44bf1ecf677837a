// SPDX-License-Identifier: Apache-2.0
// What of a picture is shown, when not all of it can be.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "render/picture.h"

namespace postern::render {

/// One box that is shown.
struct ShownEntity {
  const model::PictureEntity* entity = nullptr;
  bool decides = false;
  bool is_entry = false;  ///< an arrow from the internet leads here
  std::size_t frame = 0;  ///< index into the frames; 0: none
};
/// One line that is shown; the ends are indexes into the shown boxes.
struct ShownRelation {
  const model::PictureRelation* relation = nullptr;
  std::size_t source = 0;
  std::size_t target = 0;
};
struct Selection {
  std::vector<ShownEntity> entities;  ///< in the order of the picture
  std::vector<ShownRelation> relations;
  std::vector<std::string> frames;  ///< names; the first one is of those that stand in none
  std::size_t entities_in_all = 0;
  std::size_t relations_in_all = 0;
};

/// The entities that decide, then those that change, then their neighbours, then the rest (what is exposed or
/// holds data first); and the relations between them.
[[nodiscard]] Selection select(const model::Picture& picture, const PictureOptions& options);

}  // namespace postern::render
