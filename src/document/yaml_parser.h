// SPDX-License-Identifier: Apache-2.0
// Ownership of a libyaml parser and of its events, and translation of its marks into byte offsets.
#pragma once
#include <yaml.h>

#include <cstddef>
#include <string_view>

#include "reporter.h"

namespace postern::document {

/// One event; libyaml's memory is released with it.
class YamlEvent {
 public:
  YamlEvent() noexcept : m_event{} {}
  ~YamlEvent() { yaml_event_delete(&m_event); }
  YamlEvent(const YamlEvent&) = delete;
  YamlEvent& operator=(const YamlEvent&) = delete;
  yaml_event_t* operator->() noexcept { return &m_event; }
  yaml_event_t* get() noexcept { return &m_event; }

 private:
  yaml_event_t m_event;
};

/// libyaml counts characters, we count bytes. Positions come almost in order, so a cursor that walks from the last one is cheap.
class MarkTranslator {
 public:
  MarkTranslator(std::string_view text, bool ascii) noexcept : m_text(text), m_ascii(ascii) {}
  /// The byte offset of character `index`.
  std::size_t operator()(std::size_t index) noexcept;

 private:
  std::string_view m_text;
  bool m_ascii;
  std::size_t m_index = 0;
  std::size_t m_offset = 0;
};

/// A parser of `part`, which is the text from `start` on (or a rewriting of it, byte for byte); it gives offsets in the whole text.
class YamlParser {
 public:
  YamlParser(std::string_view part, std::size_t start, bool ascii);
  ~YamlParser() { yaml_parser_delete(&m_parser); }
  YamlParser(const YamlParser&) = delete;
  YamlParser& operator=(const YamlParser&) = delete;

  /// The next event; throws Refusal where the text is not YAML.
  void next(YamlEvent& event);
  [[nodiscard]] std::size_t offset(const yaml_mark_t& mark) noexcept { return m_start + m_translate(mark.index); }

 private:
  [[noreturn]] void fail();
  yaml_parser_t m_parser;
  std::size_t m_start;
  MarkTranslator m_translate;
};

}  // namespace postern::document
