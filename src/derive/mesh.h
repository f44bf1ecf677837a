// SPDX-License-Identifier: Apache-2.0
// What the policies of a service mesh add up to for each workload and each name.
#pragma once
#include <postern/model/graph.h>

namespace postern::derive {

/// Sets `mutual_tls`, `authorization` and `token_issuers` of workloads and `client_tls` of what traffic policies are about, each at
/// the place of the policy that decides. Where several policies contradict each other the weakest counts. A workload that says
/// itself that it is no part of the mesh gets nothing: no proxy stands in front of it.
void derive_mesh(model::ArchitectureGraph& graph);

}  // namespace postern::derive
