// SPDX-License-Identifier: Apache-2.0
// RFC 4180, with the separators that spreadsheets use.
#include "csv_reader.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "code_names.h"
#include "text_checks.h"
#include "tree_builder.h"

namespace postern::document {
namespace {

/// One value of a row: its text, and where it begins.
struct Cell {
  std::string_view text;
  std::size_t offset = 0;
};

char separator_of(std::string_view text) {
  constexpr std::array k_separators = {',', ';', '\t'};
  std::array<std::size_t, k_separators.size()> counts{};
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (c == '\n' && !quoted) break;
    const auto at = std::find(k_separators.begin(), k_separators.end(), c);
    if (!quoted && at != k_separators.end()) ++counts[static_cast<std::size_t>(at - k_separators.begin())];
  }
  return k_separators[static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) - counts.begin())];
}

class CsvReader {
 public:
  CsvReader(const std::shared_ptr<const Source>& source, const Limits& limits, Reporter& reporter)
      : m_text(source->text()),
        m_at(byte_order_mark(m_text)),
        m_separator(separator_of(m_text.substr(m_at))),
        m_reporter(reporter),
        m_builder(source, limits, reporter) {}

  std::optional<Document> read() {
    try {
      m_builder.start();
      m_builder.open(Kind::mapping, Style::flow, m_at);
      read_names();
      key("rows");
      m_builder.open(Kind::sequence, Style::flow, m_at);
      while (next_row()) add_row();
      m_builder.close();
      m_builder.close();
      return m_builder.finish();
    } catch (Refusal& refusal) {
      m_reporter.error(std::move(refusal));
      return std::nullopt;
    }
  }

 private:
  void key(std::string_view name) { m_builder.scalar({Kind::string, Style::double_quoted, name, m_at}); }

  void read_names() {
    std::map<std::string, std::size_t, std::less<>> seen;
    key("columns");
    m_builder.open(Kind::sequence, Style::flow, m_at);
    next_row();
    for (const Cell& cell : m_row) {
      const std::size_t count = ++seen[std::string(cell.text)];
      const std::string name = count == 1 ? std::string(cell.text) : std::string(cell.text) + " (" + std::to_string(count) + ")";
      m_names.push_back(m_builder.keep(name));
      m_builder.scalar({Kind::string, Style::double_quoted, m_names.back(), cell.offset});
    }
    m_builder.close();
  }

  void add_row() {
    if (m_row.size() > m_names.size()) {
      const Cell& extra = m_row[m_names.size()];
      // Lines of many exports end with a separator.
      const bool all_empty = std::all_of(m_row.begin() + static_cast<std::ptrdiff_t>(m_names.size()), m_row.end(),
                                         [](const Cell& cell) { return cell.text.empty(); });
      if (!all_empty) {
        m_reporter.warning(k_csv_syntax, extra.offset,
                           "the row has " + std::to_string(m_row.size()) + " values, but there are " +
                               std::to_string(m_names.size()) + " columns: the last ones are left out",
                           "export the table again");
      }
    }
    m_builder.open(Kind::mapping, Style::flow, m_row.front().offset);
    for (std::size_t at = 0; at < std::min(m_row.size(), m_names.size()); ++at) {
      m_builder.scalar({Kind::string, Style::double_quoted, m_names[at], m_row[at].offset});
      m_builder.scalar({Kind::string, Style::double_quoted, m_row[at].text, m_row[at].offset});
    }
    m_builder.close();
  }

  /// The cells of the next row that is not empty; false at the end.
  bool next_row() {
    m_row.clear();
    while (m_at < m_text.size() && (m_text[m_at] == '\n' || m_text[m_at] == '\r')) ++m_at;
    if (m_at >= m_text.size()) return false;
    while (next_cell()) {
    }
    return true;
  }

  /// Adds a cell; false when it was the last one of its row.
  bool next_cell() {
    const std::size_t start = m_at;
    if (m_at < m_text.size() && m_text[m_at] == '"') {
      m_row.push_back({quoted_cell(), start});
    } else {
      m_at = std::min(m_text.find_first_of(std::string{m_separator, '\n', '\r'}, start), m_text.size());
      m_row.push_back({m_text.substr(start, m_at - start), start});
    }
    const bool goes_on = m_at < m_text.size() && m_text[m_at] == m_separator;
    if (goes_on) ++m_at;
    return goes_on;
  }

  std::string_view quoted_cell() {
    const std::size_t open = m_at++;
    m_scratch.clear();
    while (true) {
      const std::size_t quote = m_text.find('"', m_at);
      if (quote == std::string_view::npos) {
        throw Refusal{k_csv_syntax, open, "a value in quotes that begins here never ends", "is the file cut off? Export it again"};
      }
      m_scratch.append(m_text, m_at, quote - m_at);
      m_at = quote + 1;
      if (m_at >= m_text.size() || m_text[m_at] != '"') break;
      m_scratch += '"';
      ++m_at;
    }
    // Some writers put text behind the closing quote: it belongs to the value.
    const std::size_t end = std::min(m_text.find_first_of(std::string{m_separator, '\n', '\r'}, m_at), m_text.size());
    m_scratch.append(m_text, m_at, end - m_at);
    m_at = end;
    return m_builder.keep(m_scratch);
  }

  std::string_view m_text;
  std::size_t m_at;
  char m_separator;
  Reporter& m_reporter;
  TreeBuilder m_builder;
  std::vector<std::string_view> m_names;
  std::vector<Cell> m_row;
  std::string m_scratch;
};

}  // namespace

std::optional<Document> read_csv(const std::shared_ptr<const Source>& source, const Limits& limits, Reporter& reporter) {
  return CsvReader(source, limits, reporter).read();
}

}  // namespace postern::document
