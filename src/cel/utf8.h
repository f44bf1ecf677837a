// SPDX-License-Identifier: Apache-2.0
// Code points of UTF-8 text that is known to be well-formed (malformed bytes are stepped over one by one, never read beyond).
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace postern::cel {

/// Appends `code_point` (a Unicode scalar value) to `text`.
void append_utf8(std::string& text, std::uint32_t code_point);
/// Number of code points.
[[nodiscard]] std::size_t count_code_points(std::string_view text) noexcept;
/// Reads the code point at `at` and moves `at` behind it; `at` must be < size.
std::uint32_t next_code_point(std::string_view text, std::size_t& at) noexcept;
/// Byte offset of the code point number `index`; size() when the text has exactly `index` code points; npos when it has fewer.
[[nodiscard]] std::size_t offset_of_code_point(std::string_view text, std::size_t index) noexcept;
/// True for U+0000..U+D7FF and U+E000..U+10FFFF.
[[nodiscard]] constexpr bool is_scalar_value(std::uint32_t code_point) noexcept {
  return code_point < 0xD800 || (code_point > 0xDFFF && code_point <= 0x10FFFF);
}

}  // namespace postern::cel
