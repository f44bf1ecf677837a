// SPDX-License-Identifier: Apache-2.0
// Offsets of time zones from UTC.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace postern::cel {

/// Seconds east of Greenwich at `instant` (seconds since the epoch) in `zone`: "UTC", "+01:00", "-02:30", "02:00", or a name of the
/// IANA database ("Europe/Berlin"), which is read from the system's zoneinfo. Nothing when the zone is malformed or not known.
[[nodiscard]] std::optional<std::int64_t> zone_offset(std::string_view zone, std::int64_t instant);

}  // namespace postern::cel
