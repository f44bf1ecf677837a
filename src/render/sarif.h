// SPDX-License-Identifier: Apache-2.0
// The decision as SARIF 2.1.0, for code scanning on GitHub, Azure DevOps and in editors.
#pragma once
#include <postern/model/decision.h>

#include <cstddef>
#include <string>

namespace postern::render {

/// What a log may hold at most. The defaults are what GitHub keeps of an upload: more is ignored there, or refused.
struct SarifLimits {
  std::size_t results = 5'000;     ///< kept of a run; more than 25,000 are refused
  std::size_t bytes = 10'000'000;  ///< a compressed upload may have 10 MB, and no text gets longer when it is compressed
};

/// One run with one result for each finding that is there, most important first. What does not fit is left out from the end and
/// said in a notification. Findings that are gone are no results: hosts would show them as open.
[[nodiscard]] std::string sarif(const model::Decision& decision, const SarifLimits& limits = {});

}  // namespace postern::render
