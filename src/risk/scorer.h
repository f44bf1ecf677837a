// SPDX-License-Identifier: Apache-2.0
// The scorer: factors in, a score with everything that explains it out.
#pragma once
#include <postern/model/risk.h>

#include <array>
#include <cstdint>
#include <span>

#include "risk/model.h"

namespace postern::risk {

/// The loss of each factor in milli-nats, in the order of RiskFactorKind.
using Losses = std::array<std::int32_t, 6>;
[[nodiscard]] Losses losses_of(const RiskModel& model, const model::RiskFactors& factors);

/// The score with its shares, sources, unknown inputs, explaining path and distance to the next band.
[[nodiscard]] model::RiskAssessment assess(const RiskModel& model, const model::RiskFactors& factors);

/// The same, and what the score will be once `fixed` holds instead.
[[nodiscard]] model::RiskAssessment assess(const RiskModel& model, const model::RiskFactors& factors,
                                           const model::RiskFactors& fixed);

/// The score alone, in tenths: cheap, for many alternatives.
[[nodiscard]] std::int32_t score_tenths(const RiskModel& model, const model::RiskFactors& factors);

/// The factors once this one is dealt with: no severity, no entry path, no known exploit, code never loaded, only in development,
/// or no data, regulation and blast (base and tier stay).
[[nodiscard]] model::RiskFactors without(model::RiskFactors factors, model::RiskFactorKind factor);
[[nodiscard]] model::RiskFactors without(model::RiskFactors factors, model::ImpactSourceKind source);

/// The score without one factor, in tenths.
[[nodiscard]] std::int32_t score_without(const RiskModel& model, const model::RiskFactors& factors, model::RiskFactorKind factor);

/// The band of a score in tenths.
[[nodiscard]] model::Band band_of(const RiskModel& model, std::int32_t score_tenths);

}  // namespace postern::risk
