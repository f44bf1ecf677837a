// SPDX-License-Identifier: Apache-2.0
// Unescaping of JSON strings.
#include "json_string.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

namespace postern::document {
namespace {

constexpr std::size_t k_fine = std::string_view::npos;

std::optional<std::uint32_t> four_digits(std::string_view text, std::size_t at) noexcept {
  std::uint32_t value = 0;
  if (text.size() < at + 4) return std::nullopt;
  const char* const first = text.data() + at;
  const auto [end, error] = std::from_chars(first, first + 4, value, 16);
  return error == std::errc() && end == first + 4 ? std::optional(value) : std::nullopt;
}

void append_utf8(std::string& result, std::uint32_t code) {
  const auto put = [&](std::uint32_t byte) { result += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0U | code >> 6U);
    put(0x80U | (code & 0x3FU));
  } else if (code < 0x10000) {
    put(0xE0U | code >> 12U);
    put(0x80U | (code >> 6U & 0x3FU));
    put(0x80U | (code & 0x3FU));
  } else {
    put(0xF0U | code >> 18U);
    put(0x80U | (code >> 12U & 0x3FU));
    put(0x80U | (code >> 6U & 0x3FU));
    put(0x80U | (code & 0x3FU));
  }
}

constexpr bool is_high_surrogate(std::uint32_t code) noexcept { return code >= 0xD800 && code < 0xDC00; }
constexpr bool is_low_surrogate(std::uint32_t code) noexcept { return code >= 0xDC00 && code < 0xE000; }

/// Reads \uXXXX, or a pair of them, whose backslash is at `at`. Returns the bytes consumed, 0 when not valid.
std::size_t unescape_code(std::string_view text, std::size_t at, std::string& result) {
  const auto first = four_digits(text, at + 2);
  if (!first || is_low_surrogate(*first)) return 0;
  if (!is_high_surrogate(*first)) {
    append_utf8(result, *first);
    return 6;
  }
  if (text.substr(at + 6, 2) != "\\u") return 0;
  const auto second = four_digits(text, at + 8);
  if (!second || !is_low_surrogate(*second)) return 0;
  append_utf8(result, 0x10000 + ((*first - 0xD800) << 10U) + (*second - 0xDC00));
  return 12;
}

/// What follows the backslash, and what it means.
constexpr std::string_view k_escapes = "\"\\/bfnrt";
constexpr std::string_view k_meanings = "\"\\/\b\f\n\r\t";

}  // namespace

StringSpan span_string(std::string_view text, std::size_t open, std::size_t next) noexcept {
  const std::size_t close = text.rfind('"', next - 1);
  return {close, text.substr(open + 1, close - open - 1).find('\\') != k_fine};
}

std::size_t unescape_json(std::string_view escaped, std::string& result) {
  std::size_t at = 0;
  while (at < escaped.size()) {
    const std::size_t backslash = std::min(escaped.find('\\', at), escaped.size());
    result.append(escaped, at, backslash - at);
    at = backslash;
    if (at == escaped.size()) break;
    if (at + 1 >= escaped.size()) return at;
    if (escaped[at + 1] == 'u') {
      const std::size_t length = unescape_code(escaped, at, result);
      if (length == 0) return at;
      at += length;
      continue;
    }
    const std::size_t which = k_escapes.find(escaped[at + 1]);
    if (which == k_fine) return at;
    result += k_meanings[which];
    at += 2;
  }
  return k_fine;
}

std::size_t find_string_trouble(std::string_view text) noexcept {
  std::size_t open = k_fine;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (open == k_fine) {
      if (c == '"') open = at;
      continue;
    }
    if (static_cast<unsigned char>(c) < 0x20) return at;
    if (c == '\\') ++at;
    if (c == '"') open = k_fine;
  }
  return open == k_fine ? 0 : open;
}

}  // namespace postern::document
