// SPDX-License-Identifier: Apache-2.0
// The two ways of reading addresses: one value of a setting, and a longer text. Internal to parse_endpoints.
#pragma once
#include <string_view>
#include <vector>

#include "connection/endpoint.h"

namespace postern::connection {

/// The value of a named setting; values of several lines and JSON go on to `read_text`.
[[nodiscard]] std::vector<Endpoint> read_setting(std::string_view name, std::string_view value);
/// Same for a value that is never read as a text: what `read_text` calls, so that the two do not recurse.
[[nodiscard]] std::vector<Endpoint> read_value(std::string_view name, std::string_view value);
/// `dull`: by line, what was found out about it before (see RedactedText); empty when nothing was.
[[nodiscard]] std::vector<Endpoint> read_text(std::string_view name, std::string_view text, const std::vector<bool>& dull = {});

}  // namespace postern::connection
