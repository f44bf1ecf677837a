// SPDX-License-Identifier: Apache-2.0
// Literals, names, lists, maps and structures.
#include "cel/literal.h"
#include "cel/parsing.h"

namespace postern::cel {

ExpressionPointer Parser::primary() {
  const LexedToken token = current();
  switch (token.kind) {
    case Token::minus:
    case Token::integer:
    case Token::unsigned_integer:
    case Token::real:
      return number();
    case Token::string:
    case Token::bytes:
      return text_literal();
    case Token::open_paren:
      return parenthesized();
    case Token::open_bracket:
      return list();
    case Token::open_brace:
      return map();
    case Token::dot:
    case Token::identifier:
      return name();
    default:
      fail_unexpected("a value, a name or '('");
  }
}

ExpressionPointer Parser::number() {
  const std::uint32_t begin = current().begin;
  const bool negative = accept(Token::minus);
  const LexedToken token = current();
  auto value = number_value(token.kind, text_of(token), negative);
  if (auto* message = std::get_if<std::string>(&value)) fail(begin, std::move(*message));
  ++m_at;
  return constant(std::get<Value>(std::move(value)), begin);
}

ExpressionPointer Parser::text_literal() {
  const LexedToken token = current();
  auto value = string_value(text_of(token));
  if (auto* error = std::get_if<SyntaxError>(&value)) fail(token.begin + error->offset, error->message);
  ++m_at;
  return constant(std::get<Value>(std::move(value)), token.begin);
}

ExpressionPointer Parser::parenthesized() {
  const std::uint32_t open = current().begin;
  ++m_at;
  ExpressionPointer inner = expression();
  if (at(Token::end)) fail(open, "this '(' is not closed");
  expect(Token::close_paren, "')'");
  return inner;
}

ExpressionPointer Parser::list() {
  const std::uint32_t open = current().begin;
  ExpressionPointer node = make(ExpressionKind::list, open);
  ++m_at;
  while (!at(Token::close_bracket)) {
    node->optional_entries.push_back(accept(Token::question));
    node->has_optional = node->has_optional || node->optional_entries.back();
    node->operands.push_back(expression());
    if (!accept(Token::comma)) break;
  }
  if (at(Token::end)) fail(open, "this '[' is not closed");
  expect(Token::close_bracket, "',' or ']'");
  return finish(std::move(node), open);
}

ExpressionPointer Parser::map() {
  const std::uint32_t open = current().begin;
  ExpressionPointer node = make(ExpressionKind::map, open);
  ++m_at;
  while (!at(Token::close_brace)) {
    node->optional_entries.push_back(accept(Token::question));
    node->has_optional = node->has_optional || node->optional_entries.back();
    node->operands.push_back(expression());
    expect(Token::colon, "':' between key and value");
    node->operands.push_back(expression());
    if (!accept(Token::comma)) break;
  }
  if (at(Token::end)) fail(open, "this '{' is not closed");
  expect(Token::close_brace, "',' or '}'");
  return finish(std::move(node), open);
}

ExpressionPointer Parser::name() {
  const std::uint32_t begin = current().begin;
  const bool root_name = accept(Token::dot);
  const LexedToken token = current();
  if (token.kind != Token::identifier) fail_unexpected("a name");
  const std::string_view text = text_of(token);
  if (!root_name) {
    if (text == "true" || text == "false") return ++m_at, constant(Value::boolean(text == "true"), begin);
    if (text == "null") return ++m_at, constant(Value::null(), begin);
  }
  if (is_structure()) return structure(begin, root_name);
  if (is_reserved(text)) fail(token.begin, "'" + std::string(text) + "' is a reserved word and cannot be a name");
  ++m_at;
  const bool is_call = at(Token::open_paren);
  ExpressionPointer node = make(is_call ? ExpressionKind::call : ExpressionKind::identifier, token.begin);
  node->name = text;
  node->root_name = root_name;
  return is_call ? call_with_arguments(std::move(node), begin) : finish(std::move(node), begin);
}

bool Parser::is_structure() const {
  std::size_t look = m_at;
  while (m_tokens[look].kind == Token::identifier && m_tokens[look + 1].kind == Token::dot) look += 2;
  return m_tokens[look].kind == Token::identifier && m_tokens[look + 1].kind == Token::open_brace;
}

ExpressionPointer Parser::structure(std::uint32_t begin, bool root_name) {
  ExpressionPointer node = make(ExpressionKind::structure, begin);
  node->root_name = root_name;
  node->name = text_of(m_tokens[m_at++]);
  while (accept(Token::dot)) node->name += "." + std::string(text_of(m_tokens[m_at++]));
  expect(Token::open_brace, "'{'");
  while (!at(Token::close_brace)) {
    accept(Token::question);
    node->names.push_back(selector());
    expect(Token::colon, "':' between field and value");
    node->operands.push_back(expression());
    if (!accept(Token::comma)) break;
  }
  expect(Token::close_brace, "',' or '}'");
  return finish(std::move(node), begin);
}

}  // namespace postern::cel
