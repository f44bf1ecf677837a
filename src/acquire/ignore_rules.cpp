// SPDX-License-Identifier: Apache-2.0
// Lines of a .gitignore to patterns: gitignore(5), with what git does where the page says nothing (each checked against `git
// check-ignore`).
#include <acquire/ignore_rules.h>

#include <algorithm>

namespace postern::acquire {
namespace {

constexpr std::size_t k_longest_pattern = 4096;

bool is_special(char c) { return c == '*' || c == '?' || c == '[' || c == '\\'; }
bool has_special(std::string_view text) { return std::any_of(text.begin(), text.end(), is_special); }

/// Trailing spaces go, unless a backslash quotes them; tabs stay.
std::string_view without_trailing_spaces(std::string_view line) {
  std::size_t end = 0;
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (line[at] == '\\') {
      if (++at == line.size()) return line;
      end = at + 1;
    } else if (line[at] != ' ') {
      end = at + 1;
    }
  }
  return line.substr(0, end);
}

std::string_view without_prefix(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix ? text.substr(prefix.size()) : text;
}

}  // namespace

IgnoreRules::IgnoreRules(std::string_view text) {
  text = without_prefix(text, "\xEF\xBB\xBF");
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    if (!line.empty() && line.front() == '#') continue;
    if (end != std::string_view::npos || !line.empty()) add_line(line);
  }
}

void IgnoreRules::add_line(std::string_view line) {
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  line = without_trailing_spaces(line.substr(0, line.find('\0')));
  Pattern pattern;
  if (!line.empty() && line.front() == '!') {
    pattern.negated = true;
    line.remove_prefix(1);
  }
  if (!line.empty() && line.back() == '/') {
    pattern.folders_only = true;
    line.remove_suffix(1);
  }
  if (line.empty() || line.size() > k_longest_pattern) return;
  pattern.names_only = line.find('/') == std::string_view::npos;
  if (line.front() == '/') line.remove_prefix(1);
  if (line.empty()) return;
  if (!has_special(line)) {
    pattern.text = line;
  } else if (pattern.names_only && line.front() == '*' && !has_special(line.substr(1))) {
    pattern.shape = Shape::suffix;
    pattern.text = line.substr(1);
  } else {
    pattern.shape = Shape::glob;
    pattern.glob = static_cast<std::uint32_t>(m_globs.size());
    m_globs.emplace_back(line);
  }
  m_patterns.push_back(std::move(pattern));
}

bool IgnoreRules::matches(const Pattern& pattern, std::string_view path, std::string_view name) const {
  const std::string_view subject = pattern.names_only ? name : path;
  switch (pattern.shape) {
    case Shape::literal:
      return subject == pattern.text;
    case Shape::suffix:
      return subject.size() >= pattern.text.size() && subject.substr(subject.size() - pattern.text.size()) == pattern.text;
    case Shape::glob:
      return m_globs[pattern.glob].matches(subject);
  }
  return false;
}

IgnoreVerdict IgnoreRules::match(std::string_view path, PathKind kind) const {
  const std::size_t slash = path.rfind('/');
  const std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
  for (auto pattern = m_patterns.rbegin(); pattern != m_patterns.rend(); ++pattern) {
    if (pattern->folders_only && kind != PathKind::folder) continue;
    if (matches(*pattern, path, name)) return pattern->negated ? IgnoreVerdict::included : IgnoreVerdict::ignored;
  }
  return IgnoreVerdict::undecided;
}

}  // namespace postern::acquire
