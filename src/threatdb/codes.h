// SPDX-License-Identifier: Apache-2.0
// The diagnostic codes of importing threat data (P51xx).
#pragma once
#include <postern/base/code_row.h>

#include <span>

namespace postern::threatdb {

inline constexpr const char* k_not_an_advisory = "P5101";
inline constexpr const char* k_odd_advisory = "P5102";
inline constexpr const char* k_bad_kev = "P5103";
inline constexpr const char* k_bad_epss = "P5104";
inline constexpr const char* k_bad_archive = "P5105";
inline constexpr const char* k_not_threat_data = "P5106";
inline constexpr const char* k_older_record = "P5107";

/// What each code means, in ascending order.
[[nodiscard]] std::span<const base::CodeRow> codes() noexcept;

}  // namespace postern::threatdb
