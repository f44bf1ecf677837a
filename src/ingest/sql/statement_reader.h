// SPDX-License-Identifier: Apache-2.0
// Cuts an SQL script into the tokens of its statements, whatever product it is written for: quotes of all kinds, dollar quotes,
// nested comments, DELIMITER, GO, the slash of Oracle, data after COPY, bodies of routines, the part of a migration that undoes it.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace postern::ingest::sql {

enum class TokenKind : std::uint8_t {
  word,    ///< an unquoted name or keyword, as written
  quoted,  ///< a quoted name, without its quotes
  text,    ///< a string; its value is kept for names that are written as strings and for comments, and never shown
  number,
  symbol,  ///< one character
};

struct Token {
  TokenKind kind = TokenKind::symbol;
  std::string text;
  std::uint32_t line = 0;    ///< from 1
  std::uint32_t column = 0;  ///< from 1, in bytes

  /// Whether it is this keyword or symbol; `upper` in upper case.
  [[nodiscard]] bool is(std::string_view upper) const noexcept;
};
using Tokens = std::vector<Token>;

/// Reads one script. Never throws on account of the text; work and memory are linear in its size.
class StatementReader {
 public:
  explicit StatementReader(std::string_view text);

  /// The tokens of the next statement that may define something (without its end mark); false at the end. Rows of data are passed
  /// over without being kept.
  bool next(Tokens& statement);
  /// Whether a quote or comment never ended, so that the rest of the script is not known.
  [[nodiscard]] bool cut_off() const noexcept { return m_cut_off; }
  /// The line of the quote or comment that never ended.
  [[nodiscard]] std::uint32_t cut_off_line() const noexcept { return m_cut_off_line; }

 private:
  [[nodiscard]] bool done() const noexcept { return m_at >= m_text.size(); }
  [[nodiscard]] char peek(std::size_t ahead = 0) const noexcept {
    return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0';
  }
  void advance(std::size_t count);
  [[nodiscard]] std::string_view rest_of_line() const;
  /// Passes over white space and comments; false where the undoing part of a migration begins.
  bool skip_blanks();
  bool skip_comment();
  void skip_block_comment();
  /// A line that is a command of a client instead of SQL; true when it ends the statement.
  bool take_client_line();
  bool read_token(Token& token);
  bool read_quoted(Token& token, char closing, TokenKind kind);
  bool read_dollar_quoted(Token& token);
  void read_run(Token& token);
  [[nodiscard]] bool at_delimiter() const;
  void track(const Token& token);
  void begin_statement();
  void keep(Token token, Tokens& statement);
  void skip_copied_rows();

  std::string_view m_text;
  std::size_t m_at = 0;
  std::uint32_t m_line = 1;
  std::size_t m_line_start = 0;
  std::string m_delimiter = ";";
  bool m_cut_off = false;
  std::uint32_t m_cut_off_line = 0;
  bool m_backslash_escapes = false;
  bool m_in_hint = false;  ///< inside of a comment that MySQL executes
  // of the statement that is being read
  std::size_t m_tokens = 0;
  bool m_keeping = true;
  bool m_creates = false;
  bool m_routine = false;
  bool m_copies = false;
  bool m_after_end = false;
  int m_bodies = 0;
  int m_brackets = 0;
};

}  // namespace postern::ingest::sql
