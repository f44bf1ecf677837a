// SPDX-License-Identifier: Apache-2.0
// Versions of Packagist: PHP's version_compare, without the `v` that Composer leaves out.
#include <array>

#include "package/schemes/schemes.h"
#include "package/schemes/text_order.h"

namespace postern::package {
namespace {

struct FormRow {
  std::string_view beginning;
  int weight;
};

/// Forms with a place of their own, recognized by how they begin; everything else comes before all of them.
constexpr std::array k_forms = {
    FormRow{"dev", 0}, FormRow{"a", 1}, FormRow{"b", 2}, FormRow{"RC", 3}, FormRow{"rc", 3}, FormRow{"#", 4}, FormRow{"p", 5},
};
constexpr int k_number = 4;
constexpr int k_other = -1;

int weight_of(std::string_view part) {
  if (is_number(part)) return k_number;
  for (const FormRow& row : k_forms) {
    if (part.starts_with(row.beginning)) return row.weight;
  }
  return k_other;
}

/// `#` stands for any number.
bool is_separator(char c) { return !is_digit(c) && !is_letter(c) && c != '#'; }

/// The next run of digits, or of what is neither digit nor separator; separators before it are left out.
std::string_view take_part(std::string_view& rest) {
  take_while(rest, is_separator);
  if (rest.empty()) return {};
  if (is_digit(rest.front())) return take_digits(rest);
  return take_while(rest, [](char c) { return !is_digit(c) && !is_separator(c); });
}

std::string_view without_prefix(std::string_view text) {
  if (text.size() > 1 && lower(text.front()) == 'v' && is_digit(text[1])) text.remove_prefix(1);
  return text;
}

/// What follows where the other version has ended: a number makes a version greater, a form as it compares to a number.
std::strong_ordering compare_rest(std::string_view part, std::string_view rest) {
  for (; !part.empty(); part = take_part(rest)) {
    if (is_number(part)) return std::strong_ordering::greater;
    const std::strong_ordering order = weight_of(part) <=> k_number;
    if (order != 0) return order;
  }
  return std::strong_ordering::equal;
}

bool is_version_text(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c != '\x7f'; });
}

}  // namespace

Order compare_packagist(std::string_view a, std::string_view b) {
  if (!is_version_text(a) || !is_version_text(b)) return std::nullopt;
  a = without_prefix(a);
  b = without_prefix(b);
  for (;;) {
    const std::string_view left = take_part(a);
    const std::string_view right = take_part(b);
    if (right.empty()) return compare_rest(left, a);
    if (left.empty()) return 0 <=> compare_rest(right, b);
    const bool numbers = is_number(left) && is_number(right);
    const std::strong_ordering order = numbers ? compare_numbers(left, right) : weight_of(left) <=> weight_of(right);
    if (order != 0) return order;
  }
}

}  // namespace postern::package
