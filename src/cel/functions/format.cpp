// SPDX-License-Identifier: Apache-2.0
// string.format of the strings extension: %s %d %f %e %b %o %x %X %%, no locale.
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "cel/containers.h"
#include "cel/functions/families.h"
#include "cel/text.h"
#include "cel/time.h"

namespace postern::cel {
namespace {

constexpr int k_default_precision = 6;
constexpr int k_most_precision = 1'000;

Value wrong(std::string message) { return Value::error(ErrorCode::invalid_argument, "format: " + message); }

/// Writes into a string; the first trouble stays.
class Formatter {
 public:
  Formatter(CallContext& context, const Sequence& arguments) : m_context(context), m_arguments(arguments) {}

  Value run(std::string_view pattern) {
    for (std::size_t at = 0; at < pattern.size() && !m_trouble.is_special();) {
      const std::size_t mark = std::min(pattern.find('%', at), pattern.size());
      m_text.append(pattern.substr(at, mark - at));
      at = mark;
      if (at < pattern.size()) clause(pattern, at);
      if (!m_context.charge(1 + m_text.size() / k_bytes_a_step / 64)) return Value::error(ErrorCode::budget_exceeded);
    }
    return m_trouble.is_special() ? m_trouble : Value::own_string(std::move(m_text));
  }

 private:
  static constexpr std::size_t k_bytes_a_step = 16;

  void fail(std::string message) {
    if (!m_trouble.is_special()) m_trouble = wrong(std::move(message));
  }

  /// One clause at '%'; moves `at` behind it.
  void clause(std::string_view pattern, std::size_t& at) {
    ++at;
    if (at < pattern.size() && pattern[at] == '%') {
      m_text += '%';
      ++at;
      return;
    }
    int precision = k_default_precision;
    if (at < pattern.size() && pattern[at] == '.') {
      const char* const first = pattern.data() + at + 1;
      const auto result = std::from_chars(first, pattern.data() + pattern.size(), precision);
      if (result.ec != std::errc{} || precision < 0 || precision > k_most_precision) return fail("malformed precision");
      at = static_cast<std::size_t>(result.ptr - pattern.data());
    }
    if (at >= pattern.size()) return fail("the pattern ends within a clause");
    if (m_next >= m_arguments.size()) return fail("there are fewer arguments than clauses");
    const Value argument = m_arguments.at(m_next++);
    if (argument.is_special()) {
      m_trouble = argument;
      return;
    }
    conversion(pattern[at++], argument, precision);
  }

  void conversion(char letter, const Value& argument, int precision) {
    switch (letter) {
      case 's':
        return plain(argument);
      case 'd':
        return decimal(argument);
      case 'f':
        return real(argument, precision, std::chars_format::fixed, "fixed-point");
      case 'e':
        return real(argument, precision, std::chars_format::scientific, "scientific");
      case 'b':
        if (argument.is(Kind::boolean)) {
          m_text += argument.is_true() ? '1' : '0';
          return;
        }
        return integer(argument, 2);
      case 'o':
        return integer(argument, 8);
      case 'x':
      case 'X':
        return hexadecimal(argument, letter == 'X');
      default:
        return fail(std::string("unknown clause '%") + letter + "'");
    }
  }

  void decimal(const Value& argument) {
    if (argument.is(Kind::real)) {
      m_text += real_text(argument.as_real());
      return;
    }
    integer(argument, 10);
  }

