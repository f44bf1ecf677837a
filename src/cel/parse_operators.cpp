// SPDX-License-Identifier: Apache-2.0
// Operators, selections and calls: the grammar of the language definition by precedence climbing.
#include <algorithm>
#include <array>

#include "cel/macros.h"
#include "cel/parsing.h"

namespace postern::cel {

struct BinaryOperator {
  Token token;
  int precedence;  ///< higher binds tighter
  std::string_view function;
};

namespace {

constexpr std::array<std::string_view, 4> k_keywords = {"false", "in", "null", "true"};

constexpr int k_relation = 3;
constexpr std::array k_operators = {
    BinaryOperator{Token::or_or, 1, "_||_"},
    BinaryOperator{Token::and_and, 2, "_&&_"},
    BinaryOperator{Token::less, k_relation, "_<_"},
    BinaryOperator{Token::less_equal, k_relation, "_<=_"},
    BinaryOperator{Token::greater, k_relation, "_>_"},
    BinaryOperator{Token::greater_equal, k_relation, "_>=_"},
    BinaryOperator{Token::equal_equal, k_relation, "_==_"},
    BinaryOperator{Token::bang_equal, k_relation, "_!=_"},
    BinaryOperator{Token::plus, 4, "_+_"},
    BinaryOperator{Token::minus, 4, "_-_"},
    BinaryOperator{Token::star, 5, "_*_"},
    BinaryOperator{Token::slash, 5, "_/_"},
    BinaryOperator{Token::percent, 5, "_%_"},
};
constexpr BinaryOperator k_in{Token::identifier, k_relation, "@in"};

}  // namespace

ExpressionPointer Parser::expression() {
  const Level level(*this);
  const std::uint32_t begin = current().begin;
  ExpressionPointer condition = binary(1);
  if (!at(Token::question)) return condition;
  ExpressionPointer node = make(ExpressionKind::call, current().begin);
  ++m_at;
  node->name = "_?_:_";
  node->operands.push_back(std::move(condition));
  node->operands.push_back(binary(1));
  expect(Token::colon, "':' of the conditional operator");
  node->operands.push_back(expression());
  return finish(std::move(node), begin);
}

const BinaryOperator* Parser::operator_here() const {
  if (at(Token::identifier)) return text_of(current()) == "in" ? &k_in : nullptr;
  const auto* row =
      std::find_if(k_operators.begin(), k_operators.end(), [&](const BinaryOperator& candidate) { return at(candidate.token); });
  return row == k_operators.end() ? nullptr : row;
}

ExpressionPointer Parser::binary(int lowest) {
  const std::uint32_t begin = current().begin;
  ExpressionPointer left = unary();
  const Expression* open_chain = nullptr;  // a chain of && or || is one node: long policies gain no height
  for (const BinaryOperator* row = operator_here(); row != nullptr && row->precedence >= lowest; row = operator_here()) {
    const std::uint32_t offset = current().begin;
    ++m_at;
    ExpressionPointer right = binary(row->precedence + 1);
    const bool is_logical = row->token == Token::or_or || row->token == Token::and_and;
    const bool continues = is_logical && open_chain == left.get() && left->name == row->function;
    if (!continues) {
      ExpressionPointer node = make(ExpressionKind::call, offset);
      node->name = row->function;
      node->operands.push_back(std::move(left));
      left = std::move(node);
    }
    left->operands.push_back(std::move(right));
    left = finish(std::move(left), begin);
    open_chain = is_logical ? left.get() : nullptr;
  }
  return left;
}

ExpressionPointer Parser::unary() {
  if (!at(Token::bang) && !at(Token::minus)) return member();
  const Token kind = current().kind;
  const std::uint32_t begin = current().begin;
  std::uint32_t last = begin;
  bool odd = false;
  const bool is_minus = kind == Token::minus;
  while (at(kind)) {
    // The last minus before a number belongs to the literal: -9223372036854775808 is an int.
    if (is_minus && (ahead(Token::integer) || ahead(Token::real))) break;
    last = current().begin;
    odd = !odd;
    ++m_at;
  }
  ExpressionPointer operand = member();
  if (!odd) return operand;
  ExpressionPointer node = make(ExpressionKind::call, last);
  node->name = is_minus ? "-_" : "!_";
  node->operands.push_back(std::move(operand));
  return finish(std::move(node), begin);
}

ExpressionPointer Parser::member() {
  const std::uint32_t begin = current().begin;
  ExpressionPointer node = primary();
  while (true) {
    if (at(Token::dot)) {
      node = dotted(std::move(node), begin);
    } else if (at(Token::open_bracket)) {
      node = indexed(std::move(node), begin);
    } else {
      return node;
    }
  }
}

ExpressionPointer Parser::dotted(ExpressionPointer target, std::uint32_t begin) {
  ++m_at;
  const bool optional = accept(Token::question);
  const LexedToken name_token = current();
  std::string name = selector();
  if (!optional && at(Token::open_paren) && name_token.kind == Token::identifier) {
    ExpressionPointer call = make(ExpressionKind::call, name_token.begin);
    call->name = std::move(name);
    call->member = true;
    call->operands.push_back(std::move(target));
    return call_with_arguments(std::move(call), begin);
  }
  ExpressionPointer node = make(optional ? ExpressionKind::call : ExpressionKind::select, name_token.begin);
  node->operands.push_back(std::move(target));
  if (!optional) {
    node->name = std::move(name);
    return finish(std::move(node), begin);
  }
  node->name = "_?._";
  ExpressionPointer key = make(ExpressionKind::constant, name_token.begin);
  key->value = Value::own_string(std::move(name));
  key->end = name_token.end;
  node->operands.push_back(std::move(key));
  return finish(std::move(node), begin);
}

std::string Parser::selector() {
  if (at(Token::quoted_identifier)) {
    const std::string_view text = text_of(m_tokens[m_at++]);
    return std::string(text.substr(1, text.size() - 2));
  }
  if (!at(Token::identifier)) fail_unexpected("a field name");
  const std::string_view name = text_of(current());
  if (std::find(k_keywords.begin(), k_keywords.end(), name) != k_keywords.end()) fail_unexpected("a field name");
  ++m_at;
  return std::string(name);
}

ExpressionPointer Parser::indexed(ExpressionPointer target, std::uint32_t begin) {
  ExpressionPointer node = make(ExpressionKind::call, current().begin);
  ++m_at;
  node->name = accept(Token::question) ? "_[?_]" : "_[_]";
  node->operands.push_back(std::move(target));
  node->operands.push_back(expression());
  expect(Token::close_bracket, "']'");
  return finish(std::move(node), begin);
}

ExpressionPointer Parser::call_with_arguments(ExpressionPointer call, std::uint32_t begin) {
  const std::uint32_t open = current().begin;
  expect(Token::open_paren, "'('");
  while (!at(Token::close_paren)) {
    call->operands.push_back(expression());
    if (!accept(Token::comma)) break;
    if (at(Token::close_paren)) fail_unexpected("an argument");
  }
  if (!accept(Token::close_paren)) {
    if (at(Token::end)) fail(open, "this '(' is not closed");
    fail_unexpected("',' or ')'");
  }
  call = finish(std::move(call), begin);
  if (m_options.macros == Macros::off) return call;
  auto expanded = expand_macro(std::move(call));
  if (auto* error = std::get_if<SyntaxError>(&expanded)) throw Failure{std::move(*error)};
  return finish(std::move(std::get<ExpressionPointer>(expanded)), begin);
}

}  // namespace postern::cel
