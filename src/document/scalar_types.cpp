// SPDX-License-Identifier: Apache-2.0
// Hand-written recognisers: this runs for every plain scalar, so most texts leave at their first character.
#include "scalar_types.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace postern::document {
namespace {

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
constexpr bool is_hexadecimal(char c) noexcept { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
constexpr bool is_octal(char c) noexcept { return c >= '0' && c <= '7'; }
constexpr bool is_sign(char c) noexcept { return c == '-' || c == '+'; }

std::string_view without_sign(std::string_view text) noexcept {
  if (!text.empty() && is_sign(text.front())) text.remove_prefix(1);
  return text;
}

template <typename Predicate>
bool is_all(std::string_view text, Predicate predicate) noexcept {
  return !text.empty() && std::all_of(text.begin(), text.end(), predicate);
}

std::size_t skip_digits(std::string_view text, std::size_t at) noexcept {
  while (at < text.size() && is_digit(text[at])) ++at;
  return at;
}

struct Word {
  std::string_view text;
  Kind kind;
};
constexpr std::array k_words = {
    Word{"~", Kind::null},        Word{"null", Kind::null},     Word{"Null", Kind::null},    Word{"NULL", Kind::null},
    Word{"true", Kind::boolean},  Word{"True", Kind::boolean},  Word{"TRUE", Kind::boolean}, Word{"false", Kind::boolean},
    Word{"False", Kind::boolean}, Word{"FALSE", Kind::boolean}, Word{".nan", Kind::number},  Word{".NaN", Kind::number},
    Word{".NAN", Kind::number},
};

constexpr std::array<std::string_view, 12> k_true_or_false_in_1_1 = {"yes", "Yes", "YES", "no",  "No",  "NO",
                                                                     "on",  "On",  "ON",  "off", "Off", "OFF"};

bool is_infinity(std::string_view text) noexcept {
  text = without_sign(text);
  return text == ".inf" || text == ".Inf" || text == ".INF";
}

/// [-+]?[1-9][0-9_]*(:[0-5]?[0-9])+ of YAML 1.1, e.g. 12:30:45.
bool is_sexagesimal(std::string_view text) noexcept {
  text = without_sign(text);
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || text.front() == '0') return false;
  if (!is_all(text.substr(0, colon), [](char c) { return is_digit(c) || c == '_'; }) || text.front() == '_') return false;
  std::string_view rest = text.substr(colon);
  while (!rest.empty()) {
    if (rest.front() != ':') return false;
    const std::size_t end = skip_digits(rest, 1);
    if (end == 1 || end > 3 || (end == 3 && rest[1] > '5')) return false;
    rest.remove_prefix(end);
  }
  return true;
}

/// 0b1010 or digits with underscores, which only YAML 1.1 takes for numbers.
bool is_old_integer(std::string_view text) noexcept {
  text = without_sign(text);
  if (text.starts_with("0b")) return is_all(text.substr(2), [](char c) { return c == '0' || c == '1' || c == '_'; });
  if (text.find('_') == std::string_view::npos) return false;
  if (text.starts_with("0x")) return is_all(text.substr(2), [](char c) { return is_hexadecimal(c) || c == '_'; });
  return is_digit(text.front()) && is_all(text, [](char c) { return is_digit(c) || c == '_' || c == '.'; }) &&
         std::count(text.begin(), text.end(), '.') <= 1;
}

bool is_old_octal(std::string_view text) noexcept {
  text = without_sign(text);
  return text.size() > 1 && text.front() == '0' && is_all(text.substr(1), [](char c) { return is_octal(c) || c == '_'; });
}

}  // namespace

bool is_core_integer(std::string_view text) noexcept {
  if (text.starts_with("0o")) return is_all(text.substr(2), is_octal);
  if (text.starts_with("0x")) return is_all(text.substr(2), is_hexadecimal);
  return is_all(without_sign(text), is_digit);
}

bool is_core_float(std::string_view text) noexcept {
  text = without_sign(text);
  std::size_t at = skip_digits(text, 0);
  std::size_t digits = at;
  if (at < text.size() && text[at] == '.') {
    const std::size_t after = skip_digits(text, at + 1);
    digits += after - at - 1;
    at = after;
  }
  if (digits == 0) return false;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && is_sign(text[at])) ++at;
    const std::size_t after = skip_digits(text, at);
    if (after == at) return false;
    at = after;
  }
  return at == text.size();
}

Kind core_kind(std::string_view text) noexcept {
  if (text.empty()) return Kind::null;
  const char first = text.front();
  if (is_digit(first) || is_sign(first) || first == '.') {
    if (is_core_integer(text)) return integer_value(text) ? Kind::integer : Kind::number;
    if (is_core_float(text) || is_infinity(text)) return Kind::number;
  }
  if (text.size() > 5) return Kind::string;
  const auto* const found = std::find_if(k_words.begin(), k_words.end(), [&](const Word& word) { return word.text == text; });
  return found != k_words.end() ? found->kind : Kind::string;
}

const char* yaml_1_1_reading(std::string_view text) noexcept {
  if (text.empty()) return nullptr;
  const char first = text.front();
  if (first == 'y' || first == 'Y' || first == 'n' || first == 'N' || first == 'o' || first == 'O') {
    if (std::find(k_true_or_false_in_1_1.begin(), k_true_or_false_in_1_1.end(), text) == k_true_or_false_in_1_1.end())
      return nullptr;
    return text.size() == 2 && (text[1] == 'n' || text[1] == 'N') ? "the boolean true"
           : text.size() == 3 && (first == 'y' || first == 'Y')   ? "the boolean true"
                                                                  : "the boolean false";
  }
  if (!is_digit(first) && !is_sign(first)) return nullptr;
  if (is_old_octal(text)) return "an octal integer";
  if (text.starts_with("0o") && is_core_integer(text)) return "a string";
  if (is_old_integer(text)) return "a number";
  if (is_sexagesimal(text)) return "a number to the base 60";
  return nullptr;
}

std::optional<Kind> json_number_kind(std::string_view text) noexcept {
  std::size_t at = text.starts_with('-') ? 1 : 0;
  const std::size_t integer = at;
  at = skip_digits(text, at);
  if (at == integer || (text[integer] == '0' && at > integer + 1)) return std::nullopt;
  if (at == text.size()) return integer_value(text) ? Kind::integer : Kind::number;
  if (text[at] == '.') {
    const std::size_t after = skip_digits(text, at + 1);
    if (after == at + 1) return std::nullopt;
    at = after;
  }
  if (at < text.size() && !is_core_float(text)) return std::nullopt;
  return Kind::number;
}

std::optional<std::int64_t> integer_value(std::string_view text) noexcept {
  int base = 10;
  if (text.starts_with("0o")) base = 8;
  if (text.starts_with("0x")) base = 16;
  if (base != 10) text.remove_prefix(2);
  if (text.starts_with('+')) text.remove_prefix(1);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<double> number_value(std::string_view text) noexcept {
  constexpr double k_infinity = std::numeric_limits<double>::infinity();
  if (is_infinity(text)) return text.front() == '-' ? -k_infinity : k_infinity;
  if (text.starts_with('.') && text.size() == 4 && !is_digit(text[1])) return std::numeric_limits<double>::quiet_NaN();
  if (const auto integer = integer_value(text)) return static_cast<double>(*integer);
  if (text.starts_with("0o") || text.starts_with("0x")) return std::nullopt;
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace postern::document
