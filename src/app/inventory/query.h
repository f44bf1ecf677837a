// SPDX-License-Identifier: Apache-2.0
// A query over many states: which entities a condition holds for, the most important first.
#pragma once
#include <vector>

#include "app/inventory/state.h"
#include "policy/query.h"

namespace postern::app {

/// The answer to a query.
struct QueryResult {
  std::vector<InventoryEntity> matches;    ///< by risk, the highest first
  std::vector<InventoryEntity> undecided;  ///< the condition depends on what is not known; likewise
  std::uint64_t asked = 0;
  std::uint64_t failed = 0;
  std::string first_failure;  ///< why, of the first one
  LookedAt looked;
};

/// The risk of an entity is the score that a flaw of the model's default severity which needs no exploit would have there.
[[nodiscard]] QueryResult run_query(const policy::Query& query, const Threats& threats, const GateRequest& request,
                                    const std::vector<StateSources>& states, Talk talk);

}  // namespace postern::app
