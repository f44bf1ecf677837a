// SPDX-License-Identifier: Apache-2.0
// Reads tokens. Templates nest: inside of ${ } is an expression, which may hold templates of its own.
#include <ingest/hcl/lexer.h>

#include <algorithm>
#include <array>
#include <utility>

namespace postern::ingest::hcl {
namespace {

constexpr std::size_t k_deepest = 100;

bool is_identifier_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_identifier_part(char c) { return is_identifier_start(c) || is_digit(c) || c == '-'; }

void append_utf8(std::uint32_t code, std::string& out) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0U | code >> 6U);
    out += static_cast<char>(0x80U | (code & 0x3FU));
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0U | code >> 12U);
    out += static_cast<char>(0x80U | (code >> 6U & 0x3FU));
    out += static_cast<char>(0x80U | (code & 0x3FU));
  } else {
    out += static_cast<char>(0xF0U | code >> 18U);
    out += static_cast<char>(0x80U | (code >> 12U & 0x3FU));
    out += static_cast<char>(0x80U | (code >> 6U & 0x3FU));
    out += static_cast<char>(0x80U | (code & 0x3FU));
  }
}

/// What the lexer is inside of.
struct Frame {
  enum class Kind : std::uint8_t { quoted, heredoc, sequence } kind = Kind::quoted;
  std::string marker;      ///< of a heredoc
  bool indented = false;   ///< <<-
  std::size_t braces = 0;  ///< open within a sequence
  std::size_t first = 0;   ///< index of the token that began it
};

class Lexer {
 public:
  Lexer(std::string_view text, std::vector<SyntaxError>& errors) : m_text(text), m_errors(errors) {
    if (m_text.starts_with("\xEF\xBB\xBF")) m_at = 3;
  }

  std::vector<Token> run() {
    while (m_at < m_text.size() && !m_failed) {
      if (m_frames.empty() || m_frames.back().kind == Frame::Kind::sequence) {
        code();
      } else if (m_frames.back().kind == Frame::Kind::quoted) {
        quoted();
      } else {
        heredoc();
      }
    }
    if (!m_failed && !m_frames.empty()) fail("the text ends inside of a template");
    push(TokenKind::end, {});
    return std::move(m_tokens);
  }

