// SPDX-License-Identifier: Apache-2.0
// Base64 of RFC 4648, as the platform writes values of Secrets.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace postern::ingest {

/// The bytes; line breaks and blanks between groups are passed over. Nothing when it is not base64 (padding is required).
[[nodiscard]] std::optional<std::string> decode_base64(std::string_view text);

}  // namespace postern::ingest
