// SPDX-License-Identifier: Apache-2.0
// Ranges of IP addresses in CIDR notation: all that exposure needs to know of them.
#pragma once
#include <string_view>

namespace postern::derive {

/// 0.0.0.0/0 or ::/0, in any spelling.
[[nodiscard]] bool is_everything(std::string_view cidr);
/// Wholly inside the private, shared, loopback or link-local ranges (RFC 1918, 6598, 4193, 3927). False for what cannot be read.
[[nodiscard]] bool is_private(std::string_view cidr);

}  // namespace postern::derive
