// SPDX-License-Identifier: Apache-2.0
// Moments as advisories write them (RFC 3339), without time zones of the system or a clock.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace postern::threatdb {

/// Microseconds since the beginning of 1970, UTC. k_never: there is none.
using Moment = std::int64_t;
inline constexpr Moment k_never = INT64_MIN;
inline constexpr Moment k_second = 1'000'000;
inline constexpr Moment k_hour = 3600 * k_second;
inline constexpr Moment k_day = 24 * k_hour;

/// `2024-05-01T10:00:00.5Z`, with an offset (`+02:00`, `+0200`), or a day alone. Nothing for anything else, the year 0 included.
/// Some databases write the beginning of the year 1 where they do not know.
[[nodiscard]] std::optional<Moment> parse_moment(std::string_view text);
/// The date of the headers of HTTP: `Sun, 06 Nov 1994 08:49:37 GMT`.
[[nodiscard]] std::optional<Moment> parse_http_date(std::string_view text);

/// `2024-05-01T10:00:00Z`; empty for k_never.
[[nodiscard]] std::string to_text(Moment moment);
/// `2024-05-01`; empty for k_never.
[[nodiscard]] std::string to_day(Moment moment);

}  // namespace postern::threatdb
