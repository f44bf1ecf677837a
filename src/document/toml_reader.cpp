// SPDX-License-Identifier: Apache-2.0
// From toml++'s tree to ours.
#include "toml_reader.h"

#include <algorithm>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

#include "code_names.h"
#include "text_checks.h"
#include "tree_builder.h"

namespace postern::document {
namespace {

/// Finds keys of very many parts (`a.a.a.a`), which toml++ makes into as many tables within tables.
class KeyDepth {
 public:
  explicit KeyDepth(std::string_view text) : m_text(text) {}

  /// Where a key has more parts than that; npos where none has.
  [[nodiscard]] std::size_t find_deeper_than(std::size_t most) {
    std::size_t dots = 0;
    for (; m_at < m_text.size(); ++m_at) {
      const char c = m_text[m_at];
      if (c == '"' || c == '\'') {
        skip_string(c);
      } else if (c == '#') {
        m_at = std::min(m_text.find('\n', m_at), m_text.size());
        dots = 0;
      } else if (c == '.') {
        if (++dots > most) return m_at;
      } else if (std::string_view("=,[]{}\n").find(c) != std::string_view::npos) {
        dots = 0;
      }
    }
    return std::string_view::npos;
  }

 private:
  /// Ends on the last quote; a string of one line that is not closed ends with the line.
  void skip_string(char quote) {
    const std::string three(3, quote);
    const bool is_long = m_text.substr(m_at, 3) == three;
    m_at += is_long ? 3 : 1;
    for (; m_at < m_text.size(); ++m_at) {
      if (quote == '"' && m_text[m_at] == '\\') {
        ++m_at;
      } else if (is_long && m_text.substr(m_at, 3) == three) {
        m_at += 2;
        return;
      } else if (!is_long && (m_text[m_at] == quote || m_text[m_at] == '\n')) {
        return;
      }
    }
  }

  std::string_view m_text;
  std::size_t m_at = 0;
};

class TomlReader {
 public:
  TomlReader(const std::shared_ptr<const Source>& source, const Limits& limits, Reporter& reporter)
      : m_text(source->text()), m_start(byte_order_mark(m_text)), m_reporter(reporter), m_builder(source, limits, reporter) {}

  std::optional<Document> read() {
    try {
      const std::string_view text = m_text.substr(m_start);
      constexpr std::size_t k_most_parts = 40;
      if (const std::size_t at = KeyDepth(text).find_deeper_than(k_most_parts); at != std::string_view::npos)
        throw Refusal{k_too_deep, m_start + at, "a key of more than 40 parts", ""};
      find_lines();
      const toml::parse_result result = toml::parse(text);
      if (!result) {
        throw Refusal{k_toml_syntax, offset_of(result.error().source()),
                      "not valid TOML: " + std::string(result.error().description().substr(0, k_longest_reason)),
                      "is the file cut off?"};
      }
      m_builder.start();
      add_table(result.table());
      return m_builder.finish();
    } catch (Refusal& refusal) {
      m_reporter.error(std::move(refusal));
      return std::nullopt;
    }
  }

 private:
  static constexpr std::size_t k_longest_reason = 120;

  void find_lines() {
    m_lines.push_back(m_start);
    for (std::size_t at = m_start; (at = m_text.find('\n', at)) != std::string_view::npos;) m_lines.push_back(++at);
  }

  [[nodiscard]] std::size_t offset_of(const toml::source_region& region) const {
    const std::size_t line = region.begin.line;
    if (line == 0 || line > m_lines.size()) return m_start;
    const std::size_t column = region.begin.column == 0 ? 0 : region.begin.column - 1;
    return std::min(m_lines[line - 1] + column, m_text.size());
  }

  void add_text(std::string_view text, std::size_t offset) {
    m_builder.scalar({Kind::string, Style::double_quoted, m_builder.keep(text), offset});
  }

  void add(const toml::node& node) {
    const std::size_t offset = offset_of(node.source());
    if (const toml::table* table = node.as_table()) return add_table(*table);
    if (const toml::array* array = node.as_array()) {
      m_builder.open(Kind::sequence, Style::flow, offset);
      for (const toml::node& item : *array) add(item);
      m_builder.close();
    } else if (const auto* text = node.as_string()) {
      add_text(text->get(), offset);
    } else if (const auto* integer = node.as_integer()) {
      add_plain(Kind::integer, std::to_string(integer->get()), offset);
    } else if (const auto* boolean = node.as_boolean()) {
      add_plain(Kind::boolean, boolean->get() ? "true" : "false", offset);
    } else {
      std::ostringstream text_of_value;
      node.visit([&](const auto& value) {
        if constexpr (toml::is_value<decltype(value)>) text_of_value << value.get();
      });
      const std::string shown = text_of_value.str();
      if (node.is_floating_point()) return add_plain(Kind::number, shown, offset);
      add_text(shown, offset);
    }
  }

  void add_plain(Kind kind, std::string_view text, std::size_t offset) {
    m_builder.scalar({kind, Style::plain, m_builder.keep(text), offset});
  }

  void add_table(const toml::table& table) {
    m_builder.open(Kind::mapping, Style::flow, offset_of(table.source()));
    for (const auto& [key, value] : table) {
      add_text(key.str(), offset_of(key.source()));
      add(value);
    }
    m_builder.close();
  }

  std::string_view m_text;
  std::size_t m_start;
  Reporter& m_reporter;
  TreeBuilder m_builder;
  std::vector<std::size_t> m_lines;  ///< where each begins
};

}  // namespace

std::optional<Document> read_toml(const std::shared_ptr<const Source>& source, const Limits& limits, Reporter& reporter) {
  return TomlReader(source, limits, reporter).read();
}

}  // namespace postern::document
