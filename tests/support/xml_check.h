// SPDX-License-Identifier: Apache-2.0
// A small judge of XML: whether a text is well-formed as far as our reports go (elements, attributes, numeric references).
#pragma once
#include <render/code_points.h>

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace postern::test {

/// Collects elements, and the first thing that is wrong.
class XmlCheck {
 public:
  explicit XmlCheck(std::string_view text) : m_text(text) {
    constexpr std::string_view k_head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    if (!text.starts_with(k_head)) fail("no declaration");
    m_at = k_head.size();
    while (m_trouble.empty() && m_at < m_text.size()) step();
    if (m_trouble.empty() && !m_open.empty()) fail("not closed: " + m_open.back());
  }
  /// Nothing when it is well-formed.
  [[nodiscard]] const std::string& trouble() const { return m_trouble; }
  [[nodiscard]] std::size_t count(std::string_view element) const { return m_elements.count(std::string(element)); }

 private:
  void fail(const std::string& trouble) {
    if (m_trouble.empty()) m_trouble = trouble + " at " + std::to_string(m_at);
  }

  void step() {
    if (m_text[m_at] == '<') return tag();
    const std::size_t end = std::min(m_text.find('<', m_at), m_text.size());
    if (m_open.empty() && m_text.substr(m_at, end - m_at).find_first_not_of(" \n") != std::string_view::npos) fail("text outside");
    characters(m_text.substr(m_at, end - m_at));
    m_at = end;
  }

  /// Text or a value: the characters of XML 1.0, references in decimal digits, no sign that means something.
  void characters(std::string_view text) {
    if (text.find("]]>") != std::string_view::npos) fail("]]>");
    for (std::size_t at = 0; at < text.size();) {
      const render::CodePoint point = render::code_point_at(text, at);
      const bool is_control = point.value < 0x20 && point.value != '\n';
      if (!point.is_valid || is_control || point.value == 0xFFFE || point.value == 0xFFFF) fail("character that XML forbids");
      if (point.value == '&') reference(text.substr(at));
      at += point.length;
    }
  }
  void reference(std::string_view text) {
    const std::size_t end = text.find(';');
    if (!text.starts_with("&#") || end == std::string_view::npos || end < 3) return fail("reference");
    if (text.substr(2, end - 2).find_first_not_of("0123456789") != std::string_view::npos) fail("reference");
  }

  void tag() {
    const std::size_t end = m_text.find('>', m_at);
    if (end == std::string_view::npos) return fail("tag without end");
    std::string_view inner = m_text.substr(m_at + 1, end - m_at - 1);
    m_at = end + 1;
    if (inner.starts_with('/')) {
      if (m_open.empty() || m_open.back() != inner.substr(1)) return fail("closed what is not open: " + std::string(inner));
      return m_open.pop_back();
    }
    const bool is_empty = inner.ends_with('/');
    if (is_empty) inner.remove_suffix(1);
    const std::size_t name = std::min(inner.find(' '), inner.size());
    m_elements.insert(std::string(inner.substr(0, name)));
    attributes(inner.substr(name));
    if (!is_empty) m_open.emplace_back(inner.substr(0, name));
  }

  void attributes(std::string_view text) {
    std::set<std::string_view> names;
    while (!text.empty() && m_trouble.empty()) {
      const std::size_t equals = text.find("=\"");
      const std::size_t end = equals == std::string_view::npos ? equals : text.find('"', equals + 2);
      if (end == std::string_view::npos || text.front() != ' ') return fail("attribute: " + std::string(text));
      if (!names.insert(text.substr(1, equals - 1)).second) fail("attribute twice");
      characters(text.substr(equals + 2, end - equals - 2));
      text.remove_prefix(end + 1);
    }
  }

  std::string_view m_text;
  std::size_t m_at = 0;
  std::vector<std::string> m_open;
  std::multiset<std::string> m_elements;
  std::string m_trouble;
};

}  // namespace postern::test
