// SPDX-License-Identifier: Apache-2.0
// Reads the factors of a score from a JSON row, strictly: a misspelt name is an error and not an unknown input.
#pragma once
#include <postern/document/node.h>
#include <postern/model/risk.h>

#include <optional>
#include <string>

namespace postern::app::lab {

/// The factors in `row`, or nothing and a sentence in `error` about the first thing that is wrong.
[[nodiscard]] std::optional<model::RiskFactors> read_risk_factors(document::Node row, std::string& error);

}  // namespace postern::app::lab
