// SPDX-License-Identifier: Apache-2.0
// Decoding UTF-8, and the table of characters that do not show what they do.
#include "render/code_points.h"

#include <postern/base/text.h>

#include <algorithm>
#include <array>

namespace postern::render {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

// General categories Cc, Cf, Zl and Zp of Unicode 15, the letters and marks that are drawn as nothing (Default_Ignorable), and the
// two noncharacters that XML 1.0 forbids.
constexpr std::array k_invisible = {
    Range{0x0000, 0x001F},   Range{0x007F, 0x009F},   Range{0x00AD, 0x00AD},   Range{0x034F, 0x034F},   Range{0x0600, 0x0605},
    Range{0x061C, 0x061C},   Range{0x06DD, 0x06DD},   Range{0x070F, 0x070F},   Range{0x0890, 0x0891},   Range{0x08E2, 0x08E2},
    Range{0x115F, 0x1160},   Range{0x17B4, 0x17B5},   Range{0x180B, 0x180F},   Range{0x200B, 0x200F},   Range{0x2028, 0x202E},
    Range{0x2060, 0x206F},   Range{0x3164, 0x3164},   Range{0xFE00, 0xFE0F},   Range{0xFEFF, 0xFEFF},   Range{0xFFA0, 0xFFA0},
    Range{0xFFF0, 0xFFFB},   Range{0xFFFE, 0xFFFF},   Range{0x110BD, 0x110BD}, Range{0x110CD, 0x110CD}, Range{0x13430, 0x1343F},
    Range{0x1BCA0, 0x1BCA3}, Range{0x1D173, 0x1D17A}, Range{0xE0000, 0xE0FFF}};

std::size_t announced_length(unsigned char lead) noexcept {
  if (lead < 0x80) return 1;
  if (lead < 0xE0) return 2;
  return lead < 0xF0 ? 3 : 4;
}

bool is_letter(char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

}  // namespace

CodePoint code_point_at(std::string_view text, std::size_t at) noexcept {
  const auto lead = static_cast<unsigned char>(text[at]);
  const std::string_view bytes = text.substr(at, announced_length(lead));
  if (lead < 0x80) return {lead, 1, true};
  if (bytes.size() != announced_length(lead) || base::find_invalid_utf8(bytes)) return {lead, 1, false};
  char32_t value = lead & (0xFFU >> (bytes.size() + 1));
  for (const char byte : bytes.substr(1)) value = (value << 6U) | (static_cast<unsigned char>(byte) & 0x3FU);
  return {value, bytes.size(), true};
}

bool is_invisible(char32_t value) noexcept {
  const auto at = std::lower_bound(k_invisible.begin(), k_invisible.end(), value,
                                   [](const Range& range, char32_t wanted) { return range.last < wanted; });
  return at != k_invisible.end() && at->first <= value;
}

std::size_t columns(std::string_view text) noexcept {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); at += code_point_at(text, at).length) ++count;
  return count;
}

std::string shortened(std::string_view text, std::size_t most) {
  std::size_t count = 0;
  std::size_t keep = 0;  // bytes of the first most - 1 code points
  for (std::size_t at = 0; at < text.size(); at += code_point_at(text, at).length) {
    if (++count == most) keep = at;
    if (count > most) return std::string(text.substr(0, keep)) + "…";
  }
  return std::string(text);
}

std::size_t find_logging_command(std::string_view text, std::size_t from) noexcept {
  for (std::size_t at = text.find('[', from); at != std::string_view::npos; at = text.find('[', at + 1)) {
    std::size_t word = at;
    while (word > 0 && is_letter(text[word - 1])) --word;
    if (word >= 2 && text[word - 1] == '#' && text[word - 2] == '#') return at;
  }
  return std::string_view::npos;
}

}  // namespace postern::render
