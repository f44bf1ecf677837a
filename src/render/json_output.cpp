// SPDX-License-Identifier: Apache-2.0
// JSON that is safe to print: the same value, with dangerous characters in strings as escapes.
#include "render/json_output.h"

#include <nlohmann/json.hpp>

#include "render/code_points.h"

namespace postern::render {
namespace {

std::string escape(char32_t unit) {
  std::string text = "\\u0000";
  for (std::size_t at = 5; at > 1; --at, unit >>= 4U) text[at] = "0123456789abcdef"[unit & 0xFU];
  return text;
}

std::string escaped(char32_t value) {
  if (value < 0x10000) return escape(value);
  return escape(0xD800 + ((value - 0x10000) >> 10U)) + escape(0xDC00 + ((value - 0x10000) & 0x3FFU));
}

/// Most of any text: visible ASCII, and the ends of lines.
bool is_plain(char c) { return (c >= ' ' && c < '\x7f') || c == '\n'; }

}  // namespace

std::string json_text(const Json& json) {
  // Outside of strings the text holds line ends and ASCII that means nothing to anybody, so it can be worked on as a whole.
  const std::string plain = json.dump(2, ' ', false, Json::error_handler_t::replace);
  std::size_t command = find_logging_command(plain, 0);
  std::string result;
  result.reserve(plain.size() + 1);
  for (std::size_t at = 0; at < plain.size();) {
    std::size_t plain_end = at;
    while (plain_end < plain.size() && plain_end != command && is_plain(plain[plain_end])) ++plain_end;
    result.append(plain, at, plain_end - at);
    at = plain_end;
    if (at == plain.size()) break;
    const CodePoint point = code_point_at(plain, at);
    if (at == command || is_invisible(point.value)) {
      result += escaped(point.value);
      if (at == command) command = find_logging_command(plain, at + 1);
    } else {
      result.append(plain, at, point.length);
    }
    at += point.length;
  }
  return result + '\n';
}

}  // namespace postern::render
