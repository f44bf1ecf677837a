// SPDX-License-Identifier: Apache-2.0
// The shapes of host names and addresses, without any knowledge of whose they are.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace postern::connection {

/// Lower case, without brackets, zone and trailing dot; as it was otherwise.
[[nodiscard]] std::string normalize_host(std::string_view host);

/// Dotted IPv4 address (RFC 3986, section 3.2.2: four decimal octets without leading zeros).
[[nodiscard]] std::optional<std::array<std::uint8_t, 4>> parse_ipv4(std::string_view host);
/// IPv6 address without brackets (RFC 4291, section 2.2, with an IPv4 tail).
[[nodiscard]] std::optional<std::array<std::uint8_t, 16>> parse_ipv6(std::string_view host);

/// Labels of letters, digits, '-' and '_' (Compose service names use '_'), each 1 to 63 bytes, 253 together, the last one not all
/// digits.
[[nodiscard]] bool is_dns_name(std::string_view host);
/// A DNS name or an address.
[[nodiscard]] bool is_host(std::string_view host);

/// localhost, 127.0.0.0/8, ::1, 0.0.0.0, ::.
[[nodiscard]] bool is_loopback(std::string_view normalized_host);

/// A decimal port from 1 to 65535.
[[nodiscard]] std::optional<std::uint16_t> parse_port(std::string_view text);

/// The last label is one that public names end with (a country code or a common generic top-level domain).
[[nodiscard]] bool has_public_suffix(std::string_view host);
/// The last label is a word that clusters use inside and the public DNS never delegates (local, internal, svc, lan, test ...).
[[nodiscard]] bool has_internal_suffix(std::string_view host);

}  // namespace postern::connection
