// SPDX-License-Identifier: Apache-2.0
// A decision as a real release gives it: an online shop whose cart is opened to the internet, next to card and customer data.
#pragma once
#include <postern/model/decision.h>

namespace postern::test {

/// Blocked by two findings; with a third on top, others, fixed and old ones, a rename, diagnostics and a few hostile names.
[[nodiscard]] model::Decision sample_decision();
/// Nothing changed.
[[nodiscard]] model::Decision quiet_decision();
/// Nothing could be judged.
[[nodiscard]] model::Decision undecided_decision();

}  // namespace postern::test
