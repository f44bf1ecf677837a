// SPDX-License-Identifier: Apache-2.0
// The few pieces of JSON that snapshots are written with; one spelling for each value, so that equal states are equal bytes.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace postern::baseline {

/// Appends `text` in double quotes. Control characters, line separators and bidirectional controls are written as escapes, since
/// snapshots are looked at in terminals and reviews; all else stays as it is. Text that is not UTF-8 is a broken invariant.
void append_json_text(std::string& out, std::string_view text);

/// Appends `value` in decimal digits.
void append_json_integer(std::string& out, std::int64_t value);

}  // namespace postern::baseline
