// SPDX-License-Identifier: Apache-2.0
// Large pictures made readable: what decides, what changes and what is near stays; the rest stands together in one box a group.
#pragma once
#include <postern/model/decision.h>

#include <cstddef>
#include <string>
#include <vector>

namespace postern::render {

struct FoldOptions {
  std::size_t most_boxes = 60;            ///< of the result, groups included; at least 4
  std::vector<model::EntityId> deciding;  ///< kept before all others
};

/// The picture itself where it has at most `most_boxes`. Else the parts that decide, that change or that are next to those
/// stay, as many as there is room for (where nothing decides or changes: what is exposed or holds data), and all others are folded
/// by namespace, by application or into one box; lines to and from what is folded lead to and from its box. A box says how many
/// parts it stands for, the widest exposure and all classes of data among them. Time is that of sorting the parts.
[[nodiscard]] model::Picture folded(const model::Picture& whole, const FoldOptions& options);

/// How many parts a picture stands for: folded ones are counted one by one.
[[nodiscard]] std::size_t parts_of(const model::Picture& picture);

}  // namespace postern::render
