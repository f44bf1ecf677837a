// SPDX-License-Identifier: Apache-2.0
// The time zones of the machine, for CEL.
#pragma once
#include "cel/timezone.h"

namespace postern::app {

/// The IANA zones of /usr/share/zoneinfo, read when first used; none where the package tzdata is not installed.
[[nodiscard]] const cel::TimeZones& system_time_zones();

}  // namespace postern::app
