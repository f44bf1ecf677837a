// SPDX-License-Identifier: Apache-2.0
// What the checks that stand in front of a gateway's routes come to.
#pragma once
#include <postern/model/graph.h>

namespace postern::derive {

/// Replaces what routes of a gateway name as their checks (attribute `authentication`) by those among them that ask who sends a
/// request: `basicAuth NS/middlewares/NAME`. Sets `gateway_source_ranges` where every route is for listed addresses only.
void derive_gateway_checks(model::ArchitectureGraph& graph);

}  // namespace postern::derive
