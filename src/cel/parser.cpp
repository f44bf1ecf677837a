// SPDX-License-Identifier: Apache-2.0
// The grammar of the language definition by precedence climbing. Depth, height and size of the tree are limited here, so that
// everything behind may recurse.
#include "cel/parser.h"

#include <algorithm>
#include <array>

#include "cel/literal.h"
#include "cel/macros.h"

namespace postern::cel {
namespace {

constexpr std::array<std::string_view, 21> k_reserved = {
    "as",  "break", "const",   "continue",  "else", "false",  "for",  "function", "if",   "import", "in",
    "let", "loop",  "package", "namespace", "null", "return", "true", "var",      "void", "while",
};
constexpr std::array<std::string_view, 4> k_keywords = {"false", "in", "null", "true"};

struct BinaryOperator {
  Token token;
  int precedence;  ///< higher binds tighter
  std::string_view function;
};
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

/// Thrown inside the parser only: unwinding a recursive descent by hand would hide the grammar.
struct Failure {
  SyntaxError error;
};

class Parser {
 public:
  Parser(std::string_view text, std::vector<LexedToken> tokens, const CompileOptions& options)
      : m_text(text), m_tokens(std::move(tokens)), m_options(options) {}

  ExpressionPointer whole() {
    ExpressionPointer result = expression();
    if (current().kind != Token::end) fail_unexpected("the end of the expression or an operator");
    return result;
  }

 private:
  // --- tokens ---
  [[nodiscard]] const LexedToken& current() const { return m_tokens[m_at]; }
  [[nodiscard]] bool at(Token kind) const { return current().kind == kind; }
  [[nodiscard]] bool ahead(Token kind) const { return m_at + 1 < m_tokens.size() && m_tokens[m_at + 1].kind == kind; }
  [[nodiscard]] std::string_view text_of(const LexedToken& token) const {
    return m_text.substr(token.begin, token.end - token.begin);
  }
  bool accept(Token kind) {
    if (!at(kind)) return false;
    ++m_at;
    return true;
  }
  void expect(Token kind, const char* what) {
    if (!accept(kind)) fail_unexpected(what);
  }
  [[nodiscard]] std::uint32_t last_end() const { return m_at == 0 ? 0 : m_tokens[m_at - 1].end; }

  [[noreturn]] static void fail(std::uint32_t offset, std::string message, std::string hint = {}) {
    throw Failure{{offset, std::move(message), std::move(hint)}};
  }
  [[noreturn]] void fail_unexpected(const std::string& expected) const {
    const std::string found = at(Token::end) ? "the end of the expression" : "'" + std::string(text_of(current())) + "'";
    fail(current().begin, "found " + found + ", expected " + expected);
  }

  // --- nodes ---
  ExpressionPointer make(ExpressionKind kind, std::uint32_t offset) {
    if (++m_nodes > m_options.limits.max_nodes) fail(offset, "the expression has too many parts");
    return std::make_unique<Expression>(kind, offset);
  }
  /// Sets range and height once all operands are there.
  ExpressionPointer finish(ExpressionPointer node, std::uint32_t begin) {
    node->begin = begin;
    node->end = last_end();
    for (const ExpressionPointer& operand : node->operands)
      if (operand) node->height = std::max(node->height, operand->height + 1);
    if (node->height > m_options.limits.max_height) fail(node->offset, "the expression is nested too deeply");
    return node;
  }

  /// Counts one level of nesting while it lives.
  class Level {
   public:
    explicit Level(Parser& parser) : m_parser(parser) {
      if (++m_parser.m_nesting > m_parser.m_options.limits.max_nesting)
        fail(m_parser.current().begin, "the expression is nested too deeply");
    }
    ~Level() { --m_parser.m_nesting; }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;

   private:
    Parser& m_parser;
  };

  // --- grammar ---
  ExpressionPointer expression() {
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

  [[nodiscard]] const BinaryOperator* operator_here() const {
    if (at(Token::identifier)) return text_of(current()) == "in" ? &k_in : nullptr;
    const auto* row =
        std::find_if(k_operators.begin(), k_operators.end(), [&](const BinaryOperator& candidate) { return at(candidate.token); });
    return row == k_operators.end() ? nullptr : row;
  }

  ExpressionPointer binary(int lowest) {
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

  ExpressionPointer unary() {
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

  ExpressionPointer member() {
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

  ExpressionPointer dotted(ExpressionPointer target, std::uint32_t begin) {
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

  std::string selector() {
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

  ExpressionPointer indexed(ExpressionPointer target, std::uint32_t begin) {
    ExpressionPointer node = make(ExpressionKind::call, current().begin);
    ++m_at;
    node->name = accept(Token::question) ? "_[?_]" : "_[_]";
    node->operands.push_back(std::move(target));
    node->operands.push_back(expression());
    expect(Token::close_bracket, "']'");
    return finish(std::move(node), begin);
  }

  ExpressionPointer call_with_arguments(ExpressionPointer call, std::uint32_t begin) {
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

  ExpressionPointer primary() {
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

  ExpressionPointer number() {
    const std::uint32_t begin = current().begin;
    const bool negative = accept(Token::minus);
    const LexedToken token = current();
    auto value = number_value(token.kind, text_of(token), negative);
    if (auto* message = std::get_if<std::string>(&value)) fail(begin, std::move(*message));
    ++m_at;
    return constant(std::get<Value>(std::move(value)), begin);
  }

  ExpressionPointer constant(Value value, std::uint32_t begin) {
    ExpressionPointer node = make(ExpressionKind::constant, begin);
    node->value = std::move(value);
    return finish(std::move(node), begin);
  }

  ExpressionPointer text_literal() {
    const LexedToken token = current();
    auto value = string_value(text_of(token));
    if (auto* error = std::get_if<SyntaxError>(&value)) fail(token.begin + error->offset, error->message);
    ++m_at;
    return constant(std::get<Value>(std::move(value)), token.begin);
  }

  ExpressionPointer parenthesized() {
    const std::uint32_t open = current().begin;
    ++m_at;
    ExpressionPointer inner = expression();
    if (at(Token::end)) fail(open, "this '(' is not closed");
    expect(Token::close_paren, "')'");
    return inner;
  }

  ExpressionPointer list() {
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

  ExpressionPointer map() {
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

  ExpressionPointer name() {
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

  /// Name(.Name)* followed by '{'.
  [[nodiscard]] bool is_structure() const {
    std::size_t look = m_at;
    while (m_tokens[look].kind == Token::identifier && m_tokens[look + 1].kind == Token::dot) look += 2;
    return m_tokens[look].kind == Token::identifier && m_tokens[look + 1].kind == Token::open_brace;
  }

  ExpressionPointer structure(std::uint32_t begin, bool root_name) {
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

  std::string_view m_text;
  std::vector<LexedToken> m_tokens;
  const CompileOptions& m_options;
  std::size_t m_at = 0;
  std::uint32_t m_nesting = 0;
  std::uint32_t m_nodes = 0;
};

}  // namespace

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
