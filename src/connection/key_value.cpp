// SPDX-License-Identifier: Apache-2.0
// Finds pairs of keys and values in one line.
#include "connection/key_value.h"

#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <optional>

namespace postern::connection {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r'; }
bool is_quote(char c) { return c == '"' || c == '\''; }
bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }
bool is_key_char(char c) { return is_word(c) || c == '-' || c == '.' || c == '/'; }

std::size_t skip_space(std::string_view text, std::size_t at) {
  while (at < text.size() && is_space(text[at])) ++at;
  return at;
}

/// Offset of the quote that closes the one at `open`; a backslash escapes. Text's end when it is never closed.
std::size_t closing_quote(std::string_view text, std::size_t open) {
  for (std::size_t at = open + 1; at < text.size(); ++at) {
    if (text[at] == '\\' && text[open] == '"') {
      ++at;
    } else if (text[at] == text[open]) {
      return at;
    }
  }
  return text.size();
}

/// Where the first word of a line starts: after list dashes and the words that only introduce an assignment.
std::size_t begin_of_line_key(std::string_view line) {
  std::size_t at = skip_space(line, 0);
  while (at + 1 < line.size() && line[at] == '-' && is_space(line[at + 1])) at = skip_space(line, at + 1);
  for (const std::string_view word : {"export ", "set ", "ENV ", "ARG ", "env ", "- "}) {
    if (line.substr(at).starts_with(word)) return skip_space(line, at + word.size());
  }
  return at;
}

class Lexer {
 public:
  Lexer(std::string_view line, std::vector<KeyValue>& pairs) : m_line(line), m_line_key(begin_of_line_key(line)), m_pairs(pairs) {}

  void run() {
    for (std::size_t at = 0; at < m_line.size();) at = step(at);
  }

 private:
  /// One token; returns where to go on. Values are entered again, so that what is inside is found.
  std::size_t step(std::size_t at) {
    const char c = m_line[at];
    if (is_quote(c)) return quoted(at);
    const bool starts_word = (is_word(c) || c == '-') && (at == 0 || !is_key_char(m_line[at - 1]));
    return starts_word ? word(at) : at + 1;
  }

  std::size_t quoted(std::size_t open) {
    if (open < m_scanned_quote) return open + 1;
    const std::size_t close = closing_quote(m_line, open);
    // What is inside is scanned as text, but its end is looked for once only.
    m_scanned_quote = close;
    const std::size_t after = skip_space(m_line, std::min(close + 1, m_line.size()));
    if (close == open + 1 || after >= m_line.size() || (m_line[after] != ':' && m_line[after] != '=')) return open + 1;
    std::size_t value = after + 1;
    if (value < m_line.size() && m_line[value] == '>') ++value;
    m_scanned_quote = 0;
    return add(open + 1, close, value, KeyStyle::inside);
  }

  std::size_t word(std::size_t begin) {
    std::size_t end = begin;
    while (end < m_line.size() && is_key_char(m_line[end])) ++end;
    std::size_t key = begin;
    while (key < end && (m_line[key] == '-' || m_line[key] == '/')) ++key;
    const bool is_flag = key > begin && m_line[begin] == '-';
    const std::size_t after = skip_space(m_line, end);
    const bool is_line_key = begin == m_line_key;
    if (key < end && after < m_line.size()) {
      const KeyStyle style = is_line_key && !is_flag ? KeyStyle::line : KeyStyle::inside;
      if (const auto value = after_separator(after, end == after || is_line_key)) return add(key, end, *value, style);
      if (is_flag && after > end && m_line[after] != '-') return add(key, end, after, KeyStyle::flag);
      if (is_line_key && after > end && is_spaced(m_line.substr(key, end - key), after))
        return add(key, end, after, KeyStyle::spaced);
    }
    return std::max(end, begin + 1);
  }

  /// "Host search" (Fluent Bit, Fluentd, ssh): without a separator only these words, and only with one word behind them.
  [[nodiscard]] bool is_spaced(std::string_view key, std::size_t value) const {
    const std::string word = base::to_lower(key);
    if (word != "host" && word != "hostname" && word != "port") return false;
    if (!is_word(m_line[value])) return false;
    while (value < m_line.size() && (is_key_char(m_line[value]))) ++value;
    return skip_space(m_line, value) == m_line.size();
  }

