// SPDX-License-Identifier: Apache-2.0
// The values of literals: numbers and strings with their escapes.
#pragma once
#include <string_view>
#include <variant>

#include "cel/lexer.h"
#include "cel/value.h"

namespace postern::cel {

/// The value of a number token's text; `negative` when a minus stands directly before it.
[[nodiscard]] std::variant<Value, std::string> number_value(Token kind, std::string_view text, bool negative);
/// The value of a string or bytes token's text (with prefix and quotes); an error carries the offset within `text`.
[[nodiscard]] std::variant<Value, SyntaxError> string_value(std::string_view text);

}  // namespace postern::cel
