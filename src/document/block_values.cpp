// SPDX-License-Identifier: Apache-2.0
// The values of plain block YAML that have a structure of their own: literal texts, and brackets on one line.
#include <algorithm>

#include "block_reader.h"

namespace postern::document {
namespace {

struct Indentation {
  int spaces;
  std::size_t line;  ///< of the first text
};

/// The indentation of a literal text whose lines begin at `line`: that of its first line with text. An empty line before it that is
/// longer is an error.
Indentation indentation_of(const LineScanner& scanner, std::size_t line) {
  std::size_t longest = 0;
  while (line < scanner.size()) {
    const std::size_t at = scanner.skip_spaces(line);
    if (!scanner.is_end_of_line(at)) {
      if (scanner.byte(at) == '\t' || longest > at - line) throw NotPlain{};
      return {static_cast<int>(at - line), line};
    }
    longest = std::max(longest, at - line);
    line = at + 1;
  }
  throw NotPlain{};
}

/// Puts the lines from `line` on that are empty or indented by `spaces` into `text`, and returns the start of the line after them.
/// `chomping` is the sign of the header: `-` drops the last line break, `+` keeps those of the empty lines behind too.
std::size_t unindent(const LineScanner& scanner, std::size_t line, int spaces, char chomping, std::string& text) {
  std::size_t breaks = 0;  // that are only part of the text when more text follows
  std::size_t empty = 0;   // those of them that belong to empty lines
  while (line < scanner.size()) {
    std::size_t at = line;
    while (at < line + static_cast<std::size_t>(spaces) && scanner.byte(at) == ' ') ++at;
    const char c = at < scanner.size() ? scanner.byte(at) : '\n';
    if (c == '\n') {
      ++empty;
      ++breaks;
      line = at + 1;
      continue;
    }
    if (at < line + static_cast<std::size_t>(spaces)) {
      if (c == '\t') throw NotPlain{};
      break;
    }
    line = scanner.skip_line(at);
    const bool is_ended = scanner.byte(line - 1) == '\n';
    text.append(breaks, '\n');
    text.append(scanner.text(), at, line - at - (is_ended ? 1 : 0));
    breaks = is_ended ? 1 : 0;
    empty = 0;
  }
  const std::size_t last = breaks - empty;
  text.append((chomping == '-' ? 0 : last) + (chomping == '+' ? empty : 0), '\n');
  return line;
}

}  // namespace

void BlockReader::read_literal(std::size_t at) {
  const int parent = m_levels.back().column;
  const char sign = m_scanner.byte(at + 1);
  const char chomping = sign == '-' || sign == '+' ? sign : ' ';
  const std::size_t header = m_scanner.skip_spaces(at + (chomping == ' ' ? 1 : 2));
  if (parent < 0 || !m_scanner.is_end_of_line(header) || header >= m_scanner.size()) throw NotPlain{};
  const Indentation indentation = indentation_of(m_scanner, header + 1);
  if (indentation.spaces <= parent) throw NotPlain{};
  m_literal.clear();
  m_next = unindent(m_scanner, header + 1, indentation.spaces, chomping, m_literal);
  m_builder.scalar({Kind::string, Style::literal, m_builder.keep(m_literal), at});
}

void BlockReader::read_flow(std::size_t at) { m_next = m_scanner.next_line(read_flow_node(at)); }

/// All of these return where their value ends.
std::size_t BlockReader::read_flow_node(std::size_t at) {
  const char c = m_scanner.byte(at);
  if (c == '[') return read_flow_sequence(at);
  if (c == '{') return read_flow_mapping(at);
  const LineScalar scalar = m_scanner.in_flow(at);
  add(scalar);
  return scalar.end;
}

std::size_t BlockReader::read_flow_sequence(std::size_t at) {
  m_builder.open(Kind::sequence, Style::flow, at);
  at = m_scanner.skip_spaces(at + 1);
  bool more = m_scanner.byte(at) != ']';
  while (more) {
    at = m_scanner.skip_spaces(read_flow_node(at));
    more = m_scanner.byte(at) == ',';
    if (more) at = m_scanner.skip_spaces(at + 1);
  }
  if (m_scanner.byte(at) != ']') throw NotPlain{};
  m_builder.close();
  return at + 1;
}

std::size_t BlockReader::read_flow_mapping(std::size_t at) {
  m_builder.open(Kind::mapping, Style::flow, at);
  at = m_scanner.skip_spaces(at + 1);
  bool more = m_scanner.byte(at) != '}';
  while (more) {
    const LineScalar key = m_scanner.in_flow(at);
    if (!m_scanner.is_key_sign(key.end) || key.end - key.offset > k_longest_key) throw NotPlain{};
    const std::size_t behind = key.end + 1;
    add(key);
    at = m_scanner.skip_spaces(read_flow_node(m_scanner.skip_spaces(behind)));
    more = m_scanner.byte(at) == ',';
    if (more) at = m_scanner.skip_spaces(at + 1);
  }
  if (m_scanner.byte(at) != '}') throw NotPlain{};
  m_builder.close();
  return at + 1;
}

}  // namespace postern::document
