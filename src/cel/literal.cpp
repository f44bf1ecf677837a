// SPDX-License-Identifier: Apache-2.0
// Numbers and strings as the lexical grammar defines them.
#include "cel/literal.h"

#include <charconv>
#include <cmath>
#include <limits>

#include "cel/utf8.h"

namespace postern::cel {
namespace {

std::variant<Value, std::string> real_value(std::string_view text, bool negative) {
  double value = 0;
  std::string whole(text.starts_with('.') ? "0" : "");
  whole += text;
  const auto result = std::from_chars(whole.data(), whole.data() + whole.size(), value);
  // Out of range is an overflow to infinity or an underflow to zero; only the first is refused.
  if (result.ec == std::errc::result_out_of_range) {
    if (whole.find("e-") == std::string::npos && whole.find("E-") == std::string::npos)
      return "the number is too large for a double";
    value = 0;
  }
  return Value::real(negative ? -value : value);
}

struct SimpleEscape {
  char letter;
  char meaning;
};
constexpr SimpleEscape k_escapes[] = {
    {'a', '\a'}, {'b', '\b'}, {'f', '\f'},  {'n', '\n'}, {'r', '\r'},  {'t', '\t'},
    {'v', '\v'}, {'"', '"'},  {'\'', '\''}, {'`', '`'},  {'\\', '\\'}, {'?', '?'},
};

class StringReader {
 public:
  explicit StringReader(std::string_view text) : m_text(text) {}

  std::variant<Value, SyntaxError> run() {
    std::size_t prefix = 0;
    bool is_raw = false;
    for (; m_text[prefix] != '"' && m_text[prefix] != '\''; ++prefix) {
      m_is_bytes |= m_text[prefix] == 'b' || m_text[prefix] == 'B';
      is_raw |= m_text[prefix] == 'r' || m_text[prefix] == 'R';
    }
    const char quote = m_text[prefix];
    const std::string three(3, quote);
    const std::size_t width = m_text.size() - prefix >= 6 && m_text.substr(prefix, 3) == three ? 3 : 1;
    m_at = prefix + width;
    m_end = m_text.size() - width;
    if (is_raw) {
      m_out = m_text.substr(m_at, m_end - m_at);
    } else {
      while (m_at < m_end && !m_error) step();
    }
    if (m_error) return *m_error;
    return m_is_bytes ? Value::own_bytes(std::move(m_out)) : Value::own_string(std::move(m_out));
  }

 private:
  void fail(std::size_t offset, std::string message) {
    m_error = SyntaxError{static_cast<std::uint32_t>(offset), std::move(message), {}};
  }

  void step() {
    if (m_text[m_at] != '\\') {
      m_out.push_back(m_text[m_at++]);
      return;
    }
    const std::size_t begin = m_at++;
    const char letter = m_at < m_end ? m_text[m_at] : '\0';
    for (const SimpleEscape& escape : k_escapes) {
      if (escape.letter != letter) continue;
      m_out.push_back(escape.meaning);
      ++m_at;
      return;
    }
    if (letter >= '0' && letter <= '3') return code(begin, 3, 8);
    ++m_at;
    if (letter == 'x' || letter == 'X') return code(begin, 2, 16);
    if (m_is_bytes || (letter != 'u' && letter != 'U')) return fail(begin, "unknown escape sequence");
    code(begin, letter == 'u' ? 4 : 8, 16);
  }

  void code(std::size_t begin, std::size_t digits, int base) {
    std::uint32_t value = 0;
    const char* const first = m_text.data() + m_at;
    const auto result = m_at + digits <= m_end ? std::from_chars(first, first + digits, value, base)
                                               : std::from_chars_result{first, std::errc::invalid_argument};
    if (result.ec != std::errc{} || result.ptr != first + digits) return fail(begin, "malformed escape sequence");
    m_at += digits;
    if (m_is_bytes) {
      m_out.push_back(static_cast<char>(static_cast<unsigned char>(value)));
      return;
    }
    if (!is_scalar_value(value)) return fail(begin, "the escape sequence is not a Unicode character");
    append_utf8(m_out, value);
  }

  std::string_view m_text;
  std::size_t m_at = 0;
  std::size_t m_end = 0;
  bool m_is_bytes = false;
  std::string m_out;
  std::optional<SyntaxError> m_error;
};

}  // namespace

std::variant<Value, std::string> number_value(Token kind, std::string_view text, bool negative) {
  if (kind == Token::real) return real_value(text, negative);
  const bool is_unsigned = kind == Token::unsigned_integer;
  if (is_unsigned) text.remove_suffix(1);
  const bool hex = text.starts_with("0x") || text.starts_with("0X");
  if (hex) text.remove_prefix(2);
  std::uint64_t value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value, hex ? 16 : 10);
  if (is_unsigned) {
    if (result.ec != std::errc{}) return "the number is too large for an unsigned integer of 64 bits";
    if (negative) return "an unsigned integer cannot be negative";
    return Value::unsigned_integer(value);
  }
  constexpr std::uint64_t k_largest = std::numeric_limits<std::int64_t>::max();
  if (result.ec != std::errc{} || value > k_largest + (negative ? 1U : 0U))
    return "the number is too large for an integer of 64 bits";
  return Value::integer(static_cast<std::int64_t>(negative ? 0 - value : value));
}

std::variant<Value, SyntaxError> string_value(std::string_view text) { return StringReader(text).run(); }

}  // namespace postern::cel
