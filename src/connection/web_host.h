// SPDX-License-Identifier: Apache-2.0
// Hosts of URLs as programs understand them: percent-encoded letters and numbers that stand for IPv4 addresses.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace postern::connection {

/// The plain form of the host of a URL that is written in disguise: `api%2Eexample.com`, `3232235777`, `0xC0.0xA8.1.1`,
/// `127.1`. Nothing when the host is written plainly, or is no host in any form. Source: URL Standard (WHATWG), "host parser" and
/// "IPv4 parser"; inet_aton(3) reads numbers in the same way.
[[nodiscard]] std::optional<std::string> undisguised_host(std::string_view host);

}  // namespace postern::connection
