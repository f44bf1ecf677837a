// SPDX-License-Identifier: Apache-2.0
// UTF-8 (RFC 3629).
#include "cel/utf8.h"

namespace postern::cel {
namespace {

bool continues(char c) noexcept { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

}  // namespace

void append_utf8(std::string& text, std::uint32_t code_point) {
  const auto put = [&](std::uint32_t byte) { text.push_back(static_cast<char>(static_cast<unsigned char>(byte))); };
  if (code_point < 0x80) return put(code_point);
  if (code_point < 0x800) {
    put(0xC0U | (code_point >> 6U));
  } else {
    if (code_point < 0x10000) {
      put(0xE0U | (code_point >> 12U));
    } else {
      put(0xF0U | (code_point >> 18U));
      put(0x80U | ((code_point >> 12U) & 0x3FU));
    }
    put(0x80U | ((code_point >> 6U) & 0x3FU));
  }
  put(0x80U | (code_point & 0x3FU));
}

std::size_t count_code_points(std::string_view text) noexcept {
  std::size_t count = 0;
  for (const char c : text) count += continues(c) ? 0U : 1U;
  return count;
}

std::uint32_t next_code_point(std::string_view text, std::size_t& at) noexcept {
  const auto first = static_cast<unsigned char>(text[at++]);
  if (first < 0xC0) return first;
  std::uint32_t code_point = first & (first < 0xE0 ? 0x1FU : (first < 0xF0 ? 0x0FU : 0x07U));
  const int following = first < 0xE0 ? 1 : (first < 0xF0 ? 2 : 3);
  for (int i = 0; i < following && at < text.size() && continues(text[at]); ++i)
    code_point = (code_point << 6U) | (static_cast<unsigned char>(text[at++]) & 0x3FU);
  return code_point;
}

std::size_t offset_of_code_point(std::string_view text, std::size_t index) noexcept {
  std::size_t seen = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (continues(text[at])) continue;
    if (seen == index) return at;
    ++seen;
  }
  return seen == index ? text.size() : std::string_view::npos;
}

}  // namespace postern::cel
