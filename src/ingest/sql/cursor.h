// SPDX-License-Identifier: Apache-2.0
// A place in the tokens of a statement.
#pragma once
#include <ingest/sql/statement_reader.h>

#include <algorithm>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace postern::ingest::sql {

class Cursor {
 public:
  explicit Cursor(std::span<const Token> tokens) : m_tokens(tokens) {}

  [[nodiscard]] bool done() const noexcept { return m_at >= m_tokens.size(); }
  /// The token `ahead`; an empty symbol beyond the end.
  [[nodiscard]] const Token& peek(std::size_t ahead = 0) const noexcept {
    static const Token k_end;
    return m_at + ahead < m_tokens.size() ? m_tokens[m_at + ahead] : k_end;
  }
  void skip(std::size_t count = 1) noexcept { m_at = std::min(m_at + count, m_tokens.size()); }
  [[nodiscard]] std::size_t position() const noexcept { return m_at; }
  void rewind(std::size_t position) noexcept { m_at = position; }
  [[nodiscard]] bool at(std::string_view word) const noexcept { return peek().is(word); }
  [[nodiscard]] bool at_any(std::initializer_list<std::string_view> words) const noexcept {
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return at(word); });
  }
  bool take(std::string_view word) noexcept {
    if (!at(word)) return false;
    skip();
    return true;
  }
  /// Takes the words if all of them stand here, one after the other.
  bool take_all(std::initializer_list<std::string_view> words) noexcept {
    std::size_t ahead = 0;
    for (const std::string_view word : words) {
      if (!peek(ahead++).is(word)) return false;
    }
    skip(words.size());
    return true;
  }
  /// What stands between the bracket here and the one that closes it, and goes behind that one.
  std::span<const Token> take_bracket() noexcept {
    const std::size_t begin = m_at + 1;
    int depth = 0;
    for (; !done(); ++m_at) {
      if (at("(")) ++depth;
      if (at(")") && --depth == 0) break;
    }
    const std::size_t end = m_at;
    skip();
    return begin <= end ? m_tokens.subspan(begin, end - begin) : std::span<const Token>();
  }

 private:
  std::span<const Token> m_tokens;
  std::size_t m_at = 0;
};

/// The parts between commas that stand in no brackets.
[[nodiscard]] std::vector<std::span<const Token>> split_at_commas(std::span<const Token> tokens);
/// A name, possibly qualified; empty when none stands here. Usual schemas (public, dbo, main) are left out, of longer ones the last
/// two parts are kept.
[[nodiscard]] std::string take_name(Cursor& cursor);
/// One part of a name.
[[nodiscard]] std::string take_simple_name(Cursor& cursor);
/// `IF EXISTS`, `IF NOT EXISTS`.
void skip_existence(Cursor& cursor);

}  // namespace postern::ingest::sql
