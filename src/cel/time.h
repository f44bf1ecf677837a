// SPDX-License-Identifier: Apache-2.0
// Timestamps and durations: range-checked arithmetic, text forms, calendar fields.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "cel/value.h"

namespace postern::cel {

/// A timestamp of 0001-01-01T00:00:00Z to 9999-12-31T23:59:59.999999999Z, or the error out_of_range.
[[nodiscard]] Value make_timestamp(std::int64_t seconds, std::int64_t nanoseconds);
/// A duration, or the error out_of_range when it does not fit 64 bits of nanoseconds (about 292 years, as the reference
/// implementation).
[[nodiscard]] Value make_duration(std::int64_t seconds, std::int64_t nanoseconds);
[[nodiscard]] TimeParts opposite(TimeParts duration) noexcept;
[[nodiscard]] Value timestamp_plus(TimeParts timestamp, TimeParts duration);
[[nodiscard]] Value duration_sum(TimeParts a, TimeParts b);
[[nodiscard]] Value timestamp_difference(TimeParts a, TimeParts b);

/// RFC 3339; an error value for malformed or out-of-range text.
[[nodiscard]] Value parse_timestamp(std::string_view text);
/// "1h30m", "-1.5s", "100ms" ("h", "m", "s", "ms", "us", "µs", "ns"); an error value otherwise.
[[nodiscard]] Value parse_duration(std::string_view text);
/// "2009-02-13T23:31:30.5Z": UTC, with as many decimals as needed.
[[nodiscard]] std::string timestamp_text(TimeParts timestamp);
/// "5400s", "1.5s".
[[nodiscard]] std::string duration_text(TimeParts duration);

/// A point in time in a time zone, taken apart.
struct CivilTime {
  std::int64_t year = 1970;
  int month = 0;        ///< 0..11
  int day = 1;          ///< 1..31
  int day_of_year = 0;  ///< 0..365
  int day_of_week = 4;  ///< 0 is Sunday
  int hour = 0;
  int minute = 0;
  int second = 0;
};
/// `seconds` since the epoch, already moved to local time.
[[nodiscard]] CivilTime civil_time(std::int64_t seconds) noexcept;
/// Days since 1970-01-01 of a date of the proleptic Gregorian calendar; month 1..12.
[[nodiscard]] std::int64_t days_from_civil(std::int64_t year, int month, int day) noexcept;

}  // namespace postern::cel
