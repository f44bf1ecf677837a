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

/// Writes a slash at the beginning of a line visibly. Returns whether `text` holds the beginning of the line at all.
bool tame_beginning(std::string& text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string::npos) return false;
  if (!may_begin_line(std::string_view(text).substr(first))) text.replace(first, 1, "\\x2f");
  return true;
}

std::string trimmed_right(std::string text) {
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

/// Narrows the widest columns but the first until a row fits into `width`.
void fit(std::vector<std::size_t>& widths, std::size_t width) {
  constexpr std::size_t k_least = 12;
  const auto total = [&] {
    std::size_t sum = 0;
    for (const std::size_t one : widths) sum += one + 2;
    return sum - 2;
  };
  while (widths.size() > 1 && total() > width) {
    const auto widest = std::max_element(widths.begin() + 1, widths.end());
    if (*widest <= k_least) return;
    --*widest;
  }
}

/// `text` as lines of at most `width` columns where its words allow it, none of which begins with a slash.
std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines(1);
  for (const std::string_view word : base::split(text, ' ')) {
    if (word.empty()) continue;
    const bool is_full = columns(lines.back()) + 1 + columns(word) > width;
    if (!lines.back().empty() && is_full && may_begin_line(word)) lines.emplace_back();
    if (!lines.back().empty()) lines.back() += ' ';
    lines.back() += word;
  }
  return lines;
}

/// Line `line` of a row whose cells are wrapped.
std::string table_line(const std::vector<std::vector<std::string>>& cells, const std::vector<std::size_t>& widths,
                       std::size_t line) {
  std::string text = "  ";
  for (std::size_t at = 0; at < cells.size(); ++at) {
    const std::string cell = line < cells[at].size() ? cells[at][line] : std::string();
    const std::size_t used = columns(cell);
    text += cell + std::string(used < widths[at] ? widths[at] + 2 - used : 2, ' ');
  }
  return trimmed_right(std::move(text));
}

}  // namespace

std::string TextLayout::toned(Tone tone, const std::string& text) const {
  if (m_options.colour == Colour::never || tone == Tone::plain || text.empty()) return text;
  return std::string(k_tones[static_cast<std::size_t>(tone)]) + text + std::string(k_reset);
}

void TextLayout::line(const std::vector<Piece>& pieces) {
  bool has_begun = false;
  for (const Piece& piece : pieces) {
    std::string shown = terminal(piece.text);
    has_begun = has_begun || tame_beginning(shown);
    m_text += toned(piece.tone, shown);
  }
  m_text += '\n';
}

void TextLayout::blank() { m_text += '\n'; }

void TextLayout::paragraph(std::string_view lead, std::string_view body, Tone lead_tone) {
  std::string label = terminal(lead);
  std::string shown = terminal(body);
  if (!tame_beginning(label)) tame_beginning(shown);
  const std::size_t indent = columns(label);
  m_text += toned(lead_tone, label);
  const std::vector<std::string> lines = wrapped(shown, m_options.width > indent ? m_options.width - indent : 0);
  for (std::size_t at = 0; at < lines.size(); ++at) m_text += (at == 0 ? "" : std::string(indent, ' ')) + lines[at] + '\n';
}

void TextLayout::table(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  std::vector<std::vector<std::string>> shown;
  for (const std::vector<std::string>& row : rows) {
    std::vector<std::string>& cells = shown.emplace_back();
    widths.resize(std::max(widths.size(), row.size()));
    bool has_begun = false;
    for (std::size_t at = 0; at < row.size(); ++at) {
      cells.push_back(terminal(row[at]));
      has_begun = has_begun || tame_beginning(cells.back());
      widths[at] = std::max(widths[at], columns(cells.back()));
    }
  }
  if (widths.empty()) return;
  fit(widths, m_options.width > 2 ? m_options.width - 2 : 0);
  for (const std::vector<std::string>& row : shown) {
    std::vector<std::vector<std::string>> cells;
    std::size_t height = 0;
    for (std::size_t at = 0; at < row.size(); ++at)
      height = std::max(height, cells.emplace_back(wrapped(row[at], widths[at])).size());
    for (std::size_t line = 0; line < height; ++line) m_text += table_line(cells, widths, line) + '\n';
  }
}

}  // namespace postern::render
