// SPDX-License-Identifier: Apache-2.0
// Only what can be nothing else is taken: whoever adds a character to a table below must let the differential tests run on it.
#include "block_line.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace postern::document {
namespace {

enum Role : std::uint8_t {
  k_starts_plain = 1,       ///< begins a plain scalar whatever follows
  k_continues_plain = 2,    ///< is part of a plain scalar outside of brackets whatever stands around it
  k_starts_in_flow = 4,     ///< the same within brackets
  k_continues_in_flow = 8,  ///< the same within brackets
};
using Roles = std::array<std::uint8_t, 256>;

constexpr bool is_letter_or_digit(unsigned c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

constexpr Roles make_roles() noexcept {
  Roles roles{};
  for (unsigned c = 0; c < 256; ++c) {
    if (c >= ' ' && c != ':' && c != '#') roles[c] |= k_continues_plain;
    if (is_letter_or_digit(c)) roles[c] |= k_starts_plain | k_starts_in_flow | k_continues_in_flow;
    if (c >= 0x80) roles[c] |= k_starts_plain;
  }
  for (const char c : std::string_view("_/.~$()+<=;^\\")) roles[static_cast<unsigned char>(c)] |= k_starts_plain;
  for (const char c : std::string_view("_/.~$+")) roles[static_cast<unsigned char>(c)] |= k_starts_in_flow;
  for (const char c : std::string_view("_/.~$+-=@()%*; ")) roles[static_cast<unsigned char>(c)] |= k_continues_in_flow;
  return roles;
}
constexpr Roles k_roles = make_roles();

bool has(char c, Role role) noexcept { return (k_roles[static_cast<unsigned char>(c)] & role) != 0; }

/// What the escape means; 0 for those that are left to libyaml.
constexpr char escaped(char c) noexcept {
  switch (c) {
    case 'n':
      return '\n';
    case 't':
      return '\t';
    case 'r':
      return '\r';
    case '"':
    case '\\':
    case '/':
      return c;
    default:
      return 0;
  }
}

}  // namespace

LineScalar LineScanner::in_block(std::size_t at) {
  if (byte(at) == '"') return double_quoted(at);
  return byte(at) == '\'' ? single_quoted(at) : plain_in_block(at);
}

LineScalar LineScanner::in_flow(std::size_t at) {
  if (byte(at) == '"') return double_quoted(at);
  return byte(at) == '\'' ? single_quoted(at) : plain_in_flow(at);
}

std::size_t LineScanner::skip_spaces(std::size_t at) const noexcept {
  while (byte(at) == ' ') ++at;
  return at;
}

std::size_t LineScanner::skip_line(std::size_t at) const noexcept {
  if (at >= size()) return size();
  const auto* const found = static_cast<const char*>(std::memchr(m_text.data() + at, '\n', size() - at));
  return found != nullptr ? static_cast<std::size_t>(found - m_text.data()) + 1 : size();
}

std::size_t LineScanner::next_line(std::size_t at) const {
  const std::size_t next = skip_spaces(at);
  if (is_end_of_line(next)) return std::min(next + 1, size());
  if (byte(next) == '#' && next > at) return skip_line(next);
  throw NotPlain{};
}

LineScalar LineScanner::view(Style style, std::size_t start, std::size_t end) const noexcept {
  const std::size_t quote = style == Style::plain ? 0 : 1;
  const std::size_t length = end - start - 2 * quote;
  return {style, length > 0 ? m_text.substr(start + quote, length) : std::string_view("", 0), start, end, false};
}

LineScalar LineScanner::plain_in_block(std::size_t at) const {
  const char first = byte(at);
  const bool sign_of_word = (first == '-' || first == ':') && has(byte(at + 1), k_starts_plain);
  if (!sign_of_word && !(has(first, k_starts_plain)) && !(first == '-' && byte(at + 1) == '-' && has(byte(at + 2), k_starts_plain)))
    throw NotPlain{};
  std::size_t end = at;
  for (;; ++end) {
    while (has(byte(end), k_continues_plain)) ++end;
    const char c = byte(end);
    if (c == ':' && !is_key_sign(end)) {
      if (byte(end + 1) == '\t') throw NotPlain{};
      continue;
    }
    if (c == '#' && byte(end - 1) != ' ') continue;
    if (c == ':' || c == '#' || is_end_of_line(end)) break;
    throw NotPlain{};
  }
  while (byte(end - 1) == ' ') --end;
  return view(Style::plain, at, end);
}

LineScalar LineScanner::plain_in_flow(std::size_t at) const {
  if (!has(byte(at), k_starts_in_flow) && !(byte(at) == '-' && has(byte(at + 1), k_starts_in_flow))) throw NotPlain{};
  std::size_t end = at;
  while (has(byte(end), k_continues_in_flow) ||
         (byte(end) == ':' && (byte(end + 1) == '/' || is_letter_or_digit(static_cast<unsigned char>(byte(end + 1)))))) {
    ++end;
  }
  const char c = byte(end);
  if (c != ',' && c != ']' && c != '}' && !is_key_sign(end)) throw NotPlain{};
  while (byte(end - 1) == ' ') --end;
  return view(Style::plain, at, end);
}

LineScalar LineScanner::single_quoted(std::size_t at) {
  const std::size_t start = at++;
  while (byte(at) != '\'') {
    if (static_cast<unsigned char>(byte(at)) < ' ') throw NotPlain{};
    ++at;
  }
  if (byte(at + 1) == '\'') throw NotPlain{};
  return view(Style::single_quoted, start, at + 1);
}

LineScalar LineScanner::double_quoted(std::size_t at) {
  const std::size_t start = at++;
  while (byte(at) != '"') {
    if (byte(at) == '\\') return unescaped(start, at);
    if (static_cast<unsigned char>(byte(at)) < ' ') throw NotPlain{};
    ++at;
  }
  return view(Style::double_quoted, start, at + 1);
}

/// A text in double quotes whose first escape stands at `at`.
LineScalar LineScanner::unescaped(std::size_t start, std::size_t at) {
  m_copy.assign(m_text, start + 1, at - start - 1);
  while (byte(at) != '"') {
    char c = byte(at);
    if (static_cast<unsigned char>(c) < ' ') throw NotPlain{};
    if (c == '\\') {
      c = escaped(byte(++at));
      if (c == 0) throw NotPlain{};
    }
    m_copy += c;
    ++at;
  }
  return {Style::double_quoted, m_copy, start, at + 1, true};
}

}  // namespace postern::document
