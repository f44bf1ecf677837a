// SPDX-License-Identifier: Apache-2.0
// The shortest ways from each entry to what is worth having: stores, secrets, third parties.
#pragma once
#include <postern/model/graph.h>

namespace postern::derive {

/// How many entries are kept per target, the nearest ones: more are one problem, not another.
inline constexpr std::size_t k_most_entries = 8;

/// Sets `attack_path[ENTRY]` of stores, secrets and outside hosts to the shortest chain of entities from that way in, as
/// `internet > gateway > web > orders > orders-db`. ENTRY is the first entity of the way. Steps are relations that no network
/// policy blocks; a secret is reached by taking over a workload that mounts it, or whose token may read it. Needs exposure, entry
/// paths and privileges. Costs at most `k_most_entries` times entities and relations.
void derive_attack_paths(model::ArchitectureGraph& graph);

}  // namespace postern::derive
