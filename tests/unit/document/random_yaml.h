// SPDX-License-Identifier: Apache-2.0
// Random YAML that is mostly right, and ways to spoil a text, for the tests that compare two readers.
#pragma once
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

namespace postern::document {

/// Makes block YAML of nested collections, all styles of scalars, comments and several documents. Half of the texts are ordinary,
/// the others hold whatever is rare or wrong too.
class RandomYaml {
 public:
  explicit RandomYaml(std::uint32_t seed) : m_random(seed) {}

  std::string text() {
    m_text.clear();
    m_is_odd = below(2) == 0;
    const std::size_t documents = 1 + below(3);
    for (std::size_t i = 0; i < documents; ++i) {
      if (i > 0 || below(2) == 0) m_text += below(4) == 0 ? "--- # next\n" : "---\n";
      if (below(8) != 0) collection(below(6) == 0 ? 2 : 0, 0);
    }
    return m_text;
  }

  /// The text with a few bytes deleted, inserted, replaced, a line indented otherwise, or cut off.
  std::string spoiled(std::string text) {
    for (std::size_t times = 1 + below(3); times > 0 && !text.empty(); --times) spoil(text);
    return text;
  }

 private:
  std::size_t below(std::size_t limit) { return std::uniform_int_distribution<std::size_t>(0, limit - 1)(m_random); }
  template <std::size_t Size>
  std::string_view any(const std::string_view (&choice)[Size]) {
    return choice[below(Size)];
  }

  /// True once in `times`, in odd texts only.
  bool oddly(std::size_t times) { return m_is_odd && below(times) == 0; }

  void indent(std::size_t spaces) { m_text.append(spaces, ' '); }

  void interlude(std::size_t column) {
    constexpr std::string_view k_lines[] = {"\n", "# a comment: with a colon\n", "   \n", "  # indented - comment\n"};
    if (below(8) == 0) m_text += any(k_lines);
    if (below(12) == 0) m_text += std::string(column, ' ') + "# here\n";
  }

  void collection(std::size_t column, std::size_t depth) {
    const bool is_mapping = below(3) != 0;
    for (std::size_t count = 1 + below(4); count > 0; --count) {
      interlude(column);
      indent(column);
      is_mapping ? entry(column, depth, count) : item(column, depth);
    }
  }

  void key(std::size_t number) {
    constexpr std::string_view k_keys[] = {"name", "a.b/c-d",      "\"quoted\"", "'single'", "yes",
                                           "012",  "h\xC3\xA9llo", "two words",  "-x"};
    std::string name(any(k_keys));
    const std::size_t behind = name.back() == '"' || name.back() == '\'' ? name.size() - 1 : name.size();
    if (!oddly(20)) name.insert(behind, std::to_string(number));
    m_text += name;
    m_text += ':';
  }

  void entry(std::size_t column, std::size_t depth, std::size_t number) {
    key(number);
    const std::size_t choice = below(6);
    if (choice < 2 && depth < 4) {
      end_line();
      collection(column + (oddly(4) ? 0 : 1 + below(4)), depth + 1);
    } else if (choice == 2 && depth < 4) {
      end_line();
      const std::size_t at = column + (below(2) == 0 ? 0 : 2);
      for (std::size_t items = 1 + below(3); items > 0; --items) {
        indent(at);
        item(at, depth + 1);
      }
    } else {
      value(column);
    }
  }

  void item(std::size_t column, std::size_t depth) {
    m_text += '-';
    const std::size_t choice = below(4);
    if (choice == 0 && depth < 4) {
      const std::size_t gap = 1 + (below(5) == 0 ? below(3) : 0);
      m_text.append(gap, ' ');
      compact(column + 1 + gap, depth + 1);
    } else if (choice == 1 && depth < 4) {
      end_line();
      collection(column + 1 + below(3), depth + 1);
    } else {
      value(column);
    }
  }

  void compact(std::size_t column, std::size_t depth) {
    const bool is_mapping = below(4) != 0;
    for (std::size_t count = 1 + below(3), i = 0; i < count; ++i) {
      if (i > 0) indent(column);
      is_mapping ? entry(column, depth, i) : item(column, depth);
    }
  }

  void value(std::size_t column) {
    if (below(8) == 0) return literal(column);
    m_text += below(10) == 0 ? "   " : " ";
    below(6) == 0 ? flow(0) : scalar();
    end_line();
  }

