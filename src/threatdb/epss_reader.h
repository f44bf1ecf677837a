// SPDX-License-Identifier: Apache-2.0
// Reads the daily scores of EPSS: comma-separated values behind a comment with model version and date.
#pragma once
#include <postern/base/diagnostic.h>

#include <string>
#include <string_view>
#include <vector>

#include "threatdb/collection.h"

namespace postern::threatdb {

struct EpssScores {
  std::string model;
  Moment date = k_never;
  std::vector<ProbabilityInput> rows;
  std::uint64_t refused = 0;
};

/// Whether a text begins like a file of scores.
[[nodiscard]] bool is_epss(std::string_view text);
/// Reads the scores; rows that cannot be used are errors (P5104), of which the first few are told one by one.
[[nodiscard]] EpssScores read_epss(std::string_view text, base::Symbol file, base::DiagnosticSink& sink);

}  // namespace postern::threatdb
