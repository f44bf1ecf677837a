// SPDX-License-Identifier: Apache-2.0
// Indentation of flow lines, separation of comments, placement of directives, headers of block scalars (YAML 1.2.2, chapters 6 to
// 9).
#include "yaml_layout.h"

#include <algorithm>
#include <string>

#include "code_names.h"

namespace postern::document {
namespace {

constexpr bool is_break(char c) noexcept { return c == '\n' || c == '\r'; }
constexpr bool is_blank(char c) noexcept { return c == ' ' || c == '\t'; }
/// White space or the end of the text.
constexpr bool is_separation(char c) noexcept { return is_blank(c) || is_break(c) || c == '\0'; }
constexpr bool is_flow_indicator(char c) noexcept { return c == ',' || c == '[' || c == ']' || c == '{' || c == '}'; }

bool is_block_style(yaml_scalar_style_t style) noexcept {
  return style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE;
}
bool is_quoted_style(yaml_scalar_style_t style) noexcept {
  return style == YAML_SINGLE_QUOTED_SCALAR_STYLE || style == YAML_DOUBLE_QUOTED_SCALAR_STYLE;
}

[[noreturn]] void invalid(std::size_t offset, const char* what, const char* hint = "") {
  throw Refusal{k_yaml_syntax, offset, std::string("not valid YAML: ") + what, hint};
}

}  // namespace

void YamlLayout::see(YamlParser& parser, YamlEvent& event) {
  const Extent extent{parser.offset(event->start_mark), parser.offset(event->end_mark)};
  if (extent.start > m_gap) check_gap(extent.start);
  m_gap = std::max(m_gap, extent.end);
  switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
      see_document(*event.get(), extent);
      break;
    case YAML_SCALAR_EVENT:
      see_scalar(*event.get(), extent);
      break;
    case YAML_ALIAS_EVENT:
      check_name(event->data.alias.anchor, '*', extent);
      break;
    case YAML_SEQUENCE_START_EVENT:
    case YAML_MAPPING_START_EVENT:
      see_open(*event.get(), extent);
      break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
      see_close(extent);
      break;
    default:
      break;
  }
}

/// A directive after a document is only possible behind `...`, where another parser begins.
void YamlLayout::see_document(const yaml_event_t& event, Extent extent) {
  const auto& start = event.data.document_start;
  const bool has_directives = start.version_directive != nullptr || start.tag_directives.start != start.tag_directives.end;
  if (m_seen_document && has_directives)
    invalid(extent.start, "a directive within a document", "end the document before it with a line ...");
  m_seen_document = true;
}

void YamlLayout::see_scalar(const yaml_event_t& event, Extent extent) {
  const auto& scalar = event.data.scalar;
  if (scalar.anchor != nullptr) check_name(scalar.anchor, '&', extent);
  if (is_block_style(scalar.style)) {
    check_block_scalar(extent);
  } else if (in_flow()) {
    const bool is_dash = scalar.style == YAML_PLAIN_SCALAR_STYLE && scalar.length == 1 && scalar.value[0] == '-';
    if (is_dash) invalid(extent.start, "a lone dash in a flow collection", "quote it");
  } else if (is_quoted_style(scalar.style)) {
    check_lines(extent);
  }
}

void YamlLayout::see_open(const yaml_event_t& event, Extent extent) {
  const bool is_mapping = event.type == YAML_MAPPING_START_EVENT;
  const bool is_flow = is_mapping ? event.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
                                  : event.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
  const unsigned char* const anchor = is_mapping ? event.data.mapping_start.anchor : event.data.sequence_start.anchor;
  if (anchor != nullptr) check_name(anchor, '&', extent);
  if (is_flow) {
    if (in_flow() && at(extent.start) == '?') check_question_mark(extent.start);
    if (m_flow_depth++ == 0) m_flow_start = extent.end;
    m_indents.push_back(indent());
    return;
  }
  // The event ends at the first key or dash, except in a sequence that is not indented, where it ends behind the dash.
  const int column = static_cast<int>(event.end_mark.column);
  m_indents.push_back(!is_mapping && at(extent.end) != '-' ? column - 1 : column);
}

void YamlLayout::see_close(Extent extent) {
  m_indents.pop_back();
  if (m_flow_depth > 0 && --m_flow_depth == 0) check_lines({m_flow_start, extent.end});
}

