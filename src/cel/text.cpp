// SPDX-License-Identifier: Apache-2.0
// Values as text.
#include "cel/text.h"

#include <array>
#include <charconv>
#include <cmath>

#include "cel/time.h"
#include "cel/type.h"

namespace postern::cel {
namespace {

class Printer {
 public:
  explicit Printer(std::size_t limit) : m_limit(limit) {}
  void print(const Value& value);
  std::string take() { return std::move(m_text); }

 private:
  [[nodiscard]] bool full() const { return m_text.size() >= m_limit; }
  void print_list(const Sequence& list);
  void print_map(const Mapping& map);
  void print_record(const Record& record);
  void print_unknown(const Value& value);

  std::string m_text;
  std::size_t m_limit;
};

void Printer::print_list(const Sequence& list) {
  m_text += "[";
  for (std::size_t i = 0; i < list.size() && !full(); ++i) {
    if (i != 0) m_text += ", ";
    print(list.at(i));
  }
  m_text += full() ? "...]" : "]";
}

void Printer::print_map(const Mapping& map) {
  m_text += "{";
  for (std::size_t i = 0; i < map.size() && !full(); ++i) {
    if (i != 0) m_text += ", ";
    print(map.key_at(i));
    m_text += ": ";
    print(map.value_at(i));
  }
  m_text += full() ? "...}" : "}";
}

void Printer::print_record(const Record& record) {
  m_text += record.type().name().str();
  if (const auto text = record.text()) m_text += "(" + quoted(*text) + ")";
}

void Printer::print_unknown(const Value& value) {
  m_text += "unknown(";
  bool first = true;
  for (const base::Symbol path : value.unknown_paths()) {
    if (!first) m_text += ", ";
    first = false;
    m_text += path.str();
  }
  m_text += ")";
}

void Printer::print(const Value& value) {
  switch (value.kind()) {
    case Kind::null:
      m_text += "null";
      break;
    case Kind::boolean:
      m_text += value.is_true() ? "true" : "false";
      break;
    case Kind::integer:
      m_text += std::to_string(value.as_integer());
      break;
    case Kind::unsigned_integer:
      m_text += std::to_string(value.as_unsigned()) + "u";
      break;
    case Kind::real:
      m_text += real_text(value.as_real());
      break;
    case Kind::string:
      m_text += quoted(value.as_text().substr(0, m_limit));
      break;
    case Kind::bytes:
      m_text += "b" + quoted(value.as_text().substr(0, m_limit));
      break;
    case Kind::list:
      print_list(value.as_list());
      break;
    case Kind::map:
      print_map(value.as_map());
      break;
    case Kind::timestamp:
      m_text += "timestamp(\"" + timestamp_text(value.as_time()) + "\")";
      break;
    case Kind::duration:
      m_text += "duration(\"" + duration_text(value.as_time()) + "\")";
      break;
    case Kind::type:
      m_text += value.as_type().str();
      break;
    case Kind::record:
      print_record(value.as_record());
      break;
    case Kind::optional:
      if (value.as_optional() == nullptr) {
        m_text += "optional.none()";
      } else {
        m_text += "optional.of(";
        print(*value.as_optional());
        m_text += ")";
      }
      break;
    case Kind::unknown:
      print_unknown(value);
      break;
    case Kind::error:
      m_text += "error(" + value.error_message() + ")";
      break;
  }
}

}  // namespace

std::string real_text(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "Infinity" : "-Infinity";
  constexpr double k_plain_below = 1e21;
  constexpr double k_plain_from = 1e-6;
  const double size = std::fabs(value);
  const bool plain = size == 0 || (size >= k_plain_from && size < k_plain_below);
  std::array<char, 64> buffer{};
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                    plain ? std::chars_format::fixed : std::chars_format::scientific);
  return {buffer.data(), result.ptr};
}

std::string quoted(std::string_view text) {
  constexpr std::string_view k_special = "\a\b\f\n\r\t\v\\\"";
  constexpr std::string_view k_letters = "abfnrtv\\\"";
  std::string result = "\"";
  for (const char c : text) {
    if (const std::size_t at = k_special.find(c); at != std::string_view::npos) {
      result += '\\';
      result += k_letters[at];
    } else {
      result += c;
    }
  }
  return result + "\"";
}

std::string to_text(const Value& value, std::size_t limit) {
  Printer printer(limit);
  printer.print(value);
  return printer.take();
}

}  // namespace postern::cel
