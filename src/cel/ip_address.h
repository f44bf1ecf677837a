// SPDX-License-Identifier: Apache-2.0
// Internet addresses and address ranges as text and bits.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace postern::cel {

/// An address: for IPv4 the last four of the sixteen bytes, the others as in an IPv4-mapped IPv6 address.
struct IpAddress {
  std::array<std::uint8_t, 16> bytes{};
  bool is_v4 = false;

  [[nodiscard]] int bits() const noexcept { return is_v4 ? 32 : 128; }
  /// An IPv6 address that stands for an IPv4 one (RFC 4291, section 2.5.5.2).
  [[nodiscard]] bool is_mapped() const noexcept;
  /// The same address; a mapped one as IPv4.
  [[nodiscard]] IpAddress unmapped() const noexcept;
  /// RFC 5952 for IPv6.
  [[nodiscard]] std::string text() const;
  /// The first `length` bits, zeros behind.
  [[nodiscard]] IpAddress masked(int length) const noexcept;

  [[nodiscard]] bool is_unspecified() const noexcept;
  [[nodiscard]] bool is_loopback() const noexcept;
  [[nodiscard]] bool is_multicast() const noexcept;
  [[nodiscard]] bool is_link_local_multicast() const noexcept;
  [[nodiscard]] bool is_link_local_unicast() const noexcept;
  [[nodiscard]] bool is_global_unicast() const noexcept;

  friend bool operator==(const IpAddress&, const IpAddress&) = default;
};

struct IpRange {
  IpAddress address;
  int length = 0;  ///< bits of the prefix

  [[nodiscard]] std::string text() const;
  [[nodiscard]] bool contains(const IpAddress& other) const noexcept;
  [[nodiscard]] bool contains(const IpRange& other) const noexcept;
  friend bool operator==(const IpRange&, const IpRange&) = default;
};

/// The address, or what is wrong with the text. Zones and IPv4-mapped addresses in dotted form are refused.
[[nodiscard]] std::variant<IpAddress, std::string> parse_ip(std::string_view text);
[[nodiscard]] std::variant<IpRange, std::string> parse_range(std::string_view text);

}  // namespace postern::cel
