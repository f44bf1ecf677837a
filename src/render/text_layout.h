// SPDX-License-Identifier: Apache-2.0
// Lines of text for a terminal: wrapping, hanging indents and colours.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "render/text.h"

namespace postern::render {

/// How a piece of text stands out.
enum class Tone : std::uint8_t { plain, strong, faint, red, amber, green, violet };

/// Collects lines. Texts are escaped here, so callers hand over what the inputs say.
class TextLayout {
 public:
  explicit TextLayout(const TextOptions& options) : m_options(options) {}

  /// One line of pieces, not wrapped.
  struct Piece {
    Tone tone = Tone::plain;
    std::string text;
  };
  void line(const std::vector<Piece>& pieces);
  void blank();
  /// `lead` (indent and label, on the first line) and `body`, wrapped under its own beginning.
  void paragraph(std::string_view lead, std::string_view body, Tone lead_tone = Tone::faint);
  /// Columns padded to their widest cell; cells but those of the first are wrapped so that a row fits the width.
  void table(const std::vector<std::vector<std::string>>& rows);

  [[nodiscard]] const TextOptions& options() const noexcept { return m_options; }
  [[nodiscard]] std::string take() { return std::move(m_text); }

 private:
  [[nodiscard]] std::string toned(Tone tone, const std::string& text) const;

  TextOptions m_options;
  std::string m_text;
};

}  // namespace postern::render
