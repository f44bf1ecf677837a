// SPDX-License-Identifier: Apache-2.0
// The contact with libyaml's parser.
#include "yaml_parser.h"

#include <algorithm>
#include <new>

#include "code_names.h"

namespace postern::document {
namespace {

bool continues_character(char c) noexcept { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

}  // namespace

std::size_t MarkTranslator::operator()(std::size_t index) noexcept {
  if (m_ascii) return std::min(index, m_text.size());
  while (m_index < index && m_offset < m_text.size()) {
    ++m_offset;
    while (m_offset < m_text.size() && continues_character(m_text[m_offset])) ++m_offset;
    ++m_index;
  }
  while (m_index > index) {
    --m_offset;
    while (continues_character(m_text[m_offset])) --m_offset;
    --m_index;
  }
  return m_offset;
}

YamlParser::YamlParser(std::string_view part, std::size_t start, bool ascii) : m_start(start), m_translate(part, ascii) {
  if (yaml_parser_initialize(&m_parser) == 0) throw std::bad_alloc();
  yaml_parser_set_encoding(&m_parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string(&m_parser, reinterpret_cast<const unsigned char*>(part.data()), part.size());
}

void YamlParser::next(YamlEvent& event) {
  if (yaml_parser_parse(&m_parser, event.get()) == 0) fail();
}

void YamlParser::fail() {
  if (m_parser.error == YAML_MEMORY_ERROR) throw std::bad_alloc();
  const bool in_bytes = m_parser.error == YAML_READER_ERROR;
  const std::size_t at = in_bytes ? m_start + m_parser.problem_offset : offset(m_parser.problem_mark);
  std::string message = "cannot be read as YAML: ";
  if (m_parser.context != nullptr) message += std::string(m_parser.context) + ", ";
  throw Refusal{k_yaml_syntax, at, message + (m_parser.problem != nullptr ? m_parser.problem : "unreadable"), ""};
}

}  // namespace postern::document
