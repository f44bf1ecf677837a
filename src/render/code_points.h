// SPDX-License-Identifier: Apache-2.0
// Text as Unicode code points: which of them are dangerous to show, and how many columns a text takes.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace postern::render {

/// One code point of a text, or one byte that is not part of well-formed UTF-8.
struct CodePoint {
  char32_t value = 0;
  std::size_t length = 1;  ///< bytes
  bool is_valid = true;    ///< false: `value` is the byte
};
/// The code point at `at`, which must lie within the text.
[[nodiscard]] CodePoint code_point_at(std::string_view text, std::size_t at) noexcept;

/// Control characters, line separators, bidirectional controls, and characters that show nothing but change what is shown.
[[nodiscard]] bool is_invisible(char32_t value) noexcept;

/// Code points, which is columns for the scripts that names are written in.
[[nodiscard]] std::size_t columns(std::string_view text) noexcept;

/// At most `most` code points; what was cut is marked by an ellipsis, which counts.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t most);

/// Where the `[` of a logging command of Azure Pipelines (`##vso[`, `##[`) stands at or after `from`; npos: there is none.
[[nodiscard]] std::size_t find_logging_command(std::string_view text, std::size_t from) noexcept;

}  // namespace postern::render
