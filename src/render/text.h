// SPDX-License-Identifier: Apache-2.0
// The decision for people at a terminal or reading a log: the verdict first, then what decided it, on about one screen.
#pragma once
#include <postern/model/decision.h>

#include <cstddef>
#include <cstdint>
#include <string>

namespace postern::render {

enum class Colour : std::uint8_t { never, always };
/// `essential`: about one screen. `full`: also every change, the shares of the scores and what the decision rests on.
enum class Detail : std::uint8_t { essential, full };

struct TextOptions {
  Colour colour = Colour::never;
  Detail detail = Detail::essential;
  std::size_t width = 100;  ///< columns; text is wrapped there, words that are longer are not cut
};

/// Everything ends with a newline; no line begins with `/` or `::`, whatever the names are.
[[nodiscard]] std::string text(const model::Decision& decision, const TextOptions& options = {});

}  // namespace postern::render
