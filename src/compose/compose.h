// SPDX-License-Identifier: Apache-2.0
// The candidate state: what the environment keeps of its baseline, plus what this run brings.
#pragma once
#include <postern/model/environment.h>
#include <postern/model/snapshot.h>

#include <string>
#include <vector>

namespace postern::compose {

/// What a run replaces in the baseline, for the decision: one line a unit.
struct Replacement {
  model::UnitId candidate;
  std::vector<std::string> replaced_roots;  ///< folders or files of the baseline whose inputs gave way; sorted
  std::uint64_t replaced_inputs = 0;
  std::uint64_t replaced_objects = 0;  ///< single objects that gave way although their file stays
};

/// A composed state with the account of how it came about.
struct Composition {
  model::StateView state;
  std::vector<Replacement> replacements;
};

/// All units of a snapshot, as they are.
[[nodiscard]] model::StateView view_of(const model::Snapshot& snapshot);

/// baseline - what the candidate's units replace + the candidate.
///
/// Scope `full`: every baseline unit of the same application, target and input kind gives way. Scope `units`: only inputs below the
/// candidate's source roots give way (a root is found again in a baseline that was recorded elsewhere by the longest common ending
/// of its path), and any single object that the candidate declares, wherever the baseline declared it. Nothing else can be removed.
/// Both snapshots must outlive the result.
[[nodiscard]] Composition compose(const model::Snapshot& baseline, const model::Snapshot& candidate, model::Scope scope);

}  // namespace postern::compose
