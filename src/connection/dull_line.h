// SPDX-License-Identifier: Apache-2.0
// Lines of configuration files that can hold neither an address nor a secret: `feature.retries=5`, `"timeout": "250ms",`.
#pragma once
#include <optional>
#include <string_view>

namespace postern::connection {

/// A line that is one key and one short plain word.
struct SimpleLine {
  std::size_t indent;  ///< bytes of white space before it
  std::string_view key;
};

/// The line as `KEY = WORD` or `KEY: WORD`, both perhaps in quotes, perhaps with a comma behind; nothing for every other line. WORD
/// has at most 14 letters, digits, '_' and '-': too short for every token that its shape gives away (see secret_shape.cpp), and
/// without a character that every URL, qualified host or host with a port has. Most lines of most configuration files are of this
/// form, and are done with after one look.
[[nodiscard]] std::optional<SimpleLine> simple_line(std::string_view line);

/// Whether a word under this name is neither a secret nor an address nor part of one, whatever the word. Remembered by name.
[[nodiscard]] bool is_dull_name(std::string_view name);

}  // namespace postern::connection
