// SPDX-License-Identifier: Apache-2.0
// Paths of inputs as URI references (RFC 3986).
#pragma once
#include <string>
#include <string_view>

namespace postern::render {

/// Every byte but unreserved characters as `%XX`.
[[nodiscard]] std::string percent_encoded(std::string_view text);

/// A relative reference for a relative path, `file:///...` for an absolute one; no byte of a name has a meaning in it.
[[nodiscard]] std::string uri_of_path(std::string_view path);

}  // namespace postern::render
