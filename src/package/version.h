// SPDX-License-Identifier: Apache-2.0
// Versions of packages: which scheme an ecosystem uses, and the order of two versions under it.
#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

namespace postern::package {

/// How the versions of an ecosystem are written and ordered. The file of the same name in schemes/ names the source of each.
enum class Scheme : std::uint8_t {
  alpine,         ///< apk: `1.2.3b_rc1-r4`
  alpm,           ///< Arch Linux: `EPOCH:VERSION-RELEASE`, compared as pacman does
  conan,          ///< SemVer with any number of parts and letters in them
  cran,           ///< numbers between `.` and `-`
  datetime,       ///< RFC 3339, compared as moments
  debian,         ///< dpkg: `EPOCH:UPSTREAM-REVISION` with `~`; also Ubuntu
  generic,        ///< nobody says how: numbers as numbers, letters as text, so never wrong for plain dotted numbers
  gentoo,         ///< Package Manager Specification: `1.2b_rc1-r4`
  golang,         ///< SemVer with `v`, pseudo-versions and `+incompatible`, which makes no difference
  hackage,        ///< numbers; a longer one is greater than its beginning
  lexicographic,  ///< the bytes
  maven,          ///< qualifiers with an order of their own: alpha, beta, milestone, rc, snapshot, (none), sp
  npm,            ///< SemVer; `v` and `=` in front and a missing `-` are understood (what npm calls loose)
  nuget,          ///< SemVer with up to four numbers, compared without regard to case
  openssl,        ///< `1.0.2zg`, and SemVer since 3.0
  packagist,      ///< Composer: stabilities, patches, branches
  pub,            ///< SemVer where builds count
  pypi,           ///< PEP 440
  root,           ///< Root's rebuilds where it does not say whose packages they are: any version and a number behind it
  rpm,            ///< `EPOCH:VERSION-RELEASE` with `~` and `^`: Red Hat, SUSE, Rocky, Alma, openEuler...
  rubygems,       ///< segments; letters mean a prerelease
  semver,         ///< SemVer 2.0.0; missing numbers are zero, more than three are compared too: crates.io, Hex, Swift...
};

/// The scheme of an ecosystem of OSV ("PyPI", "Debian:12", "Rocky Linux:9", "crates.io"), a type of package URLs ("golang", "deb"),
/// a scheme of VERS, or the name of a scheme above; in any case. What follows the first `:` counts only for "Root", which says
/// there whose packages it rebuilds. Nothing for a name that is not known; `generic` is never an answer but to "generic".
[[nodiscard]] std::optional<Scheme> scheme_of(std::string_view ecosystem);

[[nodiscard]] std::string_view to_string(Scheme scheme);

/// The order of two versions, with blanks around them left out. Nothing where one of them is no version under the scheme: alpine,
/// conan, cran, datetime, gentoo, golang, hackage, npm, nuget, openssl, packagist, pub, pypi, rubygems and semver refuse texts;
/// alpm, debian, generic, lexicographic, maven and rpm order every text that is not empty. Takes time in proportion to the texts,
/// whatever they hold; numbers have any length. Under schemes that allow it, versions are equal that are written differently.
[[nodiscard]] std::optional<std::strong_ordering> compare(Scheme scheme, std::string_view a, std::string_view b);

/// Whether `compare` accepts the text.
[[nodiscard]] bool is_version(Scheme scheme, std::string_view text);

}  // namespace postern::package
