// SPDX-License-Identifier: Apache-2.0
// Two linked, classified, derived graphs -> what changed.
#pragma once
#include <postern/model/delta.h>

namespace postern::diff {

/// The typed difference. Linear in the size of the graphs; swapping the sides gives the mirrored delta. Explanations of a link (its
/// rule, the endpoint on the way) are no facts and are not compared.
[[nodiscard]] model::Delta diff(const model::ArchitectureGraph& before, const model::ArchitectureGraph& after);

/// Pairs of removed and added workloads of one kind that are probably one under a new name, with what differs between them: they
/// run the same images or stand behind the same endpoint, and have most attributes and relations in common. Used by `diff`.
[[nodiscard]] std::vector<model::Rename> find_renames(const model::ArchitectureGraph& before, const model::ArchitectureGraph& after,
                                                      const model::Delta& delta);

}  // namespace postern::diff
