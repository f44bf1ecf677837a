// SPDX-License-Identifier: Apache-2.0
// Compiles globs to tokens and matches with two points of return, never with recursion: a hostile pattern costs no more than
// pattern length x text length x number of folders.
#include <acquire/ignore_rules.h>

#include <algorithm>
#include <optional>

namespace postern::acquire {
namespace {

struct NamedClass {
  std::string_view name;
  bool (*contains)(unsigned char);
};

// ASCII only, whatever the locale is.
constexpr bool is_digit(unsigned char c) { return c >= '0' && c <= '9'; }
constexpr bool is_lower(unsigned char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_upper(unsigned char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_alpha(unsigned char c) { return is_lower(c) || is_upper(c); }
constexpr bool is_alnum(unsigned char c) { return is_alpha(c) || is_digit(c); }
constexpr bool is_graph(unsigned char c) { return c > 0x20 && c < 0x7F; }
constexpr bool is_blank(unsigned char c) { return c == ' ' || c == '\t'; }
constexpr bool is_control(unsigned char c) { return c < 0x20 || c == 0x7F; }
constexpr bool is_print(unsigned char c) { return is_graph(c) || c == ' '; }
constexpr bool is_punctuation(unsigned char c) { return is_graph(c) && !is_alnum(c); }
constexpr bool is_space(unsigned char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
constexpr bool is_hexadecimal(unsigned char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

constexpr NamedClass k_classes[] = {
    {"alnum", is_alnum}, {"alpha", is_alpha},       {"blank", is_blank}, {"cntrl", is_control},
    {"digit", is_digit}, {"graph", is_graph},       {"lower", is_lower}, {"print", is_print},
    {"space", is_space}, {"punct", is_punctuation}, {"upper", is_upper}, {"xdigit", is_hexadecimal},
};

using ByteSet = std::bitset<256>;

bool add_named(std::string_view name, ByteSet& set) {
  for (const NamedClass& row : k_classes) {
    if (row.name != name) continue;
    for (unsigned byte = 0; byte < 256; ++byte) {
      if (row.contains(static_cast<unsigned char>(byte))) set.set(byte);
    }
    return true;
  }
  return false;
}

/// Reads a bracket expression from behind its `[`; nothing when it is not closed or names an unknown class.
class ClassReader {
 public:
  ClassReader(std::string_view pattern, std::size_t at) : m_pattern(pattern), m_at(at) {}

  std::optional<ByteSet> read() {
    const bool negated = peek() == '!' || peek() == '^';
    if (negated) ++m_at;
    ByteSet set;
    // A `]` in the first place stands for itself.
    do {
      if (!read_item(set)) return std::nullopt;
    } while (peek() != ']');
    ++m_at;
    return negated ? ~set : set;
  }
  [[nodiscard]] std::size_t end() const { return m_at; }

 private:
  [[nodiscard]] int peek(std::size_t ahead = 0) const {
    return m_at + ahead < m_pattern.size() ? static_cast<unsigned char>(m_pattern[m_at + ahead]) : -1;
  }

  bool read_item(ByteSet& set) {
    if (peek() == '[' && peek(1) == ':') {
      const std::size_t close = m_pattern.find(']', m_at + 2);
      if (close == std::string_view::npos) return false;
      if (close > m_at + 2 && m_pattern[close - 1] == ':') {
        if (!add_named(m_pattern.substr(m_at + 2, close - m_at - 3), set)) return false;
        m_at = close + 1;
        m_previous = -1;
        return true;
      }
    }
    if (peek() == '-' && m_previous > 0 && peek(1) > 0 && peek(1) != ']') return read_range(set);
    return read_byte(set);
  }

  bool read_range(ByteSet& set) {
    ++m_at;
    if (peek() == '\\') ++m_at;
    if (peek() < 0) return false;
    for (int byte = m_previous; byte <= peek(); ++byte) set.set(static_cast<std::size_t>(byte));
    ++m_at;
    m_previous = -1;
    return true;
  }

  bool read_byte(ByteSet& set) {
    if (peek() == '\\') ++m_at;
    if (peek() < 0) return false;
    m_previous = peek();
    set.set(static_cast<std::size_t>(m_previous));
    ++m_at;
    return true;
  }

  std::string_view m_pattern;
  std::size_t m_at;
  int m_previous = -1;  ///< the byte that a range could start with
};

}  // namespace

Glob::Glob(std::string_view pattern) { compile(pattern); }

void Glob::compile(std::string_view pattern) {
  const std::size_t first_special = pattern.find_first_of("*?[\\");
  const std::size_t literal_bytes = first_special == std::string_view::npos ? pattern.size() : first_special;
  for (std::size_t at = 0; at < pattern.size() && !m_impossible;) {
    const char c = pattern[at];
    if (c == '*') {
      at = compile_stars(pattern, at, literal_bytes);
    } else if (c == '[') {
      at = compile_class(pattern, at + 1);
    } else if (c == '?') {
      m_tokens.push_back({TokenKind::any_byte});
      ++at;
    } else {
      if (c == '\\' && ++at == pattern.size()) m_impossible = true;
      if (!m_impossible) m_tokens.push_back({TokenKind::byte, pattern[at++]});
    }
  }
}

std::size_t Glob::compile_stars(std::string_view pattern, std::size_t at, std::size_t literal_bytes) {
  const std::size_t end = std::min(pattern.find_first_not_of('*', at), pattern.size());
  // git compares the part before the first special byte by itself, so that `**` right behind it counts as the start of a name.
  const bool starts_name = at == 0 || pattern[at - 1] == '/' || at == literal_bytes;
  const std::string_view rest = pattern.substr(end);
  const bool ends_name = rest.empty() || rest.front() == '/' || rest.substr(0, 2) == "\\/";
  if (end - at < 2 || !starts_name || !ends_name) {
    m_tokens.push_back({TokenKind::star});
    return end;
  }
  if (!rest.empty() && rest.front() == '/') {
    m_tokens.push_back({TokenKind::any_folders});
    return end + 1;
  }
  m_tokens.push_back({TokenKind::anything});
  return end;
}

std::size_t Glob::compile_class(std::string_view pattern, std::size_t at) {
  ClassReader reader(pattern, at);
  auto set = reader.read();
  if (!set) {
    m_impossible = true;
    return pattern.size();
  }
  set->reset('/');
  m_tokens.push_back({TokenKind::one_of, '\0', static_cast<std::uint32_t>(m_sets.size())});
  m_sets.push_back(*set);
  return reader.end();
}

bool Glob::matches_one(const Token& token, char byte) const {
  switch (token.kind) {
    case TokenKind::byte:
      return token.byte == byte;
    case TokenKind::any_byte:
      return byte != '/';
    case TokenKind::one_of:
      return m_sets[token.set].test(static_cast<unsigned char>(byte));
    default:
      return false;
  }
}

/// Moves the point of return one step on, as its kind allows. Of several points only the newest of each sort can help: an older one
/// could only reach places that the newer one reaches, too.
bool Glob::retry(Retry& from, std::string_view text, std::size_t& token, std::size_t& at) {
  if (!from.armed || from.text >= text.size()) return false;
  if (from.kind == TokenKind::star && text[from.text] == '/') return false;
  if (from.kind == TokenKind::any_folders) {
    const std::size_t slash = text.find('/', from.text);
    if (slash == std::string_view::npos) return false;
    from.text = slash;
  }
  at = ++from.text;
  token = from.token;
  return true;
}

bool Glob::matches(std::string_view text) const {
  if (m_impossible) return false;
  Retry within;  // the newest `*`
  Retry across;  // the newest `**`
  std::size_t token = 0;
  std::size_t at = 0;
  while (true) {
    if (token == m_tokens.size() && at == text.size()) return true;
    if (token < m_tokens.size()) {
      const Token& current = m_tokens[token];
      if (current.kind == TokenKind::star) {
        within = {++token, at, current.kind, true};
        continue;
      }
      if (current.kind == TokenKind::any_folders || current.kind == TokenKind::anything) {
        across = {++token, at, current.kind, true};
        within.armed = false;
        continue;
      }
      if (at < text.size() && matches_one(current, text[at])) {
        ++token;
        ++at;
        continue;
      }
    }
    if (retry(within, text, token, at)) continue;
    within.armed = false;
    if (!retry(across, text, token, at)) return false;
  }
}

}  // namespace postern::acquire
