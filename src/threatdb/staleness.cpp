// SPDX-License-Identifier: Apache-2.0
// Ages of the kinds of data against their limits.
#include "threatdb/staleness.h"

#include <algorithm>

namespace postern::threatdb {

const char* to_string(Freshness freshness) noexcept {
  constexpr const char* k_names[] = {"fresh", "aging", "stale", "missing"};
  return k_names[static_cast<std::size_t>(freshness)];
}

std::vector<KindAge> ages_of(const IndexInfo& info, Moment now, const AgeLimits& limits) {
  std::vector<KindAge> ages;
  for (const SourceKind kind : {SourceKind::osv, SourceKind::kev, SourceKind::epss}) {
    KindAge& row = ages.emplace_back();
    row.kind = kind;
    for (const SourceInfo& source : info.sources) {
      if (source.kind == kind) row.date = std::max(row.date, source.date);
    }
    if (row.date == k_never) continue;
    row.age = std::max<Moment>(now - row.date, 0);
    const bool is_kev = kind == SourceKind::kev;
    row.freshness = row.age > (is_kev ? limits.most_kev : limits.most)   ? Freshness::stale
                    : row.age > (is_kev ? limits.warn_kev : limits.warn) ? Freshness::aging
                                                                         : Freshness::fresh;
  }
  return ages;
}

Freshness freshness_of(const std::vector<KindAge>& ages) {
  Freshness worst = Freshness::fresh;
  for (const KindAge& row : ages) {
    if (row.kind == SourceKind::osv && row.freshness == Freshness::missing) return Freshness::missing;
    if (row.freshness != Freshness::missing) worst = std::max(worst, row.freshness);
  }
  return worst;
}

}  // namespace postern::threatdb
