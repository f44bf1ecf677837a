// SPDX-License-Identifier: Apache-2.0
// Words for people: what a factor took into account, and why it moved.
#pragma once
#include <postern/model/risk.h>

#include <string>

#include "risk/model.h"

namespace postern::risk {

/// What one factor took into account, e.g. "internet > proxy > service, authentication user, network open".
[[nodiscard]] std::string describe(const RiskModel& model, const model::RiskFactors& factors, model::RiskFactorKind factor);

/// Why one factor differs between two states, e.g. "newly reachable PII"; the factor's name where nothing in particular stands out.
[[nodiscard]] std::string describe_change(const RiskModel& model, const model::RiskFactors& before, const model::RiskFactors& after,
                                          model::RiskFactorKind factor);

}  // namespace postern::risk
