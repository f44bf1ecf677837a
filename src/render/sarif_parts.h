// SPDX-License-Identifier: Apache-2.0
// The objects of SARIF 2.1.0 that a log is made of; numbers in comments are paragraphs of the standard.
#pragma once
#include <postern/model/decision.h>

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "render/json_output.h"

namespace postern::render {

/// The name under which the root of the repository is known (3.14.14). It is not resolved: a log reads the same everywhere.
inline constexpr std::string_view k_source_root = "%SRCROOT%";
/// The root of the state that was there before, for files that the candidate does not have any more.
inline constexpr std::string_view k_baseline_root = "BASELINE";

/// The index of each rule in the run's table of rules.
using RuleIndexes = std::map<std::string, std::size_t, std::less<>>;

/// {"text": ...}, with whatever the text holds.
[[nodiscard]] Json sarif_text(std::string_view text, std::size_t most = 1'000);

/// Files of a decision as SARIF refers to them.
class SarifPlaces {
 public:
  explicit SarifPlaces(const model::Decision& decision);

  /// A location (3.28) with the file, and the line and column as far as they are known. The file must have a name.
  [[nodiscard]] Json physical(const base::Location& location) const;
  /// The roots that URIs are relative to (3.14.14).
  [[nodiscard]] static Json roots();
  /// The inputs of the candidate that results refer to, with their digests (3.14.15): those in `results`.
  [[nodiscard]] Json artifacts(const Json& results) const;

 private:
  std::map<std::string, std::string, std::less<>> m_candidate;  ///< path -> SHA-256
  std::map<std::string, std::string, std::less<>> m_baseline;
  std::map<std::string, std::string, std::less<>> m_digests;  ///< URI -> SHA-256
};

/// The rules (3.49): those that have results, then others, at most as many as hosts accept. Fills `indexes`.
[[nodiscard]] Json sarif_rules(const model::Decision& decision, RuleIndexes& indexes);

/// One result (3.27).
[[nodiscard]] Json sarif_result(const model::Finding& finding, const model::Decision& decision, const SarifPlaces& places,
                                const RuleIndexes& indexes);

/// The run of the gate as an invocation (3.20): exit code, and everything that could not be judged or that weakens the judgement.
/// `left_out`: a sentence about results that are missing; may be empty.
[[nodiscard]] Json sarif_invocation(const model::Decision& decision, const SarifPlaces& places, const RuleIndexes& indexes,
                                    const std::string& left_out);

}  // namespace postern::render
