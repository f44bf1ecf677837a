// SPDX-License-Identifier: Apache-2.0
// What every part of the grammar uses. Depth, height and size of the tree are limited here, so that everything behind may recurse.
#include "cel/parser.h"

#include <algorithm>
#include <array>

#include "cel/parsing.h"

namespace postern::cel {
namespace {

constexpr std::array<std::string_view, 21> k_reserved = {
    "as",  "break", "const",   "continue",  "else", "false",  "for",  "function", "if",   "import", "in",
    "let", "loop",  "package", "namespace", "null", "return", "true", "var",      "void", "while",
};

}  // namespace

ExpressionPointer Parser::whole() {
  ExpressionPointer result = expression();
  if (current().kind != Token::end) fail_unexpected("the end of the expression or an operator");
  return result;
}

void Parser::expect(Token kind, const char* what) {
  if (!accept(kind)) fail_unexpected(what);
}

void Parser::fail(std::uint32_t offset, std::string message, std::string hint) {
  throw Failure{{offset, std::move(message), std::move(hint)}};
}

void Parser::fail_unexpected(const std::string& expected) const {
  const std::string found = at(Token::end) ? "the end of the expression" : "'" + std::string(text_of(current())) + "'";
  fail(current().begin, "found " + found + ", expected " + expected);
}

ExpressionPointer Parser::make(ExpressionKind kind, std::uint32_t offset) {
  if (++m_nodes > m_options.limits.max_nodes) fail(offset, "the expression has too many parts");
  return std::make_unique<Expression>(kind, offset);
}

ExpressionPointer Parser::finish(ExpressionPointer node, std::uint32_t begin) {
  node->begin = begin;
  node->end = last_end();
  for (const ExpressionPointer& operand : node->operands)
    if (operand) node->height = std::max(node->height, operand->height + 1);
  if (node->height > m_options.limits.max_height) fail(node->offset, "the expression is nested too deeply");
  return node;
}

ExpressionPointer Parser::constant(Value value, std::uint32_t begin) {
  ExpressionPointer node = make(ExpressionKind::constant, begin);
  node->value = std::move(value);
  return finish(std::move(node), begin);
}

bool is_reserved(std::string_view name) noexcept {
  return std::find(k_reserved.begin(), k_reserved.end(), name) != k_reserved.end();
}

std::variant<ExpressionPointer, SyntaxError> parse(std::string_view text, const CompileOptions& options) {
  if (text.size() > options.limits.max_length)
    return SyntaxError{0,
                       "the expression has " + std::to_string(text.size()) + " bytes, more than the limit of " +
                           std::to_string(options.limits.max_length),
                       {}};
  auto tokens = tokenize(text);
  if (auto* error = std::get_if<SyntaxError>(&tokens)) return std::move(*error);
  try {
    return Parser(text, std::get<std::vector<LexedToken>>(std::move(tokens)), options).whole();
  } catch (Failure& failure) {
    return std::move(failure.error);
  }
}

}  // namespace postern::cel
