// SPDX-License-Identifier: Apache-2.0
// The lexical rules that the dialects of SQL share, and where they differ those that cannot be confused.
#include <ingest/sql/statement_reader.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>

namespace postern::ingest::sql {
namespace {

/// More tokens than any definition has: the rest of such a statement is passed over.
constexpr std::size_t k_most_tokens = 400'000;
constexpr std::size_t k_longest_text = 4096;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_' || c == '$' || c == '#' || c == '@' ||
         (static_cast<unsigned char>(c) & 0x80U) != 0;
}
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\v'; }

/// Comments after which a migration tool finds what undoes the file.
bool begins_undoing(std::string_view comment) {
  constexpr std::array<std::string_view, 5> k_marks = {"+goose down", "+migrate down", "migrate:down", "//@undo", "@undo"};
  const std::string lower = base::to_lower(base::trim(comment));
  return std::any_of(k_marks.begin(), k_marks.end(), [&](std::string_view mark) { return lower.starts_with(mark); });
}

template <std::size_t Count>
bool is_one_of(const Token& token, const std::array<std::string_view, Count>& words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return token.is(word); });
}

/// Statements that bring data and define nothing; what follows them without an end mark may.
constexpr std::array<std::string_view, 12> k_data_verbs = {"INSERT", "UPDATE", "DELETE",  "SELECT", "VALUES", "WITH",
                                                           "MERGE",  "LOAD",   "REPLACE", "COPY",   "SET",    "PRINT"};
constexpr std::array<std::string_view, 5> k_defining_verbs = {"CREATE", "ALTER", "DROP", "EXEC", "EXECUTE"};
constexpr std::array<std::string_view, 5> k_routines = {"FUNCTION", "PROCEDURE", "TRIGGER", "PACKAGE", "EVENT"};
constexpr std::array<std::string_view, 5> k_loops = {"IF", "LOOP", "WHILE", "REPEAT", "FOR"};

}  // namespace

bool Token::is(std::string_view upper) const noexcept {
  if (kind == TokenKind::symbol) return text == upper;
  return kind == TokenKind::word && base::equals_ignoring_case(text, upper);
}

StatementReader::StatementReader(std::string_view text) : m_text(text) {
  if (m_text.starts_with("\xEF\xBB\xBF")) m_text.remove_prefix(3);
  // MySQL alone escapes quotes by backslashes; elsewhere a backslash may be the last character of a text.
  constexpr std::array<std::string_view, 4> k_mysql = {"`", "AUTO_INCREMENT", "auto_increment", "ENGINE="};
  m_backslash_escapes = std::any_of(k_mysql.begin(), k_mysql.end(),
                                    [&](std::string_view mark) { return m_text.find(mark) != std::string_view::npos; });
}

void StatementReader::advance(std::size_t count) {
  const std::size_t end = std::min(m_at + count, m_text.size());
  for (; m_at < end; ++m_at) {
    if (m_text[m_at] != '\n') continue;
    ++m_line;
    m_line_start = m_at + 1;
  }
}

std::string_view StatementReader::rest_of_line() const {
  const std::size_t end = m_text.find('\n', m_at);
  return m_text.substr(m_at, end == std::string_view::npos ? end : end - m_at);
}

void StatementReader::skip_block_comment() {
  const std::uint32_t line = m_line;
  advance(2);
  for (int depth = 1; depth > 0;) {
    if (done()) {
      m_cut_off = true;
      m_cut_off_line = line;
      return;
    }
    if (peek() == '/' && peek(1) == '*') {
      ++depth;
      advance(2);
    } else if (peek() == '*' && peek(1) == '/') {
      --depth;
      advance(2);
    } else {
      advance(1);
    }
  }
}

bool StatementReader::skip_comment() {
  if (peek() == '-' && peek(1) == '-') {
    const std::string_view line = rest_of_line();
    if (begins_undoing(line.substr(2))) {
      m_at = m_text.size();
      return true;
    }
    advance(line.size());
    return true;
  }
  // `#` begins a comment of MySQL, and is an operator or part of a name elsewhere.
  if (peek() == '#' && (is_blank(peek(1)) || m_at == m_line_start)) {
    advance(rest_of_line().size());
    return true;
  }
  if (peek() == '*' && peek(1) == '/' && m_in_hint) {
    m_in_hint = false;
    advance(2);
    return true;
  }
  if (peek() != '/' || peek(1) != '*') return false;
  if (peek(2) == '!') {
    m_in_hint = true;
    advance(3);
    while (is_digit(peek())) advance(1);
    return true;
  }
  skip_block_comment();
  return true;
}

bool StatementReader::skip_blanks() {
  while (!done()) {
    if (is_blank(peek())) {
      advance(1);
    } else if (!skip_comment()) {
      break;
    }
  }
  return !done();
}

bool StatementReader::take_client_line() {
  const std::string_view before = m_text.substr(m_line_start, m_at - m_line_start);
  if (!base::trim(before).empty()) return false;
  const std::string_view line = base::trim(rest_of_line());
  if (line == "/" || base::equals_ignoring_case(line, "go")) {
    advance(rest_of_line().size());
    return true;
  }
  constexpr std::string_view k_word = "delimiter ";
  if (line.size() > k_word.size() && base::equals_ignoring_case(line.substr(0, k_word.size()), k_word)) {
    m_delimiter = base::trim(line.substr(k_word.size()));
    advance(rest_of_line().size());
    return true;
  }
  if (line.starts_with('\\')) {
    advance(rest_of_line().size());
    return true;
  }
  return false;
}

