// SPDX-License-Identifier: Apache-2.0
// The drift of risk between two states, split over the factors.
#pragma once
#include <postern/model/risk.h>

#include "risk/model.h"

namespace postern::risk {

/// Splits score(after) - score(before) by the log-mean Divisia rule: each factor gets L * (its change of loss), L being the
/// logarithmic mean of the two scores. Exact (the shares add up to the difference), independent of any order, antisymmetric. The
/// tenths are apportioned to the difference of the two rounded scores.
[[nodiscard]] model::RiskDrift drift(const RiskModel& model, const model::RiskFactors& before, const model::RiskFactors& after);

}  // namespace postern::risk
