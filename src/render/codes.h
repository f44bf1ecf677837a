// SPDX-License-Identifier: Apache-2.0
// The diagnostic codes of reading decisions (P80xx).
#pragma once
#include <postern/base/code_row.h>

#include <span>
#include <string_view>

namespace postern::render {

inline constexpr std::string_view k_unknown_key = "P8001";
inline constexpr std::string_view k_missing_key = "P8002";
inline constexpr std::string_view k_wrong_type = "P8003";
inline constexpr std::string_view k_other_version = "P8004";
inline constexpr std::string_view k_other_id = "P8005";
inline constexpr std::string_view k_no_such_finding = "P8006";

/// All codes that this part can put into a diagnostic, in ascending order.
[[nodiscard]] std::span<const base::CodeRow> codes() noexcept;

}  // namespace postern::render
