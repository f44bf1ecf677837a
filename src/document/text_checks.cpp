// SPDX-License-Identifier: Apache-2.0
// Checks of bytes. Every byte of every input passes here, so they work on eight bytes at once and look closer only where needed.
#include "text_checks.h"

#include <postern/base/text.h>
#include <simdjson.h>

#include <cstdint>
#include <cstring>

#include "code_names.h"

namespace postern::document {
namespace {

constexpr std::uint64_t k_ones = 0x0101010101010101ULL;
constexpr std::uint64_t k_high_bits = 0x8080808080808080ULL;

std::uint64_t load(const char* from) noexcept {
  std::uint64_t word = 0;
  std::memcpy(&word, from, sizeof word);
  return word;
}

/// The high bit of every byte that is zero.
std::uint64_t zero_bytes(std::uint64_t word) noexcept { return ~(((word & ~k_high_bits) + ~k_high_bits) | word) & k_high_bits; }

/// False when all eight bytes are printable ASCII or line feeds.
bool needs_a_look(std::uint64_t word) noexcept {
  const std::uint64_t controls = zero_bytes(word & (k_ones * 0xE0)) & ~zero_bytes(word ^ (k_ones * '\n'));
  return ((word & k_high_bits) | controls | zero_bytes(word ^ (k_ones * 0x7F))) != 0;
}

struct Character {
  std::uint32_t code;
  std::size_t length;
};

/// The character at `at` of well-formed UTF-8.
Character decode(std::string_view text, std::size_t at) noexcept {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(text[at + i])); };
  if (byte(0) < 0x80) return {byte(0), 1};
  if (byte(0) < 0xE0) return {(byte(0) & 0x1FU) << 6U | (byte(1) & 0x3FU), 2};
  if (byte(0) < 0xF0) return {(byte(0) & 0x0FU) << 12U | (byte(1) & 0x3FU) << 6U | (byte(2) & 0x3FU), 3};
  return {(byte(0) & 0x07U) << 18U | (byte(1) & 0x3FU) << 12U | (byte(2) & 0x3FU) << 6U | (byte(3) & 0x3FU), 4};
}

const char* trouble_with(std::uint32_t code) noexcept {
  if (code == '\t' || code == '\n' || code == '\r' || (code >= 0x20 && code < 0x7F)) return nullptr;
  if (code == 0x85 || code == 0x2028 || code == 0x2029) return "a line separator that only YAML 1.1 takes for the end of a line";
  if (code < 0xA0) return "a control character";
  if (code == 0xFEFF) return "a byte-order mark that is not at the start of the text";
  if (code == 0xFFFE || code == 0xFFFF) return "a code that is no character";
  return nullptr;
}

}  // namespace

std::optional<Refusal> check_encoding(std::string_view text) {
  const std::string_view start = text.substr(0, 2);
  if (start == "\xFF\xFE" || start == "\xFE\xFF") {
    return Refusal{k_invalid_utf8, 0, "the text is UTF-16 (it begins with a byte-order mark)", "save it as UTF-8"};
  }
  if (const std::size_t at = text.find('\0'); at != std::string_view::npos) {
    return Refusal{k_nul_byte, at, "a NUL byte where text was expected",
                   "save the file as UTF-8 text, or leave it out of the sources"};
  }
  if (!simdjson::validate_utf8(text.data(), text.size())) {
    return Refusal{k_invalid_utf8, base::find_invalid_utf8(text).value_or(0), "bytes that are not UTF-8", "save the file as UTF-8"};
  }
  return std::nullopt;
}

std::optional<Refusal> check_yaml_characters(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    if (text.size() - at >= 8 && !needs_a_look(load(text.data() + at))) {
      at += 8;
      continue;
    }
    const std::size_t end = at + 8;
    while (at < end && at < text.size()) {
      const Character character = decode(text, at);
      if (const char* const trouble = trouble_with(character.code)) {
        return Refusal{k_forbidden_character, at, trouble, "write it as an escape in double quotes"};
      }
      at += character.length;
    }
  }
  return std::nullopt;
}

bool is_ascii(std::string_view text) noexcept {
  std::size_t at = 0;
  std::uint64_t seen = 0;
  for (; text.size() - at >= 8; at += 8) seen |= load(text.data() + at);
  for (; at < text.size(); ++at) seen |= static_cast<unsigned char>(text[at]);
  return (seen & k_high_bits) == 0;
}

std::size_t byte_order_mark(std::string_view text) noexcept { return text.starts_with("\xEF\xBB\xBF") ? 3 : 0; }

}  // namespace postern::document
