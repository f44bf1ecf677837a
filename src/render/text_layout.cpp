// SPDX-License-Identifier: Apache-2.0
// Wrapping and colours.
#include "render/text_layout.h"

#include <postern/base/text.h>

#include <algorithm>
#include <array>

#include "render/code_points.h"
#include "render/escape.h"

namespace postern::render {
namespace {

constexpr std::array<std::string_view, 7> k_tones = {"", "\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[33m", "\x1b[32m", "\x1b[35m"};
constexpr std::string_view k_reset = "\x1b[0m";

/// Whether a line may begin with this word: GitLab obeys lines that begin with `/`, also in a pasted report.
bool may_begin_line(std::string_view word) { return !word.starts_with('/'); }

std::string trimmed_right(std::string text) {
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

/// Cuts the widest columns until a row fits into `width`.
void fit(std::vector<std::size_t>& widths, std::size_t width) {
  constexpr std::size_t k_least = 8;
  const auto total = [&] {
    std::size_t sum = 0;
    for (const std::size_t one : widths) sum += one + 2;
    return sum - 2;
  };
  while (total() > width) {
    const auto widest = std::max_element(widths.begin(), widths.end());
    if (*widest <= k_least) return;
    --*widest;
  }
}

}  // namespace

std::string TextLayout::toned(Tone tone, const std::string& text) const {
  if (m_options.colour == Colour::never || tone == Tone::plain || text.empty()) return text;
  return std::string(k_tones[static_cast<std::size_t>(tone)]) + text + std::string(k_reset);
}

void TextLayout::line(const std::vector<Piece>& pieces) {
  for (const Piece& piece : pieces) m_text += toned(piece.tone, terminal(piece.text));
  m_text += '\n';
}

void TextLayout::blank() { m_text += '\n'; }

void TextLayout::paragraph(std::string_view lead, std::string_view body, Tone lead_tone) {
  const std::string label = terminal(lead);
  const std::string shown = terminal(body);
  const std::size_t indent = columns(label);
  m_text += toned(lead_tone, label);
  std::size_t column = indent;
  bool is_first = true;
  for (const std::string_view word : base::split(shown, ' ')) {
    if (word.empty()) continue;
    const std::size_t width = columns(word);
    if (!is_first && column + 1 + width > m_options.width && may_begin_line(word)) {
      m_text += '\n' + std::string(indent, ' ');
      column = indent;
    } else if (!is_first) {
      m_text += ' ';
      ++column;
    }
    m_text += word;
    column += width;
    is_first = false;
  }
  m_text += '\n';
}

void TextLayout::table(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  std::vector<std::vector<std::string>> shown;
  for (const std::vector<std::string>& row : rows) {
    std::vector<std::string>& cells = shown.emplace_back();
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t at = 0; at < row.size(); ++at) {
      cells.push_back(terminal(row[at]));
      widths[at] = std::max(widths[at], columns(cells.back()));
    }
  }
  if (widths.empty()) return;
  fit(widths, m_options.width > 2 ? m_options.width - 2 : 0);
  for (const std::vector<std::string>& row : shown) {
    std::string text = "  ";
    for (std::size_t at = 0; at < row.size(); ++at) {
      const std::string cell = shortened(row[at], widths[at]);
      text += cell + std::string(widths[at] + 2 - columns(cell), ' ');
    }
    m_text += trimmed_right(std::move(text)) + '\n';
  }
}

}  // namespace postern::render
