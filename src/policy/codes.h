// SPDX-License-Identifier: Apache-2.0
// The diagnostic codes of loading policy packs (P30xx) and of looking for doubtful rules (P31xx).
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

inline constexpr std::string_view k_constant_condition = "P3101";
inline constexpr std::string_view k_constant_part = "P3102";
inline constexpr std::string_view k_unreachable_rule = "P3103";
inline constexpr std::string_view k_impossible_value = "P3104";
inline constexpr std::string_view k_not_indexable = "P3105";
inline constexpr std::string_view k_silent_hard_rule = "P3106";
inline constexpr std::string_view k_no_reason = "P3107";
inline constexpr std::string_view k_empty_message = "P3108";
inline constexpr std::string_view k_no_reference = "P3109";
inline constexpr std::string_view k_no_severity = "P3110";
inline constexpr std::string_view k_twin_rule = "P3111";

/// All codes that this part can put into a diagnostic, in ascending order.
[[nodiscard]] std::span<const base::CodeRow> codes() noexcept;

}  // namespace postern::policy
