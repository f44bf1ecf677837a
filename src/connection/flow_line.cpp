// SPDX-License-Identifier: Apache-2.0
// Cuts lines with flow collections at their brackets and commas.
#include "connection/flow_line.h"

#include <algorithm>

namespace postern::connection {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r'; }
bool is_quote(char c) { return c == '"' || c == '\''; }
/// Behind what a collection, or a text in quotes, may begin.
bool is_opener(char c) { return c == '\0' || c == ':' || c == ',' || c == '[' || c == '{' || c == '-' || c == '='; }

std::size_t skip_space(std::string_view line, std::size_t at) {
  while (at < line.size() && is_space(line[at])) ++at;
  return at;
}

/// Behind the quote that closes the one at `open`; npos when there is none.
std::size_t behind_quotes(std::string_view line, std::size_t open) {
  for (std::size_t at = open + 1; at < line.size(); ++at) {
    if (line[at] == '\\' && line[open] == '"') {
      ++at;
    } else if (line[at] == line[open]) {
      return at + 1;
    }
  }
  return std::string_view::npos;
}

/// Behind a list without collections inside of it, which begins at `open`; npos for all other lists. Looks no further than to the
/// next bracket.
std::size_t behind_plain_list(std::string_view line, std::size_t open) {
  char before = '[';
  for (std::size_t at = open + 1; at < line.size();) {
    const char c = line[at];
    if (c == ']') return at + 1;
    if (c == '[' || c == '{' || c == '}') return std::string_view::npos;
    if (is_quote(c) && is_opener(before)) {
      at = behind_quotes(line, at);
      if (at == std::string_view::npos) return at;
      before = '"';
      continue;
    }
    if (!is_space(c)) before = c;
    ++at;
  }
  return std::string_view::npos;
}

class Cutter {
 public:
  Cutter(std::string_view line, FlowLine& flow) : m_line(line), m_flow(flow) {}

  /// False when the braces are none of flow collections.
  bool run() {
    m_begin = skip_space(m_line, 0);
    for (std::size_t at = m_begin; at < m_line.size();) {
      at = step(at);
      if (at == std::string_view::npos) return false;
    }
    push(m_line.size());
    m_flow.open = m_depth;
    return m_flow.pieces.size() > 1;
  }

 private:
  std::size_t step(std::size_t at) {
    const char c = m_line[at];
    if (is_space(c)) return at + 1;
    if (is_quote(c) && is_opener(m_before)) {
      m_before = c;
      return behind_quotes(m_line, at);
    }
    if ((m_before == '}' || m_before == ']') && c != ',' && c != '}' && c != ']') return std::string_view::npos;
    if (c == '$' && at + 1 < m_line.size() && m_line[at + 1] == '{') return behind(at, "}");
    if (c == '{' && at + 1 < m_line.size() && m_line[at + 1] == '{') return behind(at, "}}");
    if (c == '{' || c == '[') return open(at);
    if (c == '}' || c == ']') return close(at);
    if (c == ';') return std::string_view::npos;
    if (c == ',' && (m_depth > 0 || m_before == '}' || m_before == ']' || is_quote(m_before))) {
      push(at);
      m_begin = at + 1;
    }
    m_before = c;
    return at + 1;
  }

  /// Behind a reference or a template, which are words.
  std::size_t behind(std::size_t at, std::string_view end) {
    const std::size_t found = m_line.find(end, at);
    m_before = 'x';
    return found == std::string_view::npos ? found : found + end.size();
  }

  std::size_t open(std::size_t at) {
    if (!is_opener(m_before)) return std::string_view::npos;
    if (m_line[at] == '[') {
      if (const std::size_t end = behind_plain_list(m_line, at); end != std::string_view::npos) {
        m_before = ']';
        return end;
      }
    }
    push(at + 1);
    ++m_depth;
    m_begin = at + 1;
    m_before = m_line[at];
    return at + 1;
  }

  std::size_t close(std::size_t at) {
    push(at);
    if (m_depth > 0) --m_depth;
    m_begin = at + 1;
    m_before = m_line[at];
    return at + 1;
  }

  void push(std::size_t end) {
    const std::size_t begin = std::min(skip_space(m_line, m_begin), end);
    const std::string_view piece = m_line.substr(begin, end - begin);
    if (piece.find_first_not_of(" \t\r{[-,") == std::string_view::npos) return;
    m_flow.pieces.push_back({begin, end, m_depth});
  }

  std::string_view m_line;
  FlowLine& m_flow;
  std::size_t m_begin = 0;
  std::size_t m_depth = 0;
  char m_before = '\0';  ///< the last character that is no space; a quote for everything in quotes
};

}  // namespace

void cut_flow(std::string_view line, FlowLine& flow) {
  flow.pieces.clear();
  flow.open = 0;
  if (line.find('{') == std::string_view::npos) return;
  if (!Cutter(line, flow).run()) flow.pieces.clear();
}

}  // namespace postern::connection
