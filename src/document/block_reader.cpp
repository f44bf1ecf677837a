// SPDX-License-Identifier: Apache-2.0
// Lines and levels: which collections a line continues, opens and closes.
#include "block_reader.h"

#include <algorithm>

#include "scalar_types.h"

namespace postern::document {

BlockReader::BlockReader(std::string_view text, std::size_t end, TreeBuilder& builder, Reporter& reporter, Documents& documents)
    : m_scanner(text.substr(0, end)),
      m_builder(builder),
      m_reporter(reporter),
      m_documents(documents),
      m_has_returns(m_scanner.text().find('\r') != std::string_view::npos) {}

std::size_t BlockReader::read(std::size_t start) {
  if (m_has_returns) return start;
  while (start < m_scanner.size()) {
    m_warnings.clear();
    m_levels.clear();
    m_builder.start_attempt();
    try {
      start = read_document(start);
    } catch (const NotPlain&) {
      m_builder.undo_attempt();
      return start;
    } catch (const Refusal&) {  // libyaml finds it again, together with all that it would report besides
      m_builder.undo_attempt();
      return start;
    }
  }
  return start;
}

std::size_t BlockReader::read_document(std::size_t start) {
  find_content(start);
  if (is_at_end()) return m_at;
  if (is_at_marker()) find_content(m_scanner.next_line(m_at + 3));
  m_levels.push_back({-1, Shape::root, true, 0});
  while (!is_at_end() && !is_at_marker()) {
    read_line();
    find_content(m_next);
  }
  m_levels.front().empty = m_at;
  while (m_levels.size() > 1) close();
  if (m_levels.front().awaits_value) add_empty(m_at);
  m_documents.push_back(m_builder.finish().value());
  report_warnings();
  return m_at;
}

/// Goes over empty lines and comments, from the start of a line.
void BlockReader::find_content(std::size_t line) {
  while (line < m_scanner.size()) {
    const std::size_t at = m_scanner.skip_spaces(line);
    const char c = m_scanner.byte(at);
    if (c == '#') {
      line = m_scanner.skip_line(at);
    } else if (c == '\n') {
      line = at + 1;
    } else {
      if (at >= m_scanner.size()) throw NotPlain{};
      m_line = line;
      m_at = at;
      m_column = static_cast<int>(at - line);
      return;
    }
  }
  m_at = m_scanner.size();
}

bool BlockReader::is_at_end() const noexcept { return m_at >= m_scanner.size(); }

bool BlockReader::is_at_marker() const noexcept {
  return m_column == 0 && m_scanner.text().substr(m_at, 3) == "---" && m_scanner.is_end_of_word(m_at + 3);
}

/// Parts end before such a line, so it can only stand behind a byte-order mark, where no part was looked for.
bool BlockReader::is_at_end_marker() const noexcept {
  return m_column == 0 && m_scanner.text().substr(m_at, 3) == "..." && m_scanner.is_end_of_word(m_at + 3);
}

bool BlockReader::is_at_dash() const noexcept { return m_scanner.byte(m_at) == '-' && m_scanner.is_end_of_word(m_at + 1); }

void BlockReader::read_line() {
  if (is_at_end_marker()) throw NotPlain{};
  while (m_levels.back().column > m_column) close();
  const bool is_dash = is_at_dash();
  if (m_levels.back().column == m_column && m_levels.back().shape == Shape::dashes_only && !is_dash) close();
  Level& level = m_levels.back();
  if (level.column < m_column) {
    if (!level.awaits_value) throw NotPlain{};  // the continuation of a scalar, or an error
    level.awaits_value = false;
    return read_node();
  }
  if (!is_dash) {
    if (level.shape != Shape::mapping) throw NotPlain{};
    return read_entry();
  }
  if (level.shape == Shape::mapping) {
    if (!level.awaits_value) throw NotPlain{};
    level.awaits_value = false;
    open(Shape::dashes_only);
  }
  read_item();
}

/// A value that begins at the content at hand, its collection's first key or dash included.
void BlockReader::read_node() {
  if (is_at_dash()) {
    open(Shape::sequence);
    return read_item();
  }
  const char c = m_scanner.byte(m_at);
  if (c == '|') return read_literal(m_at);
  if (c == '[' || c == '{') return read_flow(m_at);
  const LineScalar scalar = m_scanner.in_block(m_at);
  if (m_scanner.is_key_sign(scalar.end)) {
    open(Shape::mapping);
    return read_key(scalar);
  }
  m_next = m_scanner.next_line(scalar.end);
  add(scalar);
}

void BlockReader::read_item() {
  Level& level = m_levels.back();
  if (level.awaits_value) add_empty(level.empty);
  level.awaits_value = false;
  const std::size_t behind = m_at + 1;
  const std::size_t at = m_scanner.skip_spaces(behind);
  if (m_scanner.is_end_of_line(at) || m_scanner.byte(at) == '#') {
    m_next = m_scanner.next_line(behind);
    level.awaits_value = true;
    level.empty = behind;
    return;
  }
  m_at = at;
  m_column = static_cast<int>(at - m_line);
  read_node();
}

void BlockReader::read_entry() {
  Level& level = m_levels.back();
  if (level.awaits_value) add_empty(level.empty);
  level.awaits_value = false;
  const LineScalar key = m_scanner.in_block(m_at);
  if (!m_scanner.is_key_sign(key.end)) throw NotPlain{};
  read_key(key);
}

void BlockReader::read_key(const LineScalar& key) {
  const bool is_merge = key.style == Style::plain && key.text == "<<";
  if (is_merge || key.end - key.offset > k_longest_key) throw NotPlain{};
  const std::size_t behind = key.end + 1;
  add(key);
  read_value(behind);
}

/// What stands on the line of a key, whose colon ended before `behind`.
void BlockReader::read_value(std::size_t behind) {
  const std::size_t at = m_scanner.skip_spaces(behind);
  const char c = m_scanner.byte(at);
  if (m_scanner.is_end_of_line(at) || c == '#') {
    m_next = m_scanner.next_line(behind);
    m_levels.back().awaits_value = true;
    m_levels.back().empty = behind;
    return;
  }
  if (c == '|') return read_literal(at);
  if (c == '[' || c == '{') return read_flow(at);
  const LineScalar value = m_scanner.in_block(at);
  m_next = m_scanner.next_line(value.end);
  add(value);
}

void BlockReader::open(Shape shape) {
  m_builder.open(shape == Shape::mapping ? Kind::mapping : Kind::sequence, Style::block, m_at);
  m_levels.push_back({m_column, shape, false, 0});
}

void BlockReader::close() {
  if (m_levels.back().awaits_value) add_empty(m_levels.back().empty);
  m_builder.close();
  m_levels.pop_back();
}

void BlockReader::add(const LineScalar& scalar) {
  const bool is_plain = scalar.style == Style::plain;
  const std::string_view text = scalar.is_copy ? m_builder.keep(scalar.text) : scalar.text;
  const Kind kind = is_plain ? core_kind(text) : Kind::string;
  m_builder.scalar({kind, scalar.style, text, scalar.offset});
  if (is_plain) warn(kind, text, scalar.offset);
}

void BlockReader::add_empty(std::size_t offset) { m_builder.scalar({Kind::null, Style::plain, std::string_view("", 0), offset}); }

void BlockReader::warn(Kind kind, std::string_view text, std::size_t offset) {
  if (kind == Kind::number && is_core_integer(text)) m_warnings.push_back({offset, kind, nullptr});
  if (const char* const reading = yaml_1_1_reading(text)) m_warnings.push_back({offset, kind, reading});
}

void BlockReader::report_warnings() {
  for (const Warning& warning : m_warnings) {
    if (warning.reading == nullptr) {
      m_reporter.inexact_number(warning.offset);
    } else {
      m_reporter.differs_in_1_1(warning.offset, warning.kind, warning.reading);
    }
  }
}

}  // namespace postern::document
