// SPDX-License-Identifier: Apache-2.0
// Escapes texts (RFC 8259, section 7) and writes integers without locale.
#include "baseline/json_text.h"

#include <postern/base/error.h>
#include <postern/base/text.h>

#include <array>
#include <charconv>

namespace postern::baseline {
namespace {

/// Bytes that are copied as they are without a second look: printable ASCII but `"` and `\`.
constexpr std::array<bool, 256> make_plain_bytes() {
  std::array<bool, 256> plain{};
  for (std::size_t byte = 0x20; byte < 0x7F; ++byte) plain[byte] = byte != '"' && byte != '\\';
  return plain;
}
constexpr std::array<bool, 256> k_plain_bytes = make_plain_bytes();

constexpr std::uint32_t byte_at(std::string_view text, std::size_t at) { return static_cast<unsigned char>(text[at]); }

/// The code point of a well-formed sequence of two or three bytes; 0 for others, which are never escaped.
std::uint32_t code_point_at(std::string_view text, std::size_t at) {
  const std::uint32_t first = byte_at(text, at);
  if (first >= 0xC0 && first < 0xE0) return (first & 0x1FU) << 6U | (byte_at(text, at + 1) & 0x3FU);
  if (first < 0xE0 || first >= 0xF0) return 0;
  return (first & 0x0FU) << 12U | (byte_at(text, at + 1) & 0x3FU) << 6U | (byte_at(text, at + 2) & 0x3FU);
}

/// Characters that change what a terminal or a review shows: C1 controls, line separators, bidirectional controls.
bool is_deceptive(std::uint32_t code_point) {
  return (code_point >= 0x80 && code_point < 0xA0) || (code_point >= 0x2028 && code_point <= 0x202E) ||
         (code_point >= 0x2066 && code_point <= 0x2069) || code_point == 0x200E || code_point == 0x200F || code_point == 0xFEFF;
}

void append_escape(std::string& out, std::uint32_t code_point) {
  constexpr std::string_view k_digits = "0123456789abcdef";
  out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) out += k_digits[code_point >> static_cast<unsigned>(shift) & 15U];
}

void append_ascii(std::string& out, char c) {
  constexpr std::string_view k_short = "\"\\\n\r\t";
  constexpr std::string_view k_letters = "\"\\nrt";
  if (const std::size_t at = k_short.find(c); at != std::string_view::npos) {
    out += '\\';
    out += k_letters[at];
  } else {
    append_escape(out, static_cast<unsigned char>(c));
  }
}

/// Appends the character at `at`, which is not plain; returns where the next one begins.
std::size_t append_character(std::string& out, std::string_view text, std::size_t at) {
  const std::uint32_t first = byte_at(text, at);
  if (first < 0x80) {
    append_ascii(out, text[at]);
    return at + 1;
  }
  const std::size_t length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  const std::uint32_t code_point = code_point_at(text, at);
  if (is_deceptive(code_point)) {
    append_escape(out, code_point);
  } else {
    out += text.substr(at, length);
  }
  return at + length;
}

}  // namespace

void append_json_text(std::string& out, std::string_view text) {
  out += '"';
  const auto plain_end = [&](std::size_t at) {
    while (at < text.size() && k_plain_bytes[byte_at(text, at)]) ++at;
    return at;
  };
  std::size_t end = plain_end(0);
  out.append(text.data(), end);
  if (end < text.size()) POSTERN_ASSERT(!base::find_invalid_utf8(text));
  while (end < text.size()) {
    const std::size_t at = append_character(out, text, end);
    end = plain_end(at);
    out.append(text.data() + at, end - at);
  }
  out += '"';
}

void append_json_integer(std::string& out, std::int64_t value) {
  std::array<char, 24> digits{};
  const auto [end, error] = std::to_chars(digits.begin(), digits.end(), value);
  POSTERN_ASSERT(error == std::errc());
  out.append(digits.begin(), end);
}

}  // namespace postern::baseline
