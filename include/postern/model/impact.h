// SPDX-License-Identifier: Apache-2.0
// What stops when something else does: the answer to "what if a region, a zone, a service or a third party is gone".
#pragma once
#include <postern/model/relation.h>

#include <cstdint>
#include <string>
#include <vector>

namespace postern::model {

/// What becomes of an entity, from the worst on.
enum class ImpactEffect : std::uint8_t {
  gone,      ///< it is what is lost, or lies in it altogether
  fails,     ///< something that it needs is gone or fails, and nothing else gives it that
  degraded,  ///< it goes on with less: some of its instances, a cache, its monitoring, one way of several
  unknown    ///< whether it lies in the region or zone is not known
};
[[nodiscard]] const char* to_string(ImpactEffect effect);

/// One entity that an outage reaches.
struct ImpactRow {
  EntityIndex entity = 0;
  ImpactEffect effect = ImpactEffect::gone;
  std::uint32_t distance = 0;  ///< steps from what is lost: 0 for that itself
  /// The relation by which the effect arrives, when `distance` is not 0; its evidence says where that is written.
  RelationIndex through = 0;
};

/// The reach of one outage.
struct Impact {
  std::string outage;           ///< as it was asked for: `region:eu-west-1`
  std::vector<ImpactRow> rows;  ///< by effect, distance, then entity
};

}  // namespace postern::model
