// SPDX-License-Identifier: Apache-2.0
// Text to expression tree.
#pragma once
#include <string_view>
#include <variant>

#include "cel/ast.h"
#include "cel/lexer.h"
#include "cel/program.h"

namespace postern::cel {

/// Parses the whole of `text` and expands macros. The first error ends the parse.
[[nodiscard]] std::variant<ExpressionPointer, SyntaxError> parse(std::string_view text, const CompileOptions& options);

/// True for names that the grammar reserves: they cannot be variables or functions, but may be fields.
[[nodiscard]] bool is_reserved(std::string_view name) noexcept;

}  // namespace postern::cel
