// SPDX-License-Identifier: Apache-2.0
// The diagnostic codes of reading recorded baselines (P41xx).
#pragma once
#include <postern/base/code_row.h>

#include <span>

namespace postern::baseline {

inline constexpr const char* k_not_a_snapshot = "P4101";
inline constexpr const char* k_newer_version = "P4102";
inline constexpr const char* k_corrupt = "P4103";
inline constexpr const char* k_unknown_attribute = "P4104";
inline constexpr const char* k_unknown_key = "P4105";
inline constexpr const char* k_missing_key = "P4106";
inline constexpr const char* k_wrong_type = "P4107";
inline constexpr const char* k_wrong_value = "P4108";
inline constexpr const char* k_repeated = "P4109";
inline constexpr const char* k_wrong_order = "P4110";
inline constexpr const char* k_too_many_errors = "P4111";

/// All codes that this part can put into a diagnostic, in ascending order.
[[nodiscard]] std::span<const base::CodeRow> codes() noexcept;

}  // namespace postern::baseline
