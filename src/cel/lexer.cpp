// SPDX-License-Identifier: Apache-2.0
// The lexical grammar of the language definition (section Syntax).
#include "cel/lexer.h"

#include <postern/base/text.h>

#include <algorithm>
#include <array>

namespace postern::cel {
namespace {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
constexpr bool is_name(char c) { return is_letter(c) || is_digit(c); }
constexpr bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
constexpr bool is_quoted_name(char c) { return is_name(c) || c == '.' || c == '-' || c == '/' || c == ' '; }

struct Symbol {
  std::string_view text;
  Token token;
};
/// Longer symbols first.
constexpr std::array k_symbols = {
    Symbol{"<=", Token::less_equal},  Symbol{">=", Token::greater_equal}, Symbol{"==", Token::equal_equal},
    Symbol{"!=", Token::bang_equal},  Symbol{"&&", Token::and_and},       Symbol{"||", Token::or_or},
    Symbol{".", Token::dot},          Symbol{",", Token::comma},          Symbol{":", Token::colon},
    Symbol{"?", Token::question},     Symbol{"(", Token::open_paren},     Symbol{")", Token::close_paren},
    Symbol{"[", Token::open_bracket}, Symbol{"]", Token::close_bracket},  Symbol{"{", Token::open_brace},
    Symbol{"}", Token::close_brace},  Symbol{"!", Token::bang},           Symbol{"-", Token::minus},
    Symbol{"+", Token::plus},         Symbol{"*", Token::star},           Symbol{"/", Token::slash},
    Symbol{"%", Token::percent},      Symbol{"<", Token::less},           Symbol{">", Token::greater},
};

class Lexer {
 public:
  explicit Lexer(std::string_view text) : m_text(text) {}

  std::variant<std::vector<LexedToken>, SyntaxError> run() {
    if (const auto bad = base::find_invalid_utf8(m_text))
      return SyntaxError{static_cast<std::uint32_t>(*bad), "the expression is not well-formed UTF-8", {}};
    while (!m_error) {
      skip_space();
      if (m_at >= m_text.size()) break;
      next();
    }
    if (m_error) return *m_error;
    m_tokens.push_back({Token::end, size(), size()});
    return std::move(m_tokens);
  }

 private:
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(m_text.size()); }
  [[nodiscard]] char peek(std::size_t ahead = 0) const { return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0'; }
  void fail(std::size_t offset, std::string message, std::string hint = {}) {
    m_error = SyntaxError{static_cast<std::uint32_t>(offset), std::move(message), std::move(hint)};
  }
  void add(Token kind, std::size_t begin) {
    m_tokens.push_back({kind, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(m_at)});
  }

  void skip_space() {
    while (m_at < m_text.size()) {
      if (is_space(m_text[m_at])) {
        ++m_at;
      } else if (m_text.substr(m_at, 2) == "//") {
        m_at = std::min(m_text.find('\n', m_at), m_text.size());
      } else {
        return;
      }
    }
  }

  void next() {
    if (const std::size_t prefix = string_prefix(); prefix != std::string_view::npos) return string_literal(prefix);
    const char c = peek();
    if (is_letter(c)) return identifier();
    if (is_digit(c) || (c == '.' && is_digit(peek(1)))) return number();
    if (c == '`') return quoted_identifier();
    const auto symbol = std::find_if(k_symbols.begin(), k_symbols.end(),
                                     [&](const Symbol& row) { return m_text.substr(m_at, row.text.size()) == row.text; });
    if (symbol == k_symbols.end()) return unexpected();
    const std::size_t begin = m_at;
    m_at += symbol->text.size();
    add(symbol->token, begin);
  }

  void unexpected() {
    std::size_t length = 1;
    while (m_at + length < m_text.size() && (static_cast<unsigned char>(m_text[m_at + length]) & 0xC0U) == 0x80U) ++length;
    std::string hint;
    if (peek() == '=') hint = "equality is written '=='";
    if (peek() == '&' || peek() == '|') hint = "logical operators are written '&&' and '||'";
    fail(m_at, "unexpected character '" + std::string(m_text.substr(m_at, length)) + "'", hint);
  }

  void identifier() {
    const std::size_t begin = m_at;
    while (is_name(peek())) ++m_at;
    add(Token::identifier, begin);
  }

  void quoted_identifier() {
    const std::size_t begin = m_at++;
    while (is_quoted_name(peek())) ++m_at;
    if (peek() != '`' || m_at == begin + 1)
      return fail(begin, "a name in backticks is not closed or has a character it may not have");
    ++m_at;
    add(Token::quoted_identifier, begin);
  }

  void number() {
    const std::size_t begin = m_at;
    Token kind = Token::integer;
    if (peek() == '0' && (peek(1) == 'x' || peek(1) == 'X') && is_hex(peek(2))) {
      m_at += 2;
      while (is_hex(peek())) ++m_at;
    } else {
      while (is_digit(peek())) ++m_at;
      if (peek() == '.' && is_digit(peek(1))) {
        kind = Token::real;
        ++m_at;
        while (is_digit(peek())) ++m_at;
      }
      const std::size_t sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
      if ((peek() == 'e' || peek() == 'E') && is_digit(peek(1 + sign))) {
        kind = Token::real;
        m_at += 1 + sign;
        while (is_digit(peek())) ++m_at;
      }
    }
    if (kind == Token::integer && (peek() == 'u' || peek() == 'U')) {
      kind = Token::unsigned_integer;
      ++m_at;
    }
    if (is_name(peek())) return fail(begin, "malformed number");
    add(kind, begin);
  }

  /// Length of the prefix (r, b, br) before a quote here; npos when no string starts here.
  [[nodiscard]] std::size_t string_prefix() const {
    std::size_t length = 0;
    if (peek(length) == 'b' || peek(length) == 'B') ++length;
    if (peek(length) == 'r' || peek(length) == 'R') ++length;
    const char quote = peek(length);
    return quote == '"' || quote == '\'' ? length : std::string_view::npos;
  }

  void string_literal(std::size_t prefix) {
    const std::size_t begin = m_at;
    const std::string_view marks = m_text.substr(m_at, prefix);
    const bool is_bytes = marks.find_first_of("bB") != std::string_view::npos;
    const bool is_raw = marks.find_first_of("rR") != std::string_view::npos;
    m_at += prefix;
    const char quote = peek();
    const bool triple = peek(1) == quote && peek(2) == quote;
    const std::size_t width = triple ? 3 : 1;
    const std::string closing(width, quote);
    m_at += width;
    while (m_text.substr(m_at, width) != closing) {
      if (m_at >= m_text.size() || (!triple && (peek() == '\n' || peek() == '\r'))) return fail(begin, "the string is not closed");
      m_at += !is_raw && peek() == '\\' && m_at + 1 < m_text.size() ? 2U : 1U;
    }
    m_at += width;
    add(is_bytes ? Token::bytes : Token::string, begin);
  }

  std::string_view m_text;
  std::size_t m_at = 0;
  std::vector<LexedToken> m_tokens;
  std::optional<SyntaxError> m_error;
};

}  // namespace

std::variant<std::vector<LexedToken>, SyntaxError> tokenize(std::string_view text) { return Lexer(text).run(); }

}  // namespace postern::cel