  /// After ':', '=', ':=', '=>' at `at`; nothing for "==", "::", "://" and for a ':' inside a word ("12:30", "host:80").
  [[nodiscard]] std::optional<std::size_t> after_separator(std::size_t at, bool may_assign) const {
    const char c = m_line[at];
    const char next = at + 1 < m_line.size() ? m_line[at + 1] : ' ';
    if (c == '=' && may_assign && next != '=') return next == '>' ? at + 2 : at + 1;
    if (c != ':') return std::nullopt;
    if (next == '=') return at + 2;
    return is_space(next) || is_quote(next) ? std::optional(at + 1) : std::nullopt;
  }

  std::size_t add(std::size_t key, std::size_t key_end, std::size_t from, KeyStyle style) {
    KeyValue pair{key, key_end, skip_space(m_line, from), 0, style};
    pair.value_end = pair.value_begin;
    if (pair.value_begin < m_line.size()) set_value(pair);
    m_pairs.push_back(pair);
    // "a=b=c=...": a bare value is not entered again, or every '=' would see all that follows.
    const bool is_bare = style == KeyStyle::inside && (pair.value_begin == 0 || !is_quote(m_line[pair.value_begin - 1]));
    return std::max(is_bare ? pair.value_end : pair.value_begin, key_end + 1);
  }

  void set_value(KeyValue& pair) {
    // JSON in a string: \"key\": \"value\"
    if (m_line[pair.value_begin] == '\\' && pair.value_begin + 1 < m_line.size() && is_quote(m_line[pair.value_begin + 1])) {
      pair.value_begin += 2;
      pair.value_end = std::min(m_line.find_first_of("\\\"", pair.value_begin), m_line.size());
      return;
    }
    if (is_quote(m_line[pair.value_begin])) {
      const std::size_t close = closing_quote(m_line, pair.value_begin);
      ++pair.value_begin;
      pair.value_end = close;
      return;
    }
    if (pair.style == KeyStyle::line) {
      pair.value_end = m_line.size();
    } else {
      pair.value_end = std::min(m_line.find_first_of(" \t\r,;&|\"'`)}]", pair.value_begin), m_line.size());
    }
    while (pair.value_end > pair.value_begin && (is_space(m_line[pair.value_end - 1]) || m_line[pair.value_end - 1] == ','))
      --pair.value_end;
  }

  std::string_view m_line;
  std::size_t m_line_key;
  std::size_t m_scanned_quote = 0;  ///< quotes before this offset are inside a string that was read already
  std::vector<KeyValue>& m_pairs;
};

}  // namespace

void find_key_values(std::string_view line, std::vector<KeyValue>& pairs) {
  pairs.clear();
  Lexer(line, pairs).run();
}

std::vector<KeyValue> find_key_values(std::string_view line) {
  std::vector<KeyValue> pairs;
  find_key_values(line, pairs);
  return pairs;
}

namespace {

/// Whether a line without its indentation is a comment: of scripts, of SQL, or a line of a block `/* ... */`.
bool is_comment(std::string_view line) {
  if (line.empty()) return false;
  if (line[0] == '#' || line.starts_with("//") || line.starts_with("-- ")) return true;
  if (line.starts_with("/*")) return line.find("*/") == std::string_view::npos || line.ends_with("*/");
  return line[0] == '*' && (line.size() == 1 || is_space(line[1]) || line[1] == '/');
}

}  // namespace

std::size_t end_without_comment(std::string_view line) {
  const std::size_t first = skip_space(line, 0);
  if (is_comment(line.substr(first))) return 0;
  char open = '\0';
  for (std::size_t at = 0; at < line.size(); ++at) {
    const char c = line[at];
    if (open != '\0') {
      if (c == '\\' && open == '"') ++at;
      if (c == open) open = '\0';
    } else if (is_quote(c) && (at == 0 || !is_word(line[at - 1]))) {
      open = c;
    } else if (at > 0 && is_space(line[at - 1]) && (c == '#' || line.substr(at).starts_with("// "))) {
      return at;
    }
  }
  return line.size();
}

}  // namespace postern::connection
