// SPDX-License-Identifier: Apache-2.0
// From the inputs of a score to its factors: plain numbers in 0..1, before any weight or loss.
#pragma once
#include <postern/model/risk.h>

#include <array>
#include <cstdint>
#include <optional>

#include "risk/model.h"

namespace postern::risk {

/// Severity in 0..10: clamped, or the model's default where there is none.
[[nodiscard]] double severity_of(const RiskModel& model, const model::RiskFactors& factors);

/// entry * product(hop) * authentication * network of one path, without the floor.
[[nodiscard]] double chance_of(const RiskModel& model, const model::EntryPath& path);

/// The path with the greatest chance; among equals the first by entry, hops, controls and nodes, so that order changes nothing.
/// nullptr without paths. Points into `factors`.
[[nodiscard]] const model::EntryPath* easiest_of(const RiskModel& model, const model::RiskFactors& factors);

/// The chance of the easiest path, at least the floor of a whole path.
[[nodiscard]] double reachability_of(const RiskModel& model, const model::RiskFactors& factors);

/// Exploit maturity and EPSS together; EPSS never lowers known exploitation.
[[nodiscard]] double exploit_of(const RiskModel& model, const model::RiskFactors& factors);

/// Damage of one piece of data in reach: class, distance and privilege.
[[nodiscard]] double damage_of(const RiskModel& model, const model::DataInReach& data);

/// 1 - 0.8^n: what n important entities downstream count as.
[[nodiscard]] double blast_of(const RiskModel& model, std::uint32_t entities);

/// For each source of impact the chance that it does *not* hurt, in the order of ImpactSourceKind.
struct Survival {
  std::array<double, 5> by_source{};
  /// 1 - product: any one source is enough.
  [[nodiscard]] double impact() const;
};
[[nodiscard]] Survival survival_of(const RiskModel& model, const model::RiskFactors& factors);

}  // namespace postern::risk
