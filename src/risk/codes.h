// SPDX-License-Identifier: Apache-2.0
// The diagnostic codes of reading risk models (P70xx).
#pragma once
#include <postern/base/code_row.h>

#include <span>
#include <string_view>

namespace postern::risk {

inline constexpr std::string_view k_not_a_model = "P7001";
inline constexpr std::string_view k_unknown_name = "P7002";
inline constexpr std::string_view k_bad_number = "P7003";
inline constexpr std::string_view k_not_monotone = "P7004";
inline constexpr std::string_view k_no_version = "P7005";

/// All codes that this part can put into a diagnostic, in ascending order.
[[nodiscard]] std::span<const base::CodeRow> codes() noexcept;

}  // namespace postern::risk
