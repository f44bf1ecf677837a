// SPDX-License-Identifier: Apache-2.0
// Macros: calls that the parser replaces by other expressions.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <variant>

#include "cel/ast.h"
#include "cel/lexer.h"

namespace postern::cel {

/// A row for the documentation of macros; the example is an expression that is true.
struct MacroRow {
  std::string_view name;  ///< "exists", "cel.bind"
  CallStyle style;        ///< member: has a receiver; names with a dot are called on their namespace
  std::size_t arguments;  ///< without the receiver
  std::variant<ExpressionPointer, SyntaxError> (*expand)(ExpressionPointer call);
  std::string_view description;
  std::string_view example;
};

[[nodiscard]] std::span<const MacroRow> macros();

/// Expands `call` (kind call) if it is a macro; otherwise gives it back unchanged.
[[nodiscard]] std::variant<ExpressionPointer, SyntaxError> expand_macro(ExpressionPointer call);

}  // namespace postern::cel
