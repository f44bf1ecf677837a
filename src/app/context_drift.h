// SPDX-License-Identifier: Apache-2.0
// Context drift: what became known of components that were there before. Kept apart from what a release brings.
#pragma once
#include <postern/model/decision.h>

#include <optional>
#include <string_view>
#include <vector>

#include "app/configuration.h"

namespace postern::app {

/// Findings about weaknesses that are as they were in the baseline, but were published or listed as exploited within
/// `threat_data.context_drift_days` before `now` (RFC 3339). Where the configuration wants them judged, they count as worsened from
/// here on, and say why. Nothing where there is no such finding.
[[nodiscard]] std::optional<model::ContextDrift> find_context_drift(const ThreatDataSetting& setting, std::string_view now,
                                                                    std::vector<model::Finding>& findings);

}  // namespace postern::app
