// SPDX-License-Identifier: Apache-2.0
// Offsets of time zones from UTC. This part reads no files: the host hands in the data of named zones.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace postern::cel {

/// Named time zones, given by the host. Safe to use from several threads.
class TimeZones {
 public:
  virtual ~TimeZones() = default;
  /// Seconds east of Greenwich at `instant` (seconds since the epoch) in `zone` ("Europe/Berlin"); nothing when it is not known.
  [[nodiscard]] virtual std::optional<std::int64_t> offset(std::string_view zone, std::int64_t instant) const = 0;
};

/// Gives the compiled form (TZif, RFC 8536) of a zone; names have only letters, digits and "/_-+", no "..", no leading "/".
using ZoneLoader = std::function<std::optional<std::string>(std::string_view name)>;
/// Zones from compiled files. Each is loaded once.
[[nodiscard]] std::unique_ptr<const TimeZones> make_time_zones(ZoneLoader loader);

/// Seconds east of Greenwich at `instant` in `zone`: "UTC", "+01:00", "-02:30", "02:00", or a name that `zones` (may be null)
/// knows. Nothing when the zone is malformed or not known.
[[nodiscard]] std::optional<std::int64_t> zone_offset(const TimeZones* zones, std::string_view zone, std::int64_t instant);

}  // namespace postern::cel
