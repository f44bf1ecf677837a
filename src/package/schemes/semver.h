// SPDX-License-Identifier: Apache-2.0
// Parts of a version of SemVer and of what descends from it.
#pragma once
#include <compare>
#include <optional>
#include <string_view>

namespace postern::package {

/// Views into the text of a version.
struct SemanticVersion {
  std::string_view numbers;  ///< digits between dots
  bool is_prerelease = false;
  std::string_view prerelease;  ///< without the `-`
  std::string_view build;       ///< without the `+`
};

/// Reads `1.2.3-rc.1+build` with any number of numbers; letters that follow a number directly are a prerelease. Nothing where the
/// text does not begin with a number or holds blanks or bytes above ASCII.
[[nodiscard]] std::optional<SemanticVersion> parse_semantic(std::string_view text);

/// As `parse_semantic`, after what people write in front of a version: blanks, `v`, `V` and `=`.
[[nodiscard]] std::optional<SemanticVersion> parse_prefixed_semantic(std::string_view text);

/// Identifiers between dots: numbers by value and before texts, texts by bytes.
[[nodiscard]] std::strong_ordering compare_identifiers(std::string_view a, std::string_view b);

/// SemVer 2.0.0, section 11: builds make no difference.
[[nodiscard]] std::strong_ordering compare_semantic(const SemanticVersion& a, const SemanticVersion& b);

}  // namespace postern::package
