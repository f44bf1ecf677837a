// SPDX-License-Identifier: Apache-2.0
// The diagnostic codes of loading policy packs (P30xx).
#pragma once
#include <postern/base/code_row.h>

#include <span>
#include <string_view>

namespace postern::policy {

inline constexpr std::string_view k_unreadable = "P3001";
inline constexpr std::string_view k_not_a_pack = "P3002";
inline constexpr std::string_view k_unknown_key = "P3003";
inline constexpr std::string_view k_missing_key = "P3004";
inline constexpr std::string_view k_wrong_type = "P3005";
inline constexpr std::string_view k_wrong_value = "P3006";
inline constexpr std::string_view k_duplicate_rule = "P3007";
inline constexpr std::string_view k_duplicate_pack = "P3008";
inline constexpr std::string_view k_bad_expression = "P3009";
inline constexpr std::string_view k_wrong_result = "P3010";
inline constexpr std::string_view k_untested_rule = "P3011";
inline constexpr std::string_view k_unknown_rule = "P3012";
inline constexpr std::string_view k_no_pack = "P3013";

/// All codes that this part can put into a diagnostic, in ascending order.
[[nodiscard]] std::span<const base::CodeRow> codes() noexcept;

}  // namespace postern::policy
