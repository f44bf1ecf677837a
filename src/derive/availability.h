// SPDX-License-Identifier: Apache-2.0
// How many instances of a workload there are, and how many must stay.
#pragma once
#include <postern/model/graph.h>

namespace postern::derive {

/// Sets `least_replicas` of workloads that are kept running in a number of copies, `most_replicas` of those that an autoscaler
/// scales, and `disruption_protection` of those that a disruption budget selects: `limited`; `ineffective`, when all instances may
/// go at once; `blocked`, when none may ever go.
void derive_availability(model::ArchitectureGraph& graph);

}  // namespace postern::derive
