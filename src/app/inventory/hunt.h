// SPDX-License-Identifier: Apache-2.0
// A hunt over many states: which services have what is looked for, how they are reached, near what data, and how bad that is.
#pragma once
#include <postern/model/weakness.h>

#include <vector>

#include "app/inventory/hunted.h"
#include "app/inventory/state.h"

namespace postern::app {

/// One package of one entity with what is known to be wrong with it; of a hunted weakness without a package: the entity's.
struct HuntRow {
  InventoryEntity entity;
  model::Symbol package;                    ///< package URL without version; empty where no package is weak
  std::vector<model::Symbol> versions;      ///< sorted
  std::vector<model::Symbol> fixed_in;      ///< of all its weaknesses
  std::vector<model::Weakness> weaknesses;  ///< of a hunted package: all that are known; the worst first
  std::vector<base::Location> evidence;     ///< rows of bills of materials and reports, sorted
  bool is_certain = true;                   ///< false: the installed version says too little
};

/// The answer to a hunt.
struct HuntAnswer {
  std::vector<HuntRow> rows;  ///< by risk, the highest first
  LookedAt looked;
};

[[nodiscard]] HuntAnswer run_hunt(const Hunted& hunted, const GateRequest& request, const std::vector<StateSources>& states,
                                  Talk talk);

}  // namespace postern::app
