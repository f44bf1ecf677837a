// SPDX-License-Identifier: Apache-2.0
// Versions of Debian packages: deb-version(7), Debian Policy 5.6.12.
#include "package/schemes/schemes.h"
#include "package/schemes/text_order.h"

namespace postern::package {
namespace {

struct DebianVersion {
  std::string_view epoch;
  std::string_view upstream;
  std::string_view revision;
};

DebianVersion parse(std::string_view text) {
  DebianVersion version;
  const std::size_t colon = text.find(':');
  if (colon != std::string_view::npos && is_number(text.substr(0, colon))) {
    version.epoch = text.substr(0, colon);
    text.remove_prefix(colon + 1);
  }
  const std::size_t hyphen = text.rfind('-');
  version.upstream = text.substr(0, hyphen);
  if (hyphen != std::string_view::npos) version.revision = text.substr(hyphen + 1);
  return version;
}

/// Where a byte stands among those that are no digits: `~` before the end, the end before letters, letters before the others.
int weight(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  const char c = text[at];
  if (c == '~') return -1;
  return is_letter(c) ? c : 256 + static_cast<unsigned char>(c);
}

std::strong_ordering compare_parts(std::string_view a, std::string_view b) {
  const auto no_digit = [](char c) { return !is_digit(c); };
  while (!a.empty() || !b.empty()) {
    const std::string_view left = take_while(a, no_digit);
    const std::string_view right = take_while(b, no_digit);
    for (std::size_t at = 0; at < std::max(left.size(), right.size()); ++at) {
      const std::strong_ordering order = weight(left, at) <=> weight(right, at);
      if (order != 0) return order;
    }
    const std::strong_ordering order = compare_numbers(take_digits(a), take_digits(b));
    if (order != 0) return order;
  }
  return std::strong_ordering::equal;
}

}  // namespace

Order compare_debian(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return std::nullopt;
  const DebianVersion left = parse(a);
  const DebianVersion right = parse(b);
  std::strong_ordering order = compare_numbers(left.epoch, right.epoch);
  if (order == 0) order = compare_parts(left.upstream, right.upstream);
  return order == 0 ? compare_parts(left.revision, right.revision) : order;
}

}  // namespace postern::package