  void scalar() {
    constexpr std::string_view k_scalars[] = {"text",
                                              "two words",
                                              "12",
                                              "-3.5e2",
                                              "0o17",
                                              "0777",
                                              "yes",
                                              "Off",
                                              "null",
                                              "~",
                                              "true",
                                              "12:30:45",
                                              "http://host:80/path?q=1",
                                              "\"double\"",
                                              "\"with \\n and \\\" and \\\\\"",
                                              "'single'",
                                              "'it''s'",
                                              "\"\"",
                                              "''",
                                              "123456789012345678901234567890",
                                              ":8080",
                                              "--flag=on",
                                              "-",
                                              "- x",
                                              "a: b",
                                              "a #b",
                                              "a#b",
                                              "&anchor x",
                                              "*anchor",
                                              "!tag x",
                                              "| x",
                                              "%x",
                                              "@x",
                                              "{{ x }}",
                                              "<<",
                                              "[",
                                              "\xE2\x82\xAC 5",
                                              "\"\xE2\x82\xAC\"",
                                              "\"\\u20ac\"",
                                              "a\tb",
                                              "\"a\tb\"",
                                              "x, y",
                                              "x]",
                                              "?",
                                              "? x",
                                              "\\",
                                              "=",
                                              ".inf",
                                              "1_000"};
    m_text += oddly(3) ? any(k_scalars) : k_scalars[below(12)];
  }

  void flow(std::size_t depth) {
    constexpr std::string_view k_simple[] = {"a",         "\"b\"", "'c'", "1", "-1", "x/y:z",
                                             "two words", "k: v",  "",    "-", "~",  "\xC3\xA9"};
    const bool is_mapping = below(2) == 0;
    m_text += is_mapping ? '{' : '[';
    const std::size_t count = below(4);
    for (std::size_t i = 0; i < count; ++i) {
      if (i > 0) m_text += below(6) == 0 ? " , " : ", ";
      if (is_mapping) m_text += "k" + std::to_string(i) + (oddly(8) ? ":" : ": ");
      if (depth < 2 && below(4) == 0) {
        flow(depth + 1);
      } else {
        m_text += oddly(4) ? any(k_simple) : k_simple[below(7)];
      }
    }
    m_text += is_mapping ? '}' : ']';
  }

  void literal(std::size_t column) {
    constexpr std::string_view k_headers[] = {" |", " |-", " |+", " >", " |2", " | # comment", " |  "};
    constexpr std::string_view k_lines[] = {"text",       "# no comment", "  deeper", "",  "",
                                            "key: value", "- dash",       "a\tb",     " ", "\ttab"};
    m_text += oddly(3) ? any(k_headers) : k_headers[below(3)];
    m_text += '\n';
    const std::size_t at = column + 1 + below(3);
    if (!m_is_odd) m_text += std::string(at, ' ') + "first\n";
    for (std::size_t lines = below(5); lines > 0; --lines) {
      if (!oddly(6)) indent(at);
      m_text += any(k_lines);
      m_text += '\n';
    }
  }

  void end_line() {
    constexpr std::string_view k_ends[] = {" # comment", "  ", " #", "#", "\t", "\r"};
    if (below(10) == 0) m_text += oddly(3) ? any(k_ends) : k_ends[below(3)];
    m_text += '\n';
  }

  void spoil(std::string& text) {
    constexpr std::string_view k_bytes = " \n:-#\"'[]{},|>&*!%?~x0\t\r.<";
    const std::size_t at = below(text.size());
    switch (below(5)) {
      case 0:
        text.erase(at, 1 + below(3));
        break;
      case 1:
        text.insert(at, 1, k_bytes[below(k_bytes.size())]);
        break;
      case 2:
        text[at] = k_bytes[below(k_bytes.size())];
        break;
      case 3:
        if (const std::size_t line = text.find('\n', at); line != std::string::npos) {
          below(2) == 0 ? text.insert(line + 1, 1 + below(3), ' ') : text.erase(line + 1, 1 + below(2));
        }
        break;
      default:
        if (below(4) == 0) text.resize(at);
    }
  }

  std::mt19937 m_random;
  bool m_is_odd = false;
  std::string m_text;
};

}  // namespace postern::document
