// SPDX-License-Identifier: Apache-2.0
// Cuts texts into words.
#include <ingest/interface_language/word_reader.h>

#include <algorithm>

namespace postern::ingest::interface_language {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

class Cutter {
 public:
  Cutter(std::string_view text, Comments comments) : m_text(text), m_comments(comments) {}

  std::vector<Word> cut() {
    std::vector<Word> words;
    while (skip_blanks()) words.push_back(read());
    words.push_back({WordKind::end, {}, m_line, column()});
    return words;
  }

 private:
  [[nodiscard]] std::uint32_t column() const { return static_cast<std::uint32_t>(m_at - m_line_start) + 1; }
  [[nodiscard]] bool starts(std::string_view what) const { return m_text.substr(m_at).starts_with(what); }
  void advance_to(std::size_t end) {
    for (end = std::min(end, m_text.size()); m_at < end; ++m_at) {
      if (m_text[m_at] != '\n') continue;
      ++m_line;
      m_line_start = m_at + 1;
    }
  }

  /// Behind the next `what`, or the end.
  [[nodiscard]] std::size_t behind(std::string_view what, std::size_t from) const {
    const std::size_t at = m_text.find(what, from);
    return at == std::string_view::npos ? m_text.size() : at + what.size();
  }

  bool skip_blanks() {
    while (m_at < m_text.size()) {
      const char c = m_text[m_at];
      const bool line_comment = m_comments == Comments::slashes ? starts("//") : c == '#';
      if (line_comment) {
        advance_to(behind("\n", m_at));
      } else if (m_comments == Comments::slashes && starts("/*")) {
        advance_to(behind("*/", m_at + 2));
      } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ',' || static_cast<unsigned char>(c) > 0x7EU ||
                 static_cast<unsigned char>(c) < 0x20U) {
        advance_to(m_at + 1);
      } else {
        return true;
      }
    }
    return false;
  }

  Word read() {
    Word word{WordKind::mark, {}, m_line, column()};
    const char c = m_text[m_at];
    if (starts("\"\"\"")) {
      const std::size_t end = behind("\"\"\"", m_at + 3);
      word.kind = WordKind::text;
      word.text = m_text.substr(m_at + 3, end - m_at > 6 ? end - m_at - 6 : 0);
      advance_to(end);
    } else if (c == '"' || c == '\'') {
      std::size_t end = m_at + 1;
      while (end < m_text.size() && m_text[end] != c && m_text[end] != '\n') end += m_text[end] == '\\' ? 2U : 1U;
      end = std::min(end, m_text.size());
      word.kind = WordKind::text;
      word.text = m_text.substr(m_at + 1, end - m_at - 1);
      advance_to(end + 1);
    } else {
      std::size_t end = m_at + 1;
      if (is_letter(c) || is_digit(c) || is_dotted(m_at)) {
        while (end < m_text.size() && (is_letter(m_text[end]) || is_digit(m_text[end]) || is_dotted(end))) ++end;
        word.kind = is_digit(c) ? WordKind::number : WordKind::name;
      }
      word.text = m_text.substr(m_at, end - m_at);
      advance_to(end);
    }
    return word;
  }

  [[nodiscard]] bool is_dotted(std::size_t at) const {
    return m_comments == Comments::slashes && m_text[at] == '.' && at + 1 < m_text.size() && is_letter(m_text[at + 1]);
  }

  std::string_view m_text;
  Comments m_comments;
  std::size_t m_at = 0;
  std::size_t m_line_start = 0;
  std::uint32_t m_line = 1;
};

}  // namespace

std::vector<Word> words_of(std::string_view text, Comments comments) { return Cutter(text, comments).cut(); }

void WordCursor::skip_group(std::string_view open, std::string_view close) {
  std::size_t depth = 0;
  while (!done()) {
    if (at(open)) ++depth;
    if (at(close)) --depth;
    next();
    if (depth == 0) return;
  }
}

void WordCursor::skip_statement(std::string_view mark) {
  while (!done() && !at("}")) {
    if (take(mark)) return;
    if (at("{")) {
      skip_group("{", "}");
    } else {
      next();
    }
  }
}

}  // namespace postern::ingest::interface_language
