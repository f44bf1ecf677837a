// SPDX-License-Identifier: Apache-2.0
// Addresses that a file format escapes: http\://host in properties, http:\/\/host and \u003a in JSON.
#include "connection/escaped_text.h"

#include <charconv>
#include <optional>

namespace postern::connection {
namespace {

/// The visible ASCII character of `uXXXX` at the beginning of `text`.
std::optional<char> unicode_escape(std::string_view text) {
  constexpr std::size_t k_length = 5;
  if (text.size() < k_length || text.front() != 'u') return std::nullopt;
  unsigned code = 0;
  const char* const end = text.data() + k_length;
  const auto [stop, error] = std::from_chars(text.data() + 1, end, code, 16);
  // Quotes and backslashes mean something where they stand.
  if (error != std::errc{} || stop != end || code <= 0x20 || code >= 0x7F || code == '"' || code == '\\') return std::nullopt;
  return static_cast<char>(code);
}

}  // namespace

std::string_view without_escapes(std::string_view text, std::string& plain) {
  if (text.find('\\') == std::string_view::npos) return text;
  plain.clear();
  plain.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char next = text[at] == '\\' && at + 1 < text.size() ? text[at + 1] : '\0';
    if (next == ':' || next == '=' || next == '/' || next == '#' || next == '!') {
      plain += next;
      ++at;
    } else if (const auto letter = next == 'u' ? unicode_escape(text.substr(at + 1)) : std::nullopt) {
      plain += *letter;
      at += 5;
    } else {
      plain += text[at];
      if (next == '\\') plain += text[++at];  // an escaped backslash escapes nothing
    }
  }
  return plain;
}

}  // namespace postern::connection
