// SPDX-License-Identifier: Apache-2.0
// What the orders of all schemes are made of: numbers of any length as text, pieces of text without copies.
#pragma once
#include <algorithm>
#include <compare>
#include <string_view>

namespace postern::package {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_lower_letter(char c) { return c >= 'a' && c <= 'z'; }
constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
constexpr bool is_letter(char c) { return is_lower_letter(lower(c)); }
constexpr bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/// A text of digits alone, and at least one.
constexpr bool is_number(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_digit); }

/// Cuts off and returns the longest beginning of `rest` whose bytes all satisfy the predicate.
template <typename Predicate>
constexpr std::string_view take_while(std::string_view& rest, Predicate predicate) {
  const auto end = std::find_if_not(rest.begin(), rest.end(), predicate);
  const auto size = static_cast<std::size_t>(end - rest.begin());
  const std::string_view taken = rest.substr(0, size);
  rest.remove_prefix(size);
  return taken;
}

constexpr std::string_view take_digits(std::string_view& rest) { return take_while(rest, is_digit); }

/// Cuts off and returns what comes before the first `separator`; the separator is cut off too.
constexpr std::string_view take_piece(std::string_view& rest, char separator) {
  const std::size_t at = rest.find(separator);
  const std::string_view piece = rest.substr(0, at);
  rest = at == std::string_view::npos ? std::string_view() : rest.substr(at + 1);
  return piece;
}

constexpr bool take(std::string_view& rest, char wanted) {
  if (rest.empty() || rest.front() != wanted) return false;
  rest.remove_prefix(1);
  return true;
}

/// By bytes, as memcmp does.
constexpr std::strong_ordering compare_text(std::string_view a, std::string_view b) { return a.compare(b) <=> 0; }

inline std::strong_ordering compare_folded(std::string_view a, std::string_view b) {
  return std::lexicographical_compare_three_way(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return static_cast<unsigned char>(lower(x)) <=> static_cast<unsigned char>(lower(y));
  });
}

constexpr std::string_view without_leading_zeros(std::string_view digits) {
  return digits.substr(std::min(digits.find_first_not_of('0'), digits.size()));
}

/// Texts of digits by the number that they mean; an empty one is zero.
constexpr std::strong_ordering compare_numbers(std::string_view a, std::string_view b) {
  a = without_leading_zeros(a);
  b = without_leading_zeros(b);
  return a.size() == b.size() ? compare_text(a, b) : a.size() <=> b.size();
}

/// Numbers between dots, where a missing one is zero.
constexpr std::strong_ordering compare_dotted_numbers(std::string_view a, std::string_view b) {
  while (!a.empty() || !b.empty()) {
    const std::strong_ordering order = compare_numbers(take_piece(a, '.'), take_piece(b, '.'));
    if (order != 0) return order;
  }
  return std::strong_ordering::equal;
}

/// Digits with single dots between them, cut off the beginning of `rest`; a dot that no digit follows stays.
constexpr std::string_view take_dotted_numbers(std::string_view& rest) {
  std::size_t end = 0;
  for (;;) {
    const std::size_t start = end == 0 ? 0 : end + 1;
    std::size_t at = start;
    while (at < rest.size() && is_digit(rest[at])) ++at;
    if (at == start) break;
    end = at;
    if (end == rest.size() || rest[end] != '.') break;
  }
  const std::string_view taken = rest.substr(0, end);
  rest.remove_prefix(end);
  return taken;
}

}  // namespace postern::package
