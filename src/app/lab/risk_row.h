// SPDX-License-Identifier: Apache-2.0
// `postern lab risk`: one line of factors in, one line with the score out.
#pragma once
#include <string>
#include <string_view>

namespace postern::app::lab {

/// Scores one JSON row of factors: severity, paths [{entry, hops, auth, net}], maturity, epss, code, env, data [{class, hops,
/// priv}], tier, reg, blast. Answers with score, band, T, P, I, lost (points by factor, negative), impact_sources, unknown, and
/// more that explains. A row {"before": factors, "after": factors} is answered with the drift. A bad row gives {"error": ".."};
/// never throws.
[[nodiscard]] std::string risk_row(std::string_view line);

}  // namespace postern::app::lab
