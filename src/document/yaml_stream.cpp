// SPDX-License-Identifier: Apache-2.0
// Document markers and directives (YAML 1.2.2, sections 6.8 and 9.1). Neither marker can be content at the start of a line, so a
// text can be cut there without looking at what is between.
#include "yaml_stream.h"

#include <algorithm>

#include "code_names.h"

namespace postern::document {
namespace {

constexpr std::size_t k_none = std::string_view::npos;
constexpr std::string_view k_white = " \t\r\n";
/// libyaml compares every tag directive with every other.
constexpr int k_most_directives = 64;

bool begins_line(std::string_view text, std::size_t at) noexcept { return at == 0 || text[at - 1] == '\n' || text[at - 1] == '\r'; }

std::size_t find_marker(std::string_view text, std::string_view marker, std::size_t from) noexcept {
  for (std::size_t at = text.find(marker, from); at != k_none; at = text.find(marker, at + 1)) {
    const bool ends_word = at + 3 == text.size() || k_white.find(text[at + 3]) != k_none;
    if (ends_word && begins_line(text, at)) return at;
  }
  return k_none;
}

std::size_t line_end(std::string_view text, std::size_t from) noexcept {
  return std::min(text.find_first_of("\r\n", from), text.size());
}

bool is_comment_or_nothing(std::string_view rest) noexcept {
  const std::size_t first = rest.find_first_not_of(" \t");
  return first == k_none || (rest[first] == '#' && first > 0);
}

/// "%YAML 1.2", checked: the offset of the minor version when libyaml would refuse it, npos otherwise.
std::size_t check_version(std::string_view line, std::size_t offset) {
  const auto invalid = [&](const char* what) { throw Refusal{k_yaml_syntax, offset, std::string("not valid YAML: ") + what, ""}; };
  const std::size_t major = std::min(line.find_first_not_of(" \t", 5), line.size());
  const std::size_t dot = std::min(line.find_first_not_of("0123456789", major), line.size());
  const std::size_t end = dot == line.size() ? dot : std::min(line.find_first_not_of("0123456789", dot + 1), line.size());
  if (dot == major || dot == line.size() || line[dot] != '.' || end == dot + 1) invalid("a version like 1.2 was expected");
  if (!is_comment_or_nothing(line.substr(end))) invalid("something follows the version");
  const std::string_view minor = line.substr(dot + 1, end - dot - 1);
  if (line.substr(major, dot - major) != "1" || minor.size() > 1) {
    throw Refusal{k_unsupported_yaml, offset, "a version of YAML that is not known", "leave the directive out"};
  }
  return minor == "1" || minor == "2" ? k_none : dot + 1;
}

class Directives {
 public:
  Directives(std::string_view text, StreamPart& part) noexcept : m_text(text), m_part(part) {}

  /// Goes through the lines before the first that is neither empty nor comment nor directive.
  void read() {
    for (std::size_t line = m_part.start; line < m_part.end;) {
      const std::size_t end = line_end(m_text, line);
      const char first = m_text[line];
      if (first == '%') directive(line, m_text.substr(line, end - line));
      const std::size_t word = m_text.find_first_not_of(" \t", line);
      if (first != '%' && word < end && m_text[word] != '#') return;
      line = end + 1;
    }
  }

 private:
  void directive(std::size_t offset, std::string_view line) {
    if (++m_count > k_most_directives) throw Refusal{k_unsupported_yaml, offset, "more than 64 directives", "leave them out"};
    const std::string_view name = line.substr(1, std::min(line.find_first_of(" \t"), line.size()) - 1);
    if (name == "YAML") {
      const std::size_t minor = check_version(line, offset);
      if (minor != k_none) rewrite(offset + minor, '2');
    } else if (name != "TAG") {
      rewrite(offset, '#');
    }
  }

  void rewrite(std::size_t offset, char c) {
    if (m_part.rewritten.empty()) m_part.rewritten = m_text.substr(m_part.start, m_part.end - m_part.start);
    m_part.rewritten[offset - m_part.start] = c;
  }

  std::string_view m_text;
  StreamPart& m_part;
  int m_count = 0;
};

/// libyaml forgets the last line of a block scalar when it has white space only and no line break.
void end_last_line(std::string_view text, StreamPart& part) {
  if (part.end == part.start || !(text[part.end - 1] == ' ' || text[part.end - 1] == '\t')) return;
  const std::size_t last = text.find_last_not_of(" \t", part.end - 1);
  if (last == k_none || last < part.start || (text[last] != '\n' && text[last] != '\r')) return;
  if (part.rewritten.empty()) part.rewritten = text.substr(part.start, part.end - part.start);
  part.rewritten += '\n';
}

}  // namespace

StreamPart stream_part(std::string_view text, std::size_t start) {
  StreamPart part;
  part.start = start;
  const std::size_t marker = find_marker(text, "...", start);
  part.end = std::min(marker, text.size());
  part.next = marker == k_none ? k_none : line_end(text, marker);
  if (marker != k_none && !is_comment_or_nothing(text.substr(marker + 3, part.next - marker - 3))) {
    throw Refusal{k_yaml_syntax, marker + 3, "not valid YAML: something follows the end of the document",
                  "put it on a line of its own"};
  }
  Directives(text, part).read();
  end_last_line(text, part);
  return part;
}

std::size_t find_document(std::string_view text, std::size_t from) noexcept { return find_marker(text, "---", from); }

}  // namespace postern::document
