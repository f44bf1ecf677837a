// SPDX-License-Identifier: Apache-2.0
// SemVer 2.0.0 (semver.org) and its relatives: npm, Go, NuGet, Pub.
#include "package/schemes/semver.h"

#include "package/schemes/schemes.h"
#include "package/schemes/text_order.h"

namespace postern::package {
namespace {

bool is_visible(char c) { return c > ' ' && c < '\x7f'; }

template <typename Texts>
std::strong_ordering compare_identifiers_by(std::string_view a, std::string_view b, Texts compare_texts) {
  while (!a.empty() && !b.empty()) {
    const std::string_view left = take_piece(a, '.');
    const std::string_view right = take_piece(b, '.');
    const bool left_number = is_number(left);
    const bool right_number = is_number(right);
    std::strong_ordering order = right_number <=> left_number;
    if (order == 0) order = left_number ? compare_numbers(left, right) : compare_texts(left, right);
    if (order != 0) return order;
  }
  return b.empty() <=> a.empty();
}

template <typename Texts>
std::strong_ordering compare_by(const SemanticVersion& a, const SemanticVersion& b, Texts compare_texts) {
  std::strong_ordering order = compare_dotted_numbers(a.numbers, b.numbers);
  if (order == 0) order = b.is_prerelease <=> a.is_prerelease;
  return order == 0 ? compare_identifiers_by(a.prerelease, b.prerelease, compare_texts) : order;
}

std::optional<SemanticVersion> parse_go(std::string_view text) {
  // The standard library and the tools are versioned as "go1.21rc2".
  if (text.starts_with("go")) text.remove_prefix(2);
  return parse_prefixed_semantic(text);
}

}  // namespace

std::optional<SemanticVersion> parse_semantic(std::string_view text) {
  if (!std::all_of(text.begin(), text.end(), is_visible)) return std::nullopt;
  SemanticVersion version;
  version.numbers = take_dotted_numbers(text);
  if (version.numbers.empty()) return std::nullopt;
  const std::size_t plus = text.find('+');
  if (plus != std::string_view::npos) version.build = text.substr(plus + 1);
  text = text.substr(0, plus);
  if (text.empty()) return version;
  version.is_prerelease = true;
  if (!take(text, '-') && !is_letter(text.front())) {
    // ".x", "..1", "_1": neither a number nor a prerelease
    return std::nullopt;
  }
  version.prerelease = text;
  return version;
}

std::optional<SemanticVersion> parse_prefixed_semantic(std::string_view text) {
  take_while(text, [](char c) { return is_blank(c) || c == '=' || c == 'v' || c == 'V'; });
  return parse_semantic(text);
}

std::strong_ordering compare_identifiers(std::string_view a, std::string_view b) {
  return compare_identifiers_by(a, b, compare_text);
}

std::strong_ordering compare_semantic(const SemanticVersion& a, const SemanticVersion& b) { return compare_by(a, b, compare_text); }

Order compare_semver(std::string_view a, std::string_view b) {
  const auto left = parse_prefixed_semantic(a);
  const auto right = parse_prefixed_semantic(b);
  return left && right ? Order(compare_semantic(*left, *right)) : std::nullopt;
}

Order compare_npm(std::string_view a, std::string_view b) { return compare_semver(a, b); }

Order compare_golang(std::string_view a, std::string_view b) {
  const auto left = parse_go(a);
  const auto right = parse_go(b);
  return left && right ? Order(compare_semantic(*left, *right)) : std::nullopt;
}

Order compare_nuget(std::string_view a, std::string_view b) {
  const auto left = parse_prefixed_semantic(a);
  const auto right = parse_prefixed_semantic(b);
  return left && right ? Order(compare_by(*left, *right, compare_folded)) : std::nullopt;
}

Order compare_pub(std::string_view a, std::string_view b) {
  const auto left = parse_prefixed_semantic(a);
  const auto right = parse_prefixed_semantic(b);
  if (!left || !right) return std::nullopt;
  const std::strong_ordering order = compare_semantic(*left, *right);
  return order == 0 ? compare_identifiers(left->build, right->build) : order;
}

}  // namespace postern::package
