// SPDX-License-Identifier: Apache-2.0
// Ranges of IP addresses in CIDR notation: all that exposure needs to know of them.
#pragma once
#include <string_view>
#include <vector>

namespace postern::derive {

/// Whether the ranges together hold every IPv4 or every IPv6 address; what cannot be read holds none.
[[nodiscard]] bool covers_everything(const std::vector<std::string_view>& cidrs);
/// Whether the ranges together hold every address of `cidr`; false where that cannot be read.
[[nodiscard]] bool covers_all_of(std::string_view cidr, const std::vector<std::string_view>& cidrs);
/// Wholly inside the private, shared, loopback or link-local ranges (RFC 1918, 6598, 4193, 3927). False for what cannot be read.
[[nodiscard]] bool is_private(std::string_view cidr);

}  // namespace postern::derive