 private:
  [[nodiscard]] char peek(std::size_t ahead = 0) const { return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0'; }

  void advance(std::size_t count) {
    for (std::size_t i = 0; i < count && m_at < m_text.size(); ++i) {
      if (m_text[m_at++] == '\n') {
        ++m_line;
        m_column = 1;
      } else {
        ++m_column;
      }
    }
  }

  void push(TokenKind kind, std::string text) { m_tokens.push_back({kind, std::move(text), false, m_line, m_column}); }

  void fail(std::string message) {
    m_errors.push_back({std::move(message), m_line, m_column});
    m_failed = true;
  }

  void enter(Frame frame) {
    if (m_frames.size() >= k_deepest) return fail("templates are nested too deeply");
    frame.first = m_tokens.size();
    m_frames.push_back(std::move(frame));
  }

  void comment_line() {
    const std::size_t end = m_text.find('\n', m_at);
    advance((end == std::string_view::npos ? m_text.size() : end) - m_at);
  }

  void code() {
    const char c = peek();
    if (c == ' ' || c == '\t' || c == '\r') return advance(1);
    if (c == '\n') {
      push(TokenKind::newline, "\n");
      return advance(1);
    }
    if (c == '#' || (c == '/' && peek(1) == '/')) return comment_line();
    if (c == '/' && peek(1) == '*') {
      const std::size_t end = m_text.find("*/", m_at + 2);
      if (end == std::string_view::npos) return fail("a comment has no end");
      return advance(end + 2 - m_at);
    }
    if (c == '"') {
      push(TokenKind::template_begin, "\"");
      advance(1);
      return enter({});
    }
    if (c == '<' && peek(1) == '<') return begin_heredoc();
    if (is_identifier_start(c)) return identifier();
    if (is_digit(c)) return number();
    punctuation();
  }

  void identifier() {
    std::size_t end = m_at;
    while (end < m_text.size() && is_identifier_part(m_text[end])) ++end;
    push(TokenKind::identifier, std::string(m_text.substr(m_at, end - m_at)));
    advance(end - m_at);
  }

  void number() {
    std::size_t end = m_at;
    const auto digits = [&] {
      while (end < m_text.size() && is_digit(m_text[end])) ++end;
    };
    digits();
    if (end + 1 < m_text.size() && m_text[end] == '.' && is_digit(m_text[end + 1])) {
      ++end;
      digits();
    }
    if (end < m_text.size() && (m_text[end] == 'e' || m_text[end] == 'E')) {
      std::size_t exponent = end + 1;
      if (exponent < m_text.size() && (m_text[exponent] == '+' || m_text[exponent] == '-')) ++exponent;
      if (exponent < m_text.size() && is_digit(m_text[exponent])) {
        end = exponent;
        digits();
      }
    }
    push(TokenKind::number, std::string(m_text.substr(m_at, end - m_at)));
    advance(end - m_at);
  }

  void punctuation() {
    constexpr std::array<std::string_view, 9> k_long = {"...", "==", "!=", "<=", ">=", "&&", "||", "=>", "::"};
    const std::string_view rest = m_text.substr(m_at);
    // ~} ends a sequence whose following space goes.
    if (!m_frames.empty() && m_frames.back().braces == 0 && rest.starts_with("~}")) {
      advance(1);
      return end_sequence(true);
    }
    for (const std::string_view word : k_long) {
      if (!rest.starts_with(word)) continue;
      push(TokenKind::punctuation, std::string(word));
      return advance(word.size());
    }
    const char c = peek();
    if (std::string_view("{}[](),.=:?+-*/%!<>").find(c) == std::string_view::npos) {
      return fail(std::string("unexpected character `") + (static_cast<unsigned char>(c) < 0x20 ? '?' : c) + "`");
    }
    if (!m_frames.empty()) {
      std::size_t& braces = m_frames.back().braces;
      if (c == '{') ++braces;
      if (c == '}') {
        if (braces == 0) return end_sequence(false);
        --braces;
      }
    }
    push(TokenKind::punctuation, std::string(1, c));
    advance(1);
  }

  void end_sequence(bool trims) {
    push(TokenKind::sequence_end, "}");
    m_tokens.back().trims = trims;
    m_frames.pop_back();
    advance(1);
  }

  void begin_sequence() {
    const bool interpolates = peek() == '$';
    push(interpolates ? TokenKind::interpolation : TokenKind::directive, std::string(m_text.substr(m_at, 2)));
    advance(2);
    if (peek() == '~') {
      m_tokens.back().trims = true;
      advance(1);
    }
    enter({Frame::Kind::sequence, {}, false, 0, 0});
  }

  [[nodiscard]] bool at_sequence() const { return (peek() == '$' || peek() == '%') && peek(1) == '{'; }
  [[nodiscard]] bool at_escaped_sequence() const { return (peek() == '$' || peek() == '%') && peek(1) == peek() && peek(2) == '{'; }

  void quoted() {
    std::string text;
    const std::uint32_t line = m_line;
    const std::uint32_t column = m_column;
    const auto flush = [&] {
      if (!text.empty()) m_tokens.push_back({TokenKind::text, std::move(text), false, line, column});
    };
    while (m_at < m_text.size()) {
      const char c = peek();
      if (c == '"') {
        flush();
        push(TokenKind::template_end, "\"");
        m_frames.pop_back();
        return advance(1);
      }
      if (c == '\n') return fail("a string does not end on its line");
      if (at_escaped_sequence()) {
        text += m_text.substr(m_at + 1, 2);
        advance(3);
      } else if (at_sequence()) {
        flush();
        return begin_sequence();
      } else if (c == '\\') {
        if (!escape(text)) return;
      } else {
        text += c;
        advance(1);
      }
    }
    fail("a string has no end");
  }

  bool escape(std::string& text) {
    const char c = peek(1);
    constexpr std::array<std::pair<char, char>, 5> k_simple = {{{'n', '\n'}, {'r', '\r'}, {'t', '\t'}, {'"', '"'}, {'\\', '\\'}}};
    for (const auto& [letter, meaning] : k_simple) {
      if (c != letter) continue;
      text += meaning;
      advance(2);
      return true;
    }
    const std::size_t digits = c == 'u' ? 4 : c == 'U' ? 8 : 0;
    std::uint32_t code = 0;
    bool valid = digits != 0;
    for (std::size_t i = 0; i < digits; ++i) {
      const char digit = peek(2 + i);
      const std::string_view hex = "0123456789abcdef";
      const std::size_t value = hex.find(digit >= 'A' && digit <= 'F' ? static_cast<char>(digit - 'A' + 'a') : digit);
      valid = valid && digit != '\0' && value != std::string_view::npos;
      code = code << 4U | static_cast<std::uint32_t>(value & 15U);
    }
    if (!valid || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) {
      fail("an escape sequence that is none: write \\n, \\r, \\t, \\\", \\\\, \\uNNNN or \\UNNNNNNNN");
      return false;
    }
    append_utf8(code, text);
    advance(2 + digits);
    return true;
  }

  void begin_heredoc() {
    const std::uint32_t line = m_line;
    const std::uint32_t column = m_column;
    const bool indented = peek(2) == '-';
    std::size_t at = m_at + (indented ? 3U : 2U);
    const std::size_t start = at;
    while (at < m_text.size() && is_identifier_part(m_text[at])) ++at;
    const std::string marker(m_text.substr(start, at - start));
    if (at < m_text.size() && m_text[at] == '\r') ++at;
    if (marker.empty() || at >= m_text.size() || m_text[at] != '\n') {
      return fail("after << a word and the end of the line are expected");
    }
    m_tokens.push_back({TokenKind::template_begin, indented ? "<<-" : "<<", false, line, column});
    advance(at + 1 - m_at);
    enter({Frame::Kind::heredoc, marker, indented, 0, 0});
    m_line_start = true;
  }

  /// Whether the rest of this line is the marker, and nothing else.
  [[nodiscard]] bool at_marker() const {
    std::size_t at = m_at;
    while (at < m_text.size() && (m_text[at] == ' ' || m_text[at] == '\t')) ++at;
    const std::string& marker = m_frames.back().marker;
    if (m_text.substr(at, marker.size()) != marker) return false;
    at += marker.size();
    return at >= m_text.size() || m_text[at] == '\n' || m_text[at] == '\r' || m_text[at] == ')' || m_text[at] == ',' ||
           m_text[at] == ']';
  }

  void heredoc() {
    std::string text;
    const std::uint32_t line = m_line;
    const std::uint32_t column = m_column;
    const auto flush = [&] {
      if (!text.empty()) m_tokens.push_back({TokenKind::text, std::move(text), false, line, column});
    };
    while (m_at < m_text.size()) {
      if (m_line_start && at_marker()) {
        flush();
        end_heredoc();
        return;
      }
      m_line_start = false;
      if (at_escaped_sequence()) {
        text += m_text.substr(m_at + 1, 2);
        advance(3);
      } else if (at_sequence()) {
        flush();
        return begin_sequence();
      } else {
        if (peek() == '\r' && peek(1) == '\n') {
          advance(1);
          continue;
        }
        m_line_start = peek() == '\n';
        text += peek();
        advance(1);
      }
    }
    fail("a heredoc has no end: `" + m_frames.back().marker + "` on a line of its own");
  }

  void end_heredoc() {
    const Frame frame = m_frames.back();
    m_frames.pop_back();
    if (frame.indented) unindent(frame.first);
    while (peek() == ' ' || peek() == '\t') advance(1);
    push(TokenKind::template_end, frame.marker);
    advance(frame.marker.size());
    m_line_start = false;
  }

  /// Takes away the spaces that all lines of a <<- heredoc begin with.
  void unindent(std::size_t first) {
    std::size_t least = std::string::npos;
    const auto for_lines = [&](auto act) {
      bool start = true;
      for (std::size_t i = first; i < m_tokens.size(); ++i) {
        Token& token = m_tokens[i];
        if (token.kind != TokenKind::text) {
          start = false;
          continue;
        }
        act(token, start);
        start = token.text.ends_with('\n');
      }
    };
    for_lines([&](const Token& token, bool start) {
      std::size_t at = 0;
      while (at < token.text.size()) {
        const std::size_t end = std::min(token.text.find('\n', at), token.text.size());
        const std::size_t content = std::min(token.text.find_first_not_of(" \t", at), token.text.size());
        const bool blank = content >= end && end < token.text.size();
        if (start && !blank) least = std::min(least, content - at);
        start = true;
        at = end + 1;
      }
    });
    if (least == std::string::npos || least == 0) return;
    for_lines([&](Token& token, bool start) {
      std::string shorter;
      std::size_t at = 0;
      while (at < token.text.size()) {
        const std::size_t end = std::min(token.text.find('\n', at), token.text.size());
        const std::size_t skip = start ? std::min(least, end - at) : 0;
        shorter += token.text.substr(at + skip, end + 1 - at - skip);
        start = true;
        at = end + 1;
      }
      token.text = std::move(shorter);
    });
  }

  std::string_view m_text;
  std::vector<SyntaxError>& m_errors;
  std::vector<Token> m_tokens;
  std::vector<Frame> m_frames;
  std::size_t m_at = 0;
  std::uint32_t m_line = 1;
  std::uint32_t m_column = 1;
  bool m_line_start = false;
  bool m_failed = false;
};

}  // namespace

std::vector<Token> tokens_of(std::string_view text, std::vector<SyntaxError>& errors) { return Lexer(text, errors).run(); }

}  // namespace postern::ingest::hcl
