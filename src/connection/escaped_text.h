// SPDX-License-Identifier: Apache-2.0
// Addresses that a file format escapes: http\://host in properties, http:\/\/host and \u003a in JSON.
#pragma once
#include <string>
#include <string_view>

namespace postern::connection {

/// `text` with `\:`, `\=`, `\/`, `\#`, `\!` and `\u00XX` of visible ASCII characters written plainly, so that no escape hides an
/// address or a secret. Line feeds stay where they are; every other backslash stays. Sources: java.util.Properties (load), RFC 8259
/// section 7. Returns `text` itself when it holds no backslash, else a view of `buffer`.
[[nodiscard]] std::string_view without_escapes(std::string_view text, std::string& buffer);

}  // namespace postern::connection