/// Between events there are indicators, white space and comments. Most of the bytes of indentation pass here.
void YamlLayout::check_gap(std::size_t to) const {
  const std::string_view text = m_text.substr(0, to);
  std::size_t from = m_gap;
  while (from < to) {
    const std::size_t comment = std::min(text.find('#', from), to);
    if (in_flow()) {
      for (std::size_t mark = text.find('?', from); mark < comment; mark = text.find('?', mark + 1)) check_question_mark(mark);
    }
    if (comment == to) return;
    if (comment > m_start && !is_separation(text[comment - 1])) {
      invalid(comment, "a comment must be separated by white space", "put a space before the #");
    }
    from = std::min(text.find_first_of("\r\n", comment), to);
  }
}

/// libyaml takes every question mark in a flow collection for the sign of a key, YAML 1.2 only one that stands alone.
void YamlLayout::check_question_mark(std::size_t offset) const {
  if (is_separation(at(offset + 1)) || is_flow_indicator(at(offset + 1))) return;
  throw Refusal{k_unsupported_yaml, offset, "a plain text that begins with a question mark is not supported in a flow collection",
                "quote it"};
}

/// The lines of flow collections and quoted scalars must be indented more than what they are part of, by spaces.
void YamlLayout::check_lines(Extent extent) const {
  const int parent = indent();
  if (parent < 0) return;
  std::size_t line = m_text.find('\n', extent.start);
  for (; line < extent.end; line = m_text.find('\n', line + 1)) {
    const std::size_t first = std::min(m_text.find_first_not_of(' ', line + 1), m_text.size());
    const int spaces = static_cast<int>(first - line - 1);
    if (spaces > parent || first >= extent.end) continue;
    const char c = m_text[first];
    const bool closes = (c == ']' || c == '}') && spaces == parent;
    if (closes || c == '#' || is_break(c)) continue;
    if (c == '\t' && is_break(at(m_text.find_first_not_of(" \t", first)))) continue;
    invalid(first, "a line of a value in quotes or brackets is not indented enough", "indent it by spaces, more than the key");
  }
}

/// The header must end before a comment, and no leading empty line may be longer than the indentation of the first line with text.
void YamlLayout::check_block_scalar(Extent extent) const {
  std::size_t header = extent.start;
  while (at(header) != '|' && at(header) != '>') {
    if (at(header) == '#') {
      header = m_text.find_first_of("\r\n", header);
    } else {
      while (!is_separation(at(header))) ++header;
    }
    header = std::min(m_text.find_first_not_of(" \t\r\n", header), m_text.size());
    if (header >= extent.end) return;
  }
  const std::size_t behind = std::min(m_text.find_first_not_of("+-123456789", header + 1), m_text.size());
  if (at(behind) == '#') invalid(behind, "a comment must be separated by white space", "put a space before the #");
  if (m_text.substr(header, behind - header).find_first_of("123456789") != std::string_view::npos) return;
  std::size_t longest = 0;
  std::size_t longest_at = 0;
  for (std::size_t line = m_text.find('\n', behind); line < m_text.size(); line = m_text.find('\n', line + 1)) {
    const std::size_t first = std::min(m_text.find_first_not_of(' ', line + 1), m_text.size());
    const std::size_t spaces = first - line - 1;
    if (!is_break(at(first))) {
      const bool is_content = first < m_text.size() && static_cast<int>(spaces) > indent();
      if (is_content && longest > spaces)
        invalid(longest_at, "an empty line is indented more than the first line of its block scalar");
      return;
    }
    if (spaces > longest) {
      longest = spaces;
      longest_at = first;
    }
  }
}

/// libyaml ends names at a colon, YAML 1.2 does not.
void YamlLayout::check_name(const unsigned char* name, char sigil, Extent extent) const {
  std::size_t from = extent.start;
  if (at(from) == '!') from = m_text.find_first_of(" \t\r\n", from);
  const std::string written = sigil + std::string(reinterpret_cast<const char*>(name));
  const std::size_t found = m_text.find(written, from);
  if (found == std::string_view::npos) return;
  const char behind = at(found + written.size());
  if (is_separation(behind) || is_flow_indicator(behind)) return;
  throw Refusal{k_unsupported_yaml, found, "the name of an anchor or alias may hold letters, digits, - and _ only",
                "put a space between an alias and the colon behind it"};
}

}  // namespace postern::document
