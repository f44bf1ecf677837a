// SPDX-License-Identifier: Apache-2.0
// Versions of Conan: `NUMBERS-PRERELEASE+BUILD` where each of the three has any number of parts, which may be texts.
#include "package/schemes/schemes.h"
#include "package/schemes/text_order.h"

namespace postern::package {
namespace {

struct ConanVersion {
  std::string_view main;
  bool is_prerelease = false;
  std::string_view prerelease;
  bool is_build = false;
  std::string_view build;
};

ConanVersion parse(std::string_view text) {
  ConanVersion version;
  if (const std::size_t plus = text.rfind('+'); plus != std::string_view::npos) {
    version.is_build = true;
    version.build = text.substr(plus + 1);
    text = text.substr(0, plus);
  }
  if (const std::size_t hyphen = text.find('-'); hyphen != std::string_view::npos) {
    version.is_prerelease = true;
    version.prerelease = text.substr(hyphen + 1);
    text = text.substr(0, hyphen);
  }
  version.main = text;
  return version;
}

bool is_zero(std::string_view part) { return is_number(part) && without_leading_zeros(part).empty(); }

/// `1.0.0` is `1`.
std::string_view without_zero_parts(std::string_view text) {
  for (;;) {
    const std::size_t dot = text.rfind('.');
    if (dot == std::string_view::npos || !is_zero(text.substr(dot + 1))) return text;
    text = text.substr(0, dot);
  }
}

std::strong_ordering compare_lists(std::string_view a, std::string_view b) {
  a = without_zero_parts(a);
  b = without_zero_parts(b);
  while (!a.empty() && !b.empty()) {
    const std::string_view left = take_piece(a, '.');
    const std::string_view right = take_piece(b, '.');
    const bool numbers = is_number(left) && is_number(right);
    const std::strong_ordering order = numbers ? compare_numbers(left, right) : compare_text(left, right);
    if (order != 0) return order;
  }
  return b.empty() <=> a.empty();
}

bool is_conan_version(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

}  // namespace

Order compare_conan(std::string_view a, std::string_view b) {
  if (!is_conan_version(a) || !is_conan_version(b)) return std::nullopt;
  const ConanVersion left = parse(a);
  const ConanVersion right = parse(b);
  std::strong_ordering order = compare_lists(left.main, right.main);
  if (order == 0) order = right.is_prerelease <=> left.is_prerelease;
  if (order == 0) order = compare_lists(left.prerelease, right.prerelease);
  if (order == 0) order = left.is_build <=> right.is_build;
  return order == 0 ? compare_lists(left.build, right.build) : order;
}

}  // namespace postern::package