  void integer(const Value& argument, int base) {
    std::array<char, 72> buffer{};
    std::to_chars_result result{};
    if (argument.is(Kind::integer)) {
      result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), argument.as_integer(), base);
    } else if (argument.is(Kind::unsigned_integer)) {
      result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), argument.as_unsigned(), base);
    } else {
      return fail("an integer is needed, this is " + argument.type_name().str());
    }
    m_text.append(buffer.data(), result.ptr);
  }

  void hexadecimal(const Value& argument, bool upper) {
    const std::size_t start = m_text.size();
    if (argument.is(Kind::string) || argument.is(Kind::bytes)) {
      constexpr std::string_view k_digits = "0123456789abcdef";
      m_context.charge(argument.as_text().size() / k_bytes_a_step);
      for (const char c : argument.as_text()) {
        const auto byte = static_cast<unsigned char>(c);
        m_text += k_digits[byte >> 4U];
        m_text += k_digits[byte & 0x0FU];
      }
    } else {
      integer(argument, 16);
    }
    if (!upper) return;
    for (std::size_t i = start; i < m_text.size(); ++i)
      if (m_text[i] >= 'a' && m_text[i] <= 'f') m_text[i] = static_cast<char>(m_text[i] - 'a' + 'A');
  }

  void real(const Value& argument, int precision, std::chars_format form, const char* name) {
    double value = 0;
    if (argument.is(Kind::real)) {
      value = argument.as_real();
    } else if (argument.is(Kind::integer)) {
      value = static_cast<double>(argument.as_integer());
    } else if (argument.is(Kind::unsigned_integer)) {
      value = static_cast<double>(argument.as_unsigned());
    } else {
      return fail(std::string("a ") + name + " clause needs a number, this is " + argument.type_name().str());
    }
    if (!std::isfinite(value)) {
      m_text += real_text(value);
      return;
    }
    std::array<char, 400 + k_most_precision> buffer{};
    const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, form, precision);
    m_text.append(buffer.data(), result.ptr);
  }

  void plain(const Value& value) {
    if (!m_context.charge(1)) return fail("too much text");
    switch (value.kind()) {
      case Kind::string:
        return append(value.as_text());
      case Kind::bytes:
        if (base::find_invalid_utf8(value.as_text())) return fail("the bytes are not well-formed UTF-8");
        return append(value.as_text());
      case Kind::unsigned_integer:
        return append(std::to_string(value.as_unsigned()));
      case Kind::timestamp:
        return append(timestamp_text(value.as_time()));
      case Kind::duration:
        return append(duration_text(value.as_time()));
      case Kind::list:
        return list(value.as_list());
      case Kind::map:
        return map(value.as_map());
      case Kind::record:
        if (const auto text = value.as_record().text()) return append(*text);
        return fail("a value of type " + value.type_name().str() + " cannot be written as text");
      case Kind::optional:
        return fail("an optional cannot be written as text");
      case Kind::unknown:
      case Kind::error:
        m_trouble = value;
        return;
      default:
        return append(to_text(value));
    }
  }

  void append(std::string_view text) {
    m_context.charge(text.size() / k_bytes_a_step);
    m_text += text;
  }

  void list(const Sequence& list) {
    m_text += '[';
    for (std::size_t i = 0; i < list.size() && !m_trouble.is_special(); ++i) {
      if (i != 0) m_text += ", ";
      plain(list.at(i));
    }
    m_text += ']';
  }

  /// In the order of the keys' texts, so that equal maps give equal text.
  void map(const Mapping& map) {
    std::vector<std::pair<std::string, std::size_t>> order;
    for (std::size_t i = 0; i < map.size() && !m_trouble.is_special(); ++i) {
      const std::size_t start = m_text.size();
      plain(map.key_at(i));
      order.emplace_back(m_text.substr(start), i);
      m_text.resize(start);
    }
    std::sort(order.begin(), order.end());
    m_text += '{';
    for (std::size_t i = 0; i < order.size() && !m_trouble.is_special(); ++i) {
      m_text += (i == 0 ? "" : ", ") + order[i].first + ": ";
      plain(map.value_at(order[i].second));
    }
    m_text += '}';
  }

  CallContext& m_context;
  const Sequence& m_arguments;
  std::string m_text;
  Value m_trouble;
  std::size_t m_next = 0;
};

Value format(CallContext& context, Arguments arguments) {
  return Formatter(context, arguments[1].as_list()).run(arguments[0].as_text());
}

constexpr FunctionRow k_rows[] = {
    {"string.format(list(dyn)) -> string", format, "The text with its clauses (%s, %d, %.2f, %e, %b, %o, %x, %X) filled in.",
     "'%s: %d of %.1f'.format(['a', 1, 2.5]) == 'a: 1 of 2.5'"},
};

}  // namespace

std::span<const FunctionRow> format_functions() { return k_rows; }

}  // namespace postern::cel
