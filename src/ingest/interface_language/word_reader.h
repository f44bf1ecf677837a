// SPDX-License-Identifier: Apache-2.0
// Words and marks of languages that describe interfaces: protobuf and GraphQL.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace postern::ingest::interface_language {

enum class WordKind : std::uint8_t { name, text, number, mark, end };

struct Word {
  WordKind kind = WordKind::end;
  std::string_view text;  ///< of a text: without its quotes; borrowed from what is read
  std::uint32_t line = 0;
  std::uint32_t column = 0;

  [[nodiscard]] bool is(std::string_view wanted) const noexcept { return kind != WordKind::text && text == wanted; }
};

enum class Comments : std::uint8_t {
  slashes,  ///< `//` and `/* */`
  hash      ///< `#`
};

/// All words of a text, with an end mark last. What is neither a word nor a mark is passed over; a text or comment that never ends
/// goes to the end. Dots are parts of names in protobuf (`google.protobuf.Timestamp`), and marks in GraphQL.
[[nodiscard]] std::vector<Word> words_of(std::string_view text, Comments comments);

/// A place in the words.
class WordCursor {
 public:
  explicit WordCursor(const std::vector<Word>& words) : m_words(words) {}

  [[nodiscard]] const Word& peek(std::size_t ahead = 0) const {
    return m_words[m_at + ahead < m_words.size() ? m_at + ahead : m_words.size() - 1];
  }
  [[nodiscard]] bool done() const { return peek().kind == WordKind::end; }
  [[nodiscard]] bool at(std::string_view wanted) const { return peek().is(wanted); }
  const Word& next() {
    const Word& word = peek();
    if (!done()) ++m_at;
    return word;
  }
  bool take(std::string_view wanted) {
    if (!at(wanted)) return false;
    next();
    return true;
  }
  /// Passes over a group that begins here with `open`, inner groups included.
  void skip_group(std::string_view open, std::string_view close);
  /// Passes over everything up to and with `mark`, groups in braces included; stops before a brace that closes what it stands in.
  void skip_statement(std::string_view mark);

 private:
  const std::vector<Word>& m_words;
  std::size_t m_at = 0;
};

}  // namespace postern::ingest::interface_language
