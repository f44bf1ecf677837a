// SPDX-License-Identifier: Apache-2.0
// Versions of Alpine packages (apk-package(5)) and of Gentoo's, from which they descend (Package Manager Specification, 3.3).
#include <array>

#include "package/schemes/schemes.h"
#include "package/schemes/text_order.h"

namespace postern::package {
namespace {

/// `numbers letter? (_suffix digits?)* (~hash)? (-r digits)?`
struct ReleaseVersion {
  std::string_view numbers;
  std::string_view letter;
  std::string_view suffixes;  ///< with their `_`
  std::string_view revision;  ///< digits
  std::string_view remainder;
  bool is_odd = false;  ///< something follows that is no revision
};

struct SuffixRow {
  std::string_view name;
  int weight;  ///< no suffix weighs nothing
};

constexpr std::array k_suffixes = {
    SuffixRow{"alpha", -4}, SuffixRow{"beta", -3}, SuffixRow{"pre", -2}, SuffixRow{"rc", -1}, SuffixRow{"cvs", 1},
    SuffixRow{"svn", 2},    SuffixRow{"git", 3},   SuffixRow{"hg", 4},   SuffixRow{"p", 5},
};

const SuffixRow* find_suffix(std::string_view name) {
  const auto at = std::find_if(k_suffixes.begin(), k_suffixes.end(), [&](const SuffixRow& row) { return row.name == name; });
  return at == k_suffixes.end() ? nullptr : &*at;
}

struct Suffix {
  int weight = 0;
  std::string_view number;
};

/// Cuts one known suffix off; where there is none, the rest stays as it is and the suffix weighs nothing.
Suffix take_suffix(std::string_view& rest) {
  std::string_view ahead = rest;
  if (!take(ahead, '_')) return {};
  const SuffixRow* row = find_suffix(take_while(ahead, is_lower_letter));
  if (row == nullptr) return {};
  const std::string_view number = take_digits(ahead);
  rest = ahead;
  return {row->weight, number};
}

std::string_view take_suffixes(std::string_view& rest) {
  const std::string_view all = rest;
  while (take_suffix(rest).weight != 0) {
  }
  return all.substr(0, all.size() - rest.size());
}

bool is_hash_digit(char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); }

ReleaseVersion parse(std::string_view text) {
  ReleaseVersion version;
  version.numbers = take_dotted_numbers(text);
  if (!text.empty() && is_lower_letter(text.front())) {
    version.letter = text.substr(0, 1);
    text.remove_prefix(1);
  }
  version.suffixes = take_suffixes(text);
  if (text.size() > 1 && text[0] == '~' && is_hash_digit(text[1])) {
    text.remove_prefix(1);
    take_while(text, is_hash_digit);
  }
  if (text.starts_with("-r")) {
    text.remove_prefix(2);
    version.revision = take_digits(text);
  } else {
    version.is_odd = !text.empty();
  }
  version.remainder = text;
  return version;
}

std::strong_ordering compare_suffixes(std::string_view a, std::string_view b) {
  while (!a.empty() || !b.empty()) {
    const Suffix left = take_suffix(a);
    const Suffix right = take_suffix(b);
    std::strong_ordering order = left.weight <=> right.weight;
    if (order == 0) order = compare_numbers(left.number, right.number);
    if (order != 0) return order;
  }
  return std::strong_ordering::equal;
}

/// After the first number, those that begin with a zero are compared as texts.
template <typename Fractions>
std::strong_ordering compare_components(std::string_view a, std::string_view b, Fractions compare_fractions) {
  std::strong_ordering order = compare_numbers(take_piece(a, '.'), take_piece(b, '.'));
  while (order == 0 && !a.empty() && !b.empty()) {
    const std::string_view left = take_piece(a, '.');
    const std::string_view right = take_piece(b, '.');
    const bool fraction = left.starts_with('0') || right.starts_with('0');
    order = fraction ? compare_fractions(left, right) : compare_numbers(left, right);
  }
  return order != 0 ? order : b.empty() <=> a.empty();
}

std::string_view without_trailing_zeros(std::string_view digits) { return digits.substr(0, digits.find_last_not_of('0') + 1); }

std::strong_ordering compare_tail(const ReleaseVersion& a, const ReleaseVersion& b) {
  std::strong_ordering order = compare_text(a.letter, b.letter);
  if (order == 0) order = compare_suffixes(a.suffixes, b.suffixes);
  return order == 0 ? compare_numbers(a.revision, b.revision) : order;
}

}  // namespace

Order compare_alpine(std::string_view a, std::string_view b) {
  const ReleaseVersion left = parse(a);
  const ReleaseVersion right = parse(b);
  if (left.is_odd && right.is_odd) return compare_text(a, b);
  std::strong_ordering order = compare_components(left.numbers, right.numbers, compare_text);
  if (order == 0) order = compare_tail(left, right);
  return order == 0 ? left.remainder.empty() <=> right.remainder.empty() : order;
}

Order compare_gentoo(std::string_view a, std::string_view b) {
  const ReleaseVersion left = parse(a);
  const ReleaseVersion right = parse(b);
  if (!left.remainder.empty() || !right.remainder.empty() || left.numbers.empty() || right.numbers.empty()) return std::nullopt;
  const auto fractions = [](std::string_view one, std::string_view other) {
    return compare_text(without_trailing_zeros(one), without_trailing_zeros(other));
  };
  const std::strong_ordering order = compare_components(left.numbers, right.numbers, fractions);
  return order == 0 ? compare_tail(left, right) : order;
}

}  // namespace postern::package
