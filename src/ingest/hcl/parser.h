// SPDX-License-Identifier: Apache-2.0
// Tokens of HCL -> a tree.
#pragma once
#include <ingest/hcl/lexer.h>
#include <ingest/hcl/syntax.h>

#include <string_view>
#include <vector>

namespace postern::ingest::hcl {

/// Reads a whole file. After an error reading goes on at the next block or attribute of the outermost level, so that one mistake
/// costs one block. Expressions and blocks nest at most a hundred deep.
[[nodiscard]] Body parse_file(std::string_view text, std::vector<SyntaxError>& errors);
/// Reads one expression, e.g. of a `.tf.json` file: nothing but it may stand there.
[[nodiscard]] ExpressionPointer parse_expression(std::string_view text, std::vector<SyntaxError>& errors);
/// Reads a text with ${ } and %{ } in it.
[[nodiscard]] ExpressionPointer parse_template(std::string_view text, std::vector<SyntaxError>& errors);

}  // namespace postern::ingest::hcl
