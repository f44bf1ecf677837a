// SPDX-License-Identifier: Apache-2.0
// Resources whose address changed while the thing stayed: both states call them by the new address, so that nothing counts as
// removed and added.
#pragma once
#include <postern/model/snapshot.h>

namespace postern::compose {

/// Gives resources of infrastructure in `before` the addresses that they have in `after`, where those are the same things: what was
/// said to be moved, what differs in the case of letters only, and what got or lost its first index (`x` and `x[0]`).
void adopt_moves(model::Snapshot& before, const model::Snapshot& after);

}  // namespace postern::compose
