// SPDX-License-Identifier: Apache-2.0
// Versions of nobody knows whose: numbers as numbers, letters as letters; and those of Root, which rebuilds packages of others.
#include <array>

#include "package/schemes/schemes.h"
#include "package/schemes/text_order.h"

namespace postern::package {
namespace {

constexpr std::array<std::string_view, 9> k_before_release = {"a", "alpha", "b", "beta", "dev", "pre", "preview", "rc", "snapshot"};

bool is_before_release(std::string_view run) {
  return std::any_of(k_before_release.begin(), k_before_release.end(),
                     [&](std::string_view word) { return word.size() == run.size() && compare_folded(word, run) == 0; });
}

/// The next run of digits or of letters; everything between is a separator.
std::string_view take_run(std::string_view& rest) {
  take_while(rest, [](char c) { return c == '.' || c == '-' || c == '_' || c == '+' || c == '~' || c == ':'; });
  if (rest.empty()) return {};
  if (is_digit(rest.front())) return take_digits(rest);
  return take_while(rest,
                    [](char c) { return !is_digit(c) && c != '.' && c != '-' && c != '_' && c != '+' && c != '~' && c != ':'; });
}

/// Where a run stands among others: words for what comes before a release, the end and zero, other words, numbers.
int weight_of(std::string_view run) {
  if (run.empty()) return 1;
  if (is_number(run)) return without_leading_zeros(run).empty() ? 1 : 3;
  return is_before_release(run) ? 0 : 2;
}

std::strong_ordering compare_runs(std::string_view left, std::string_view right) {
  const std::strong_ordering order = weight_of(left) <=> weight_of(right);
  if (order != 0) return order;
  const bool numbers = (left.empty() || is_number(left)) && (right.empty() || is_number(right));
  return numbers ? compare_numbers(left, right) : compare_folded(left, right);
}

std::string_view without_v(std::string_view text) {
  if (text.size() > 1 && lower(text.front()) == 'v' && is_digit(text[1])) text.remove_prefix(1);
  return text;
}

/// What Root appends: `-r20071`, `.root.io.5` or `+root.io.5`. Cut off and returned; empty where it is not there.
std::string_view take_rebuild(std::string_view& text) {
  const std::size_t end = text.find_last_not_of("0123456789");
  if (end == std::string_view::npos || end + 1 == text.size()) return {};
  const std::string_view number = text.substr(end + 1);
  const std::string_view before = text.substr(0, end + 1);
  for (const std::string_view mark : {"-r", ".root.io.", "+root.io."}) {
    if (!before.ends_with(mark) || before.size() == mark.size()) continue;
    text = before.substr(0, before.size() - mark.size());
    return number;
  }
  return {};
}

}  // namespace

Order compare_generic(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return std::nullopt;
  a = without_v(a);
  b = without_v(b);
  while (!a.empty() || !b.empty()) {
    const std::strong_ordering order = compare_runs(take_run(a), take_run(b));
    if (order != 0) return order;
  }
  return std::strong_ordering::equal;
}

Order compare_root(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return std::nullopt;
  const std::string_view left = take_rebuild(a);
  const std::string_view right = take_rebuild(b);
  const Order order = compare_generic(a, b);
  return order == std::strong_ordering::equal ? compare_numbers(left, right) : order;
}

}  // namespace postern::package
