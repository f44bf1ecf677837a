// SPDX-License-Identifier: Apache-2.0
// Splits the text of an expression into tokens with their byte ranges.
#pragma once
#include <cstdint>
#include <string_view>
#include <variant>
#include <vector>

#include "cel/program.h"

namespace postern::cel {

enum class Token : std::uint8_t {
  end,
  identifier,
  quoted_identifier,
  integer,
  unsigned_integer,
  real,
  string,
  bytes,
  dot,
  comma,
  colon,
  question,
  open_paren,
  close_paren,
  open_bracket,
  close_bracket,
  open_brace,
  close_brace,
  bang,
  minus,
  plus,
  star,
  slash,
  percent,
  less,
  less_equal,
  greater,
  greater_equal,
  equal_equal,
  bang_equal,
  and_and,
  or_or,
};

struct LexedToken {
  Token kind = Token::end;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

/// Trouble at a byte offset.
struct SyntaxError {
  std::uint32_t offset = 0;
  std::string message;
  std::string hint;
};

/// All tokens, the last one `Token::end`, or the first error.
[[nodiscard]] std::variant<std::vector<LexedToken>, SyntaxError> tokenize(std::string_view text);

}  // namespace postern::cel
