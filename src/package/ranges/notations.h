// SPDX-License-Identifier: Apache-2.0
// One reader a family of notations of ranges, and the pieces that they share.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "package/range.h"

namespace postern::package {

using Constraints = std::vector<Constraint>;

/// Alternatives that are read one by one; a refusal ends the reading.
struct AlternativesReading {
  std::vector<Constraints> alternatives;
  std::string refusal;
};

/// `||`, and `|` where a scheme writes it so, between alternatives. A single empty piece is kept.
[[nodiscard]] std::vector<std::string_view> split_alternatives(std::string_view text, bool single_bar);

/// Words of an alternative: an operator and its version are one word, whatever blanks are between them; commas separate words.
[[nodiscard]] std::vector<std::string> split_words(std::string_view alternative);

/// Cuts the operator off the beginning of a word: `>=`, `~>`, `!=`, `^` ...; may be empty.
[[nodiscard]] std::string_view take_operator(std::string_view& word);

/// The comparator of `<`, `<<`, `<=`, `=`, `==`, `===`, `!=`, `>=`, `>`, `>>` and of no operator; nothing for others.
[[nodiscard]] std::optional<Comparator> plain_comparator(std::string_view op);

/// A number as text, one greater.
[[nodiscard]] std::string incremented(std::string_view digits);

[[nodiscard]] AlternativesReading read_composer(std::string_view text);
[[nodiscard]] AlternativesReading read_gems(std::string_view text);
/// `[1.0,2.0)`, `(,1.0]`, `[1.0]`, several of them side by side: Maven and NuGet.
[[nodiscard]] AlternativesReading read_intervals(Scheme scheme, std::string_view text);
/// npm's and what descends from it: Cargo, Pub, Hex, Go, Conan.
[[nodiscard]] AlternativesReading read_npm(Scheme scheme, std::string_view text, const RangeOptions& options);
[[nodiscard]] AlternativesReading read_plain(std::string_view text);
[[nodiscard]] AlternativesReading read_python(std::string_view text);

/// Whether a version satisfies one constraint under PEP 440; both must be versions of it, but for `exact`.
[[nodiscard]] bool holds_python(const Constraint& constraint, std::string_view version);
/// A version as Composer compares it: four numbers, stabilities in their one spelling.
[[nodiscard]] std::string composer_normal_form(std::string_view version);
/// Nothing where a version of the range is none under its scheme.
[[nodiscard]] std::optional<bool> contains_vers(const Range& range, std::string_view version);

}  // namespace postern::package
