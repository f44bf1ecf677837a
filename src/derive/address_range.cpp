// SPDX-License-Identifier: Apache-2.0
// Ranges of IP addresses in CIDR notation, read with inet_pton.
#include "derive/address_range.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>

namespace postern::derive {
namespace {

struct Range {
  std::array<std::uint8_t, 16> bytes{};
  unsigned prefix = 0;  ///< in bits
  bool v6 = false;
};

std::optional<Range> read(std::string_view cidr) {
  const std::size_t slash = cidr.find('/');
  const std::string address(cidr.substr(0, slash));
  Range range;
  range.v6 = address.find(':') != std::string::npos;
  if (inet_pton(range.v6 ? AF_INET6 : AF_INET, address.c_str(), range.bytes.data()) != 1) return std::nullopt;
  range.prefix = range.v6 ? 128 : 32;
  if (slash == std::string_view::npos) return range;
  const std::string_view digits = cidr.substr(slash + 1);
  unsigned prefix = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), prefix);
  if (error != std::errc{} || end != digits.data() + digits.size() || prefix > range.prefix) return std::nullopt;
  range.prefix = prefix;
  return range;
}

bool contains(const Range& outer, const Range& inner) {
  if (outer.v6 != inner.v6 || inner.prefix < outer.prefix) return false;
  for (unsigned bit = 0; bit < outer.prefix; ++bit) {
    const auto mask = static_cast<std::uint8_t>(0x80U >> (bit % 8));
    if ((outer.bytes[bit / 8] & mask) != (inner.bytes[bit / 8] & mask)) return false;
  }
  return true;
}

/// Whether `ranges` together hold all of `wanted`. Halves a range only where another lies inside of it, so the depth is at most the
/// bits of an address and the work grows with the number of ranges.
bool covers(const std::vector<Range>& ranges, const Range& wanted) {
  std::vector<Range> inside;
  for (const Range& range : ranges) {
    if (contains(range, wanted)) return true;
    if (contains(wanted, range)) inside.push_back(range);
  }
  if (inside.empty()) return false;
  Range half = wanted;
  ++half.prefix;
  if (!covers(inside, half)) return false;
  half.bytes[wanted.prefix / 8] |= static_cast<std::uint8_t>(0x80U >> (wanted.prefix % 8));
  return covers(inside, half);
}

std::vector<Range> read_all(const std::vector<std::string_view>& cidrs) {
  std::vector<Range> ranges;
  for (const std::string_view cidr : cidrs) {
    if (const auto range = read(cidr)) ranges.push_back(*range);
  }
  return ranges;
}

}  // namespace

bool covers_all_of(std::string_view cidr, const std::vector<std::string_view>& cidrs) {
  const auto wanted = read(cidr);
  return wanted && covers(read_all(cidrs), *wanted);
}

bool covers_everything(const std::vector<std::string_view>& cidrs) {
  const std::vector<Range> ranges = read_all(cidrs);
  Range v6;
  v6.v6 = true;
  return covers(ranges, Range{}) || covers(ranges, v6);
}

bool is_private(std::string_view cidr) {
  static constexpr std::array<std::string_view, 9> k_private = {"10.0.0.0/8",    "172.16.0.0/12", "192.168.0.0/16",
                                                                "100.64.0.0/10", "127.0.0.0/8",   "169.254.0.0/16",
                                                                "fc00::/7",      "fe80::/10",     "::1/128"};
  const auto range = read(cidr);
  return range &&
         std::any_of(k_private.begin(), k_private.end(), [&](std::string_view outer) { return contains(*read(outer), *range); });
}

}  // namespace postern::derive
