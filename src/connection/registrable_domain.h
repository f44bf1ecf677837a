// SPDX-License-Identifier: Apache-2.0
// Which part of a host name somebody registered, and so whose it is.
#pragma once
#include <string_view>

namespace postern::connection {

/// The part of `host` (lower case) that is registered below a public suffix: `api.shop.co.uk` -> `shop.co.uk`,
/// `x.github.io` -> `x.github.io`; empty for addresses, single labels and public suffixes themselves. By the Public Suffix List as
/// it is built into libpsl, private section included; below an ending that the list does not know, the last two labels.
[[nodiscard]] std::string_view registrable_domain(std::string_view host);

}  // namespace postern::connection
