// SPDX-License-Identifier: Apache-2.0
// The many ways in which sources say how bad something is.
#pragma once
#include <postern/model/weakness.h>

#include <optional>
#include <span>
#include <string_view>

namespace postern::enrich {

/// `critical`, `high`, `medium`, `low`, `none`, or empty for a word that says nothing: words of tools and levels of SARIF.
[[nodiscard]] model::Symbol severity_of_word(std::string_view word);
/// The same for a score of CVSS.
[[nodiscard]] model::Symbol severity_of_score(double score);

/// A vector with its score. v4.0 counts over v3.1 over v3.0 over v2.0; of one version the worst.
struct Rated {
  model::Symbol vector;
  double score = 0;
  int rank = 0;                                                       ///< of the version, higher counts more
  model::ExploitMaturity maturity = model::ExploitMaturity::unknown;  ///< as the vector's threat metric says
};
[[nodiscard]] std::optional<Rated> rated(std::string_view vector);
[[nodiscard]] std::optional<Rated> best_of(std::span<const model::Symbol> vectors);

}  // namespace postern::enrich
