// SPDX-License-Identifier: Apache-2.0
// Parts of a version of PEP 440.
#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

namespace postern::package {

enum class PythonPhase : std::uint8_t { alpha, beta, candidate, none };

/// Views into the text of a version; numbers are digits, an empty one is zero.
struct PythonVersion {
  std::string_view epoch;
  std::string_view release;  ///< digits between dots
  PythonPhase phase = PythonPhase::none;
  std::string_view phase_number;
  bool is_post = false;
  std::string_view post;
  bool is_dev = false;
  std::string_view dev;
  std::string_view local;  ///< without the `+`

  [[nodiscard]] bool is_prerelease() const { return phase != PythonPhase::none || is_dev; }
};

/// Reads a version as PEP 440's appendix B does: other spellings, separators and case are understood, blanks around it are not
/// here.
[[nodiscard]] std::optional<PythonVersion> parse_python(std::string_view text);

[[nodiscard]] std::strong_ordering compare_python(const PythonVersion& a, const PythonVersion& b);

}  // namespace postern::package
