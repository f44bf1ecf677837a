// SPDX-License-Identifier: Apache-2.0
// Reading and writing internet addresses (RFC 4291, RFC 5952). Strict: no leading zeros, no short forms of IPv4.
#include "cel/ip_address.h"

#include <postern/base/text.h>

#include <algorithm>
#include <charconv>

namespace postern::cel {
namespace {

constexpr std::size_t k_v4_at = 12;  ///< where an IPv4 address begins in the sixteen bytes

std::optional<int> decimal(std::string_view text, int most) {
  int value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = result.ec == std::errc{} && result.ptr == text.data() + text.size() && text[0] != '-';
  if (!whole || value > most || (text.size() > 1 && text[0] == '0')) return std::nullopt;
  return value;
}

bool read_v4(std::string_view text, std::uint8_t* out) {
  const auto parts = base::split(text, '.');
  if (parts.size() != 4) return false;
  for (std::size_t i = 0; i < 4; ++i) {
    const auto value = parts[i].empty() ? std::nullopt : decimal(parts[i], 255);
    if (!value) return false;
    out[i] = static_cast<std::uint8_t>(*value);
  }
  return true;
}

/// Groups between colons, two bytes each; the last may be dotted when `dotted` allows it.
std::optional<std::vector<std::uint8_t>> read_groups(std::string_view text, bool dotted) {
  std::vector<std::uint8_t> bytes;
  if (text.empty()) return bytes;
  const auto parts = base::split(text, ':');
  if (parts.size() > 8) return std::nullopt;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (dotted && i + 1 == parts.size() && parts[i].find('.') != std::string_view::npos) {
      std::array<std::uint8_t, 4> v4{};
      if (!read_v4(parts[i], v4.data())) return std::nullopt;
      bytes.insert(bytes.end(), v4.begin(), v4.end());
      continue;
    }
    std::uint16_t group = 0;
    const auto result = std::from_chars(parts[i].data(), parts[i].data() + parts[i].size(), group, 16);
    if (parts[i].empty() || parts[i].size() > 4 || result.ec != std::errc{} || result.ptr != parts[i].data() + parts[i].size())
      return std::nullopt;
    bytes.push_back(static_cast<std::uint8_t>(group >> 8U));
    bytes.push_back(static_cast<std::uint8_t>(group & 0xFFU));
  }
  return bytes;
}

std::optional<IpAddress> read_v6(std::string_view text) {
  IpAddress address;
  const std::size_t gap = text.find("::");
  if (gap == std::string_view::npos) {
    const auto bytes = read_groups(text, true);
    if (!bytes || bytes->size() != 16) return std::nullopt;
    std::copy(bytes->begin(), bytes->end(), address.bytes.begin());
    return address;
  }
  const auto head = read_groups(text.substr(0, gap), false);
  const auto tail = read_groups(text.substr(gap + 2), true);
  if (!head || !tail || head->size() + tail->size() > 14) return std::nullopt;
  std::copy(head->begin(), head->end(), address.bytes.begin());
  std::copy(tail->rbegin(), tail->rend(), address.bytes.rbegin());
  return address;
}

std::string v4_text(const std::uint8_t* bytes) {
  return std::to_string(bytes[0]) + "." + std::to_string(bytes[1]) + "." + std::to_string(bytes[2]) + "." +
         std::to_string(bytes[3]);
}

/// The longest run of two or more zero groups, the first of equals: {begin, length}.
std::pair<std::size_t, std::size_t> longest_gap(const std::array<std::uint16_t, 8>& groups) {
  std::pair<std::size_t, std::size_t> best{8, 1};
  for (std::size_t at = 0; at < 8; ++at) {
    std::size_t length = 0;
    while (at + length < 8 && groups[at + length] == 0) ++length;
    if (length > best.second) best = {at, length};
  }
  return best;
}

std::string hexadecimal(std::uint16_t group) {
  std::array<char, 4> buffer{};
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), group, 16);
  return {buffer.data(), result.ptr};
}

std::string v6_text(const std::array<std::uint8_t, 16>& bytes) {
  std::array<std::uint16_t, 8> groups{};
  for (std::size_t i = 0; i < 8; ++i) groups[i] = static_cast<std::uint16_t>((bytes[2 * i] << 8U) | bytes[2 * i + 1]);
  const auto [gap, length] = longest_gap(groups);
  std::string text;
  for (std::size_t i = 0; i < 8; ++i) {
    if (i == gap) {
      text += "::";
      i += length - 1;
      continue;
    }
    if (!text.empty() && !text.ends_with("::")) text += ":";
    text += hexadecimal(groups[i]);
  }
  return text;
}

}  // namespace

bool IpAddress::is_mapped() const noexcept {
  return !is_v4 && bytes[10] == 0xFF && bytes[11] == 0xFF &&
         std::all_of(bytes.begin(), bytes.begin() + 10, [](std::uint8_t b) { return b == 0; });
}

