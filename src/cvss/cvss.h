// SPDX-License-Identifier: Apache-2.0
// CVSS vectors and their scores by the specifications of FIRST: versions 2.0, 3.0, 3.1 and 4.0.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace postern::cvss {

enum class Version : std::uint8_t { v2_0, v3_0, v3_1, v4_0 };

/// "2.0", "3.0", "3.1" or "4.0".
[[nodiscard]] std::string_view to_string(Version version);

/// What a vector amounts to. Scores are multiples of a tenth from 0 to 10; metrics that the vector does not have are not defined,
/// as its version reads that, so that every score has a value.
struct Scores {
  Version version = Version::v3_1;
  double base = 0;           ///< base metrics alone
  double temporal = 0;       ///< and temporal ones; 4.0 calls them threat metrics
  double environmental = 0;  ///< and those of the environment
  double overall = 0;        ///< the score of all that the vector states; 4.0 knows no other one
  std::string macrovector;   ///< 4.0: six digits; else empty
  std::string nomenclature;  ///< 4.0: CVSS-B, CVSS-BT, CVSS-BE or CVSS-BTE; else empty
};

/// The scores, or the sentence that says what is wrong with the vector.
struct Scoring {
  std::optional<Scores> scores;
  std::string refusal;
};

/// Reads and scores a vector. Refused: an unknown prefix, metric or value, a metric twice, a mandatory one missing, an empty part.
/// 2.0 has no prefix, may stand in parentheses, keeps its order, and has all metrics of the environment or none; 3.x allows any
/// order; 4.0 begins with its base metrics in their order, while optional ones may follow in any, as calculators write them.
[[nodiscard]] Scoring score(std::string_view vector);

enum class Severity : std::uint8_t { none, low, medium, high, critical };

/// The qualitative rating of a score: 3.x and 4.0 by the table of their specifications; 2.0, which has none, by the one of the NVD.
[[nodiscard]] Severity severity_of(Version version, double score);

[[nodiscard]] std::string_view to_string(Severity severity);

}  // namespace postern::cvss
