// SPDX-License-Identifier: Apache-2.0
// Which workloads a policy of the mesh is about.
#pragma once
#include <ingest/kubernetes/field_table.h>

#include <cstdint>

namespace postern::ingest::kubernetes {

/// What a selector means in the namespace whose policies hold for the whole mesh (`istio-system`).
enum class RootSelector : std::uint8_t {
  here,       ///< workloads of that namespace
  everywhere  ///< workloads of every namespace
};

/// Writes down which workloads the policy is about and sets `policy_scope`: those of `selector.matchLabels`, else all of the
/// namespace, else of the mesh.
void apply_to_workloads(ObjectReader& reader, model::RelationKind kind, RootSelector root, Rows& rows);

/// The targets of `targetRefs` or `targetRef`; false where there are none.
[[nodiscard]] bool apply_to_targets(ObjectReader& reader, model::RelationKind kind, Rows& rows);

}  // namespace postern::ingest::kubernetes
