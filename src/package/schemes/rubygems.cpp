// SPDX-License-Identifier: Apache-2.0
// Versions of RubyGems: Gem::Version of Ruby's own library.
#include <vector>

#include "package/schemes/schemes.h"
#include "package/schemes/text_order.h"

namespace postern::package {
namespace {

bool is_gem_version(std::string_view text) {
  const auto allowed = [](char c) { return is_digit(c) || is_letter(c) || c == '.' || c == '-'; };
  return !text.empty() && is_digit(text.front()) && std::all_of(text.begin(), text.end(), allowed);
}

void drop_zeros(std::vector<std::string_view>& segments, std::size_t from) {
  while (segments.size() > from && without_leading_zeros(segments.back()).empty()) segments.pop_back();
}

/// Runs of digits and of letters; a hyphen is the segment "pre". Zeros that stand last, or last before the first letters, are left
/// out.
std::vector<std::string_view> segments_of(std::string_view text) {
  std::vector<std::string_view> segments;
  bool letters = false;
  std::size_t first_letters = 0;
  while (!text.empty()) {
    const bool digits = is_digit(text.front());
    std::string_view segment = digits ? take_digits(text) : take_while(text, is_letter);
    if (segment.empty()) {
      const bool hyphen = text.front() == '-';
      text.remove_prefix(1);
      if (!hyphen) continue;
      segment = "pre";
    }
    if (!digits && !letters) {
      drop_zeros(segments, 0);
      letters = true;
      first_letters = segments.size();
    }
    segments.push_back(segment);
  }
  drop_zeros(segments, letters ? first_letters : 0);
  return segments;
}

}  // namespace

Order compare_rubygems(std::string_view a, std::string_view b) {
  if (!is_gem_version(a) || !is_gem_version(b)) return std::nullopt;
  const std::vector<std::string_view> left = segments_of(a);
  const std::vector<std::string_view> right = segments_of(b);
  for (std::size_t at = 0; at < std::max(left.size(), right.size()); ++at) {
    const std::string_view one = at < left.size() ? left[at] : "0";
    const std::string_view other = at < right.size() ? right[at] : "0";
    std::strong_ordering order = is_number(one) <=> is_number(other);
    if (order == 0) order = is_number(one) ? compare_numbers(one, other) : compare_text(one, other);
    if (order != 0) return order;
  }
  return std::strong_ordering::equal;
}

}  // namespace postern::package
