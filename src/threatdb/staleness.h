// SPDX-License-Identifier: Apache-2.0
// How old threat data may be before that is said, and before nothing can be decided with it.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "threatdb/source_info.h"

namespace postern::threatdb {

enum class Freshness : std::uint8_t { fresh, aging, stale, missing };
[[nodiscard]] const char* to_string(Freshness freshness) noexcept;

/// From these ages on. The catalogue of exploited vulnerabilities has no new edition on most days, so it may be older.
struct AgeLimits {
  Moment warn = k_day;
  Moment most = 5 * k_day;
  Moment warn_kev = 7 * k_day;
  Moment most_kev = 14 * k_day;
};

/// One kind of data in the database.
struct KindAge {
  SourceKind kind = SourceKind::osv;
  Moment date = k_never;  ///< of its newest source: ecosystems in which nothing happens are not old for that
  Moment age = 0;         ///< 0 also where the date lies ahead of `now`
  Freshness freshness = Freshness::missing;
};
/// All three kinds, in their order.
[[nodiscard]] std::vector<KindAge> ages_of(const IndexInfo& info, Moment now, const AgeLimits& limits);
/// That of the oldest kind that is there; missing where there are no advisories.
[[nodiscard]] Freshness freshness_of(const std::vector<KindAge>& ages);

}  // namespace postern::threatdb
