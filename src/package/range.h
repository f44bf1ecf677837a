// SPDX-License-Identifier: Apache-2.0
// Ranges of versions: VERS (`vers:npm/>=1.2.3|<2.0.0`) and the notations of the ecosystems themselves. Events of OSV: events.h.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "package/events.h"
#include "package/version.h"

namespace postern::package {

/// How one constraint compares; `any` holds for every version, `exact` for the very same text (`===` of PEP 440).
enum class Comparator : std::uint8_t { any, equal, exact, not_equal, less, less_or_equal, greater, greater_or_equal };

/// One comparison with a version.
struct Constraint {
  Comparator comparator = Comparator::any;
  std::string version;  ///< as it is written; empty for `any`
  bool operator==(const Constraint&) const = default;
};

/// Whether versions before a release belong to a range that does not name one.
enum class Prereleases : std::uint8_t {
  by_scheme,  ///< as the tool of the ecosystem does without options
  included    ///< every version that lies between the ends
};

/// How strictly npm's versions inside of a range are read (`loose` of node-semver). Other schemes make no difference.
enum class Strictness : std::uint8_t { strict, loose };

/// What a version without an operator means: itself, or itself and what is compatible with it (Cargo).
enum class Bare : std::uint8_t { exact, compatible };

struct RangeOptions {
  Prereleases prereleases = Prereleases::by_scheme;
  Strictness strictness = Strictness::strict;
  Bare bare = Bare::exact;
};

/// A range that was read: versions that satisfy all constraints of one of the alternatives. VERS has one list, sorted by version,
/// which is read as its specification says; what an ecosystem writes may mean more than an order (see `contains`).
struct Range {
  enum class Notation : std::uint8_t { vers, native };
  Notation notation = Notation::native;
  Scheme scheme = Scheme::generic;
  std::vector<std::vector<Constraint>> alternatives;
  RangeOptions options;
  std::string text;  ///< a native range as it was written
};

/// A range, or the sentence that says why the text is none.
struct RangeReading {
  std::optional<Range> range;
  std::string refusal;
};

/// Reads `vers:SCHEME/CONSTRAINTS` strictly: what the specification calls not canonical (blanks, doubled or sorted wrongly, wrong
/// escapes) is refused, but for the order of constraints, which is mended.
[[nodiscard]] RangeReading parse_vers(std::string_view text);

/// Reads a range as the tools of the ecosystem write it: `^1.2 || 3.x` (npm), `>=1.0,!=1.5.*` (PyPI), `[1.0,2.0)` (Maven, NuGet),
/// `~> 1.2` (RubyGems), `^1.2|2.*` (Composer), `>= 1.0, < 2` (crates, Hex, Pub, Go), `>= 1.2-3` and `(<< 2)` (Debian, RPM, Alpine).
[[nodiscard]] RangeReading parse_native_range(Scheme scheme, std::string_view text, const RangeOptions& options = {});

/// Whether the range holds the version; nothing where it or an end of VERS is no version. Ranges of npm and Cargo hold a prerelease
/// only where they name one of the same version; PEP 440's operators leave local labels, and before and after a version its pre-,
/// post- and local releases, out of sight; Composer fills versions up to four numbers.
[[nodiscard]] std::optional<bool> contains(const Range& range, std::string_view version);

/// The range as canonical VERS: all constraints sorted by version. Exact for one alternative with two ends; where alternatives
/// overlap, VERS has no other way to say it.
[[nodiscard]] std::string to_vers(const Range& range);

}  // namespace postern::package