IpAddress IpAddress::unmapped() const noexcept {
  IpAddress address = *this;
  address.is_v4 = is_v4 || is_mapped();
  return address;
}

std::string IpAddress::text() const {
  if (is_v4) return v4_text(bytes.data() + k_v4_at);
  return is_mapped() ? "::ffff:" + v4_text(bytes.data() + k_v4_at) : v6_text(bytes);
}

IpAddress IpAddress::masked(int length) const noexcept {
  IpAddress result = *this;
  const std::size_t first = is_v4 ? k_v4_at : 0;
  for (std::size_t i = first; i < bytes.size(); ++i) {
    const int kept = std::clamp(length - static_cast<int>(i - first) * 8, 0, 8);
    result.bytes[i] = static_cast<std::uint8_t>(result.bytes[i] & (0xFFU << static_cast<unsigned>(8 - kept)));
  }
  return result;
}

bool IpAddress::is_unspecified() const noexcept {
  const std::size_t first = is_v4 ? k_v4_at : 0;
  return std::all_of(bytes.begin() + static_cast<std::ptrdiff_t>(first), bytes.end(), [](std::uint8_t b) { return b == 0; });
}
bool IpAddress::is_loopback() const noexcept {
  const IpAddress plain = unmapped();
  if (plain.is_v4) return plain.bytes[k_v4_at] == 127;
  return plain.bytes[15] == 1 && std::all_of(plain.bytes.begin(), plain.bytes.end() - 1, [](std::uint8_t b) { return b == 0; });
}
bool IpAddress::is_multicast() const noexcept {
  const IpAddress plain = unmapped();
  return plain.is_v4 ? (plain.bytes[k_v4_at] & 0xF0U) == 0xE0U : plain.bytes[0] == 0xFF;
}
bool IpAddress::is_link_local_multicast() const noexcept {
  const IpAddress plain = unmapped();
  if (plain.is_v4) return plain.bytes[12] == 224 && plain.bytes[13] == 0 && plain.bytes[14] == 0;
  return plain.bytes[0] == 0xFF && (plain.bytes[1] & 0x0FU) == 0x02U;
}
bool IpAddress::is_link_local_unicast() const noexcept {
  const IpAddress plain = unmapped();
  if (plain.is_v4) return plain.bytes[12] == 169 && plain.bytes[13] == 254;
  return plain.bytes[0] == 0xFE && (plain.bytes[1] & 0xC0U) == 0x80U;
}
bool IpAddress::is_global_unicast() const noexcept {
  const IpAddress plain = unmapped();
  const bool is_broadcast =
      plain.is_v4 && std::all_of(plain.bytes.begin() + k_v4_at, plain.bytes.end(), [](std::uint8_t b) { return b == 0xFF; });
  return !is_broadcast && !plain.is_unspecified() && !is_loopback() && !is_multicast() && !is_link_local_unicast();
}

std::string IpRange::text() const { return address.text() + "/" + std::to_string(length); }

bool IpRange::contains(const IpAddress& other) const noexcept {
  return address.is_v4 == other.is_v4 && other.masked(length) == address.masked(length);
}
bool IpRange::contains(const IpRange& other) const noexcept { return other.length >= length && contains(other.address); }

std::variant<IpAddress, std::string> parse_ip(std::string_view text) {
  constexpr std::size_t k_longest = 64;
  if (text.size() > k_longest) return "the text is too long for an IP address";
  const std::string shown = "'" + std::string(text) + "'";
  if (text.find('%') != std::string_view::npos) return shown + ": an address with a zone is not allowed";
  if (text.find(':') == std::string_view::npos) {
    IpAddress address;
    address.is_v4 = true;
    address.bytes[10] = address.bytes[11] = 0xFF;
    if (!read_v4(text, address.bytes.data() + k_v4_at)) return shown + " is no IP address";
    return address;
  }
  const std::optional<IpAddress> address = read_v6(text);
  if (!address) return shown + " is no IP address";
  if (address->is_mapped() && text.find('.') != std::string_view::npos)
    return shown + ": an IPv4-mapped IPv6 address is not allowed";
  return *address;
}

std::variant<IpRange, std::string> parse_range(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return "'" + std::string(text.substr(0, 64)) + "' is no address range: it has no '/'";
  auto address = parse_ip(text.substr(0, slash));
  if (auto* message = std::get_if<std::string>(&address)) return std::move(*message);
  IpRange range{std::get<IpAddress>(address), 0};
  const std::string_view digits = text.substr(slash + 1);
  const auto length = digits.empty() ? std::nullopt : decimal(digits, range.address.bits());
  if (!length) return "'" + std::string(text.substr(0, 64)) + "' is no address range: the prefix length is wrong";
  range.length = *length;
  return range;
}

}  // namespace postern::cel