bool StatementReader::read_quoted(Token& token, char closing, TokenKind kind) {
  token.kind = kind;
  const std::uint32_t line = m_line;
  advance(1);
  while (!done()) {
    const char c = peek();
    if (c == closing && peek(1) == closing) {
      token.text += c;
      advance(2);
    } else if (c == closing) {
      advance(1);
      return true;
    } else if (c == '\\' && kind == TokenKind::text && m_backslash_escapes) {
      advance(2);
    } else {
      if (token.text.size() < k_longest_text) token.text += c;
      advance(1);
    }
  }
  m_cut_off = true;
  m_cut_off_line = line;
  return false;
}

bool StatementReader::read_dollar_quoted(Token& token) {
  std::size_t end = 1;
  while (is_word(peek(end)) && peek(end) != '$') ++end;
  if (peek(end) != '$' || is_digit(peek(1))) return false;
  const std::string_view tag = m_text.substr(m_at, end + 1);
  const std::size_t closing = m_text.find(tag, m_at + tag.size());
  token.kind = TokenKind::text;
  if (closing == std::string_view::npos) {
    m_cut_off = true;
    m_cut_off_line = m_line;
    m_at = m_text.size();
    return true;
  }
  advance(closing + tag.size() - m_at);
  return true;
}

void StatementReader::read_run(Token& token) {
  const std::size_t begin = m_at;
  token.kind = is_digit(peek()) ? TokenKind::number : TokenKind::word;
  while (!done() && (is_word(peek()) || (token.kind == TokenKind::number && peek() == '.'))) {
    if (m_delimiter != ";" && at_delimiter()) break;
    ++m_at;
  }
  if (m_at == begin) ++m_at;
  token.text = m_text.substr(begin, m_at - begin);
  const bool has_prefix = token.text.size() == 1 && token.kind == TokenKind::word && peek() == '\'';
  if (has_prefix && std::string_view("eEnNbBxXqQ").find(token.text[0]) != std::string_view::npos) {
    token.text.clear();
    read_quoted(token, '\'', TokenKind::text);
  }
}

bool StatementReader::at_delimiter() const { return m_text.substr(m_at).starts_with(m_delimiter); }

bool StatementReader::read_token(Token& token) {
  token = {};
  token.line = m_line;
  token.column = static_cast<std::uint32_t>(m_at - m_line_start) + 1;
  const char c = peek();
  if (c == '\'') return read_quoted(token, '\'', TokenKind::text);
  if (c == '"' || c == '`') return read_quoted(token, c, TokenKind::quoted);
  // Only SQL Server quotes names so; elsewhere brackets follow a type or a value (arrays).
  if (c == '[' && (is_word(peek(1)) || peek(1) == ' ') && !is_digit(peek(1))) return read_quoted(token, ']', TokenKind::quoted);
  if (c == '$' && read_dollar_quoted(token)) return !m_cut_off;
  if (is_word(c)) {
    read_run(token);
    return !m_cut_off;
  }
  token.text = std::string(1, c);
  advance(1);
  return true;
}

void StatementReader::begin_statement() {
  m_tokens = 0;
  m_keeping = true;
  m_creates = m_routine = m_copies = m_after_end = false;
  m_bodies = m_brackets = 0;
}

void StatementReader::track(const Token& token) {
  constexpr std::size_t k_head = 12;
  if (m_tokens == 0) {
    m_creates = token.is("CREATE") || token.is("ALTER");
    m_keeping = !is_one_of(token, k_data_verbs);
    m_copies = token.is("COPY");
  }
  if (token.is("(")) ++m_brackets;
  if (token.is(")")) --m_brackets;
  if (!m_keeping && m_brackets <= 0 && is_one_of(token, k_defining_verbs)) {
    m_keeping = true;
    m_creates = token.is("CREATE") || token.is("ALTER");
    m_tokens = 0;
  }
  if (m_creates && m_tokens < k_head && m_brackets <= 0 && is_one_of(token, k_routines)) m_routine = true;
  if (m_routine) {
    if (m_after_end && is_one_of(token, k_loops)) {
      ++m_bodies;  // END IF closes nothing that was counted
    } else if (!m_after_end && (token.is("BEGIN") || token.is("CASE"))) {
      ++m_bodies;
    }
    m_after_end = token.is("END");
    if (m_after_end && m_bodies > 0) --m_bodies;
  }
  ++m_tokens;
}

void StatementReader::keep(Token token, Tokens& statement) {
  track(token);
  if (m_keeping && !m_routine && statement.size() < k_most_tokens) statement.push_back(std::move(token));
}

void StatementReader::skip_copied_rows() {
  while (!done()) {
    const std::string_view line = rest_of_line();
    advance(line.size() + 1);
    if (base::trim(line) == "\\.") return;
  }
}

bool StatementReader::next(Tokens& statement) {
  statement.clear();
  begin_statement();
  bool from_stdin = false;
  while (!m_cut_off && skip_blanks()) {
    if (take_client_line()) {
      if (!statement.empty()) return true;
      begin_statement();
      continue;
    }
    if (at_delimiter() && !(m_bodies > 0 && m_delimiter == ";")) {
      advance(m_delimiter.size());
      if (m_copies && from_stdin) skip_copied_rows();
      from_stdin = false;
      if (!statement.empty()) return true;
      begin_statement();
      continue;
    }
    Token token;
    if (!read_token(token)) break;
    from_stdin = from_stdin || token.is("STDIN");
    keep(std::move(token), statement);
  }
  return !statement.empty();
}

}  // namespace postern::ingest::sql
