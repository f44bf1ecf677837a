// SPDX-License-Identifier: Apache-2.0
// The order of derivation: each step uses what the ones before it found.
#include "derive/derive.h"

#include "derive/attack_paths.h"
#include "derive/availability.h"
#include "derive/data_reach.h"
#include "derive/exposure.h"
#include "derive/gateway_checks.h"
#include "derive/mesh.h"
#include "derive/network_policy.h"
#include "derive/node_folders.h"
#include "derive/privilege/privilege.h"

namespace postern::derive {

void derive(model::ArchitectureGraph& graph) {
  const NetworkPolicies policies(graph);
  mark_isolation(graph, policies);
  mark_blocked_relations(graph, policies);
  derive_mesh(graph);
  derive_gateway_checks(graph);
  derive_exposure(graph, policies);
  derive_node_folders(graph);
  derive_data_reach(graph);
  derive_privileges(graph);
  derive_availability(graph);
  derive_attack_paths(graph);
}

}  // namespace postern::derive
