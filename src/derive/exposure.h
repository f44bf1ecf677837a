// SPDX-License-Identifier: Apache-2.0
// From where each workload can be reached, and on which ways.
#pragma once
#include "derive/network_policy.h"

namespace postern::derive {

/// Sets `exposure` (internet, internal, cluster, none) and `entry_paths` of workloads, and `exposure` of endpoints and gateways.
///
/// internet: behind a public load balancer, a public gateway or a public external address, unless network policies let nothing from
/// outside in. internal: behind an internal load balancer or gateway, a node port or a port of the node, or restricted to private
/// ranges. cluster: other workloads can reach it. none: it listens nowhere that we know of.
void derive_exposure(model::ArchitectureGraph& graph, const NetworkPolicies& policies);

}  // namespace postern::derive
