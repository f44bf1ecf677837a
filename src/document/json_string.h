// SPDX-License-Identifier: Apache-2.0
// Strings of JSON: RFC 8259, section 7.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace postern::document {

/// Where a string that begins behind the quote at `open` ends: the offset of its closing quote, and whether it has escapes.
struct StringSpan {
  std::size_t close = 0;
  bool has_escapes = false;
};
/// `next` is where the structural character or scalar after it begins (or the text ends): only the closing quote and white space
/// lie before that, so the string need not be read to find its end.
[[nodiscard]] StringSpan span_string(std::string_view text, std::size_t open, std::size_t next) noexcept;

/// Appends the meaning of `escaped` to `result`. Returns the offset of the escape that is not valid, or npos. Surrogates must come
/// in pairs: a lone one has no UTF-8 form.
[[nodiscard]] std::size_t unescape_json(std::string_view escaped, std::string& result);

/// The offset of the control character within a string, or of the opening quote of the string that never ends.
[[nodiscard]] std::size_t find_string_trouble(std::string_view text) noexcept;

}  // namespace postern::document
