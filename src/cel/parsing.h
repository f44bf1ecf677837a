// SPDX-License-Identifier: Apache-2.0
// The recursive descent; its parts are in parser.cpp and the files called parse_*.cpp.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "cel/parser.h"

namespace postern::cel {

struct BinaryOperator;

/// Thrown inside the parser only: unwinding a recursive descent by hand would hide the grammar.
struct Failure {
  SyntaxError error;
};

class Parser {
 public:
  Parser(std::string_view text, std::vector<LexedToken> tokens, const CompileOptions& options)
      : m_text(text), m_tokens(std::move(tokens)), m_options(options) {}

  ExpressionPointer whole();

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
  void expect(Token kind, const char* what);
  [[nodiscard]] std::uint32_t last_end() const { return m_at == 0 ? 0 : m_tokens[m_at - 1].end; }

  [[noreturn]] static void fail(std::uint32_t offset, std::string message, std::string hint = {});
  [[noreturn]] void fail_unexpected(const std::string& expected) const;

  // --- nodes ---
  ExpressionPointer make(ExpressionKind kind, std::uint32_t offset);
  /// Sets range and height once all operands are there.
  ExpressionPointer finish(ExpressionPointer node, std::uint32_t begin);

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
  ExpressionPointer expression();
  [[nodiscard]] const BinaryOperator* operator_here() const;
  ExpressionPointer binary(int lowest);
  ExpressionPointer unary();
  ExpressionPointer member();
  ExpressionPointer dotted(ExpressionPointer target, std::uint32_t begin);
  std::string selector();
  ExpressionPointer indexed(ExpressionPointer target, std::uint32_t begin);
  ExpressionPointer call_with_arguments(ExpressionPointer call, std::uint32_t begin);
  ExpressionPointer primary();
  ExpressionPointer number();
  ExpressionPointer constant(Value value, std::uint32_t begin);
  ExpressionPointer text_literal();
  ExpressionPointer parenthesized();
  ExpressionPointer list();
  ExpressionPointer map();
  ExpressionPointer name();

  /// Name(.Name)* followed by '{'.
  [[nodiscard]] bool is_structure() const;
  ExpressionPointer structure(std::uint32_t begin, bool root_name);

  std::string_view m_text;
  std::vector<LexedToken> m_tokens;
  const CompileOptions& m_options;
  std::size_t m_at = 0;
  std::uint32_t m_nesting = 0;
  std::uint32_t m_nodes = 0;
};

}  // namespace postern::cel
