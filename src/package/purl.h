// SPDX-License-Identifier: Apache-2.0
// Package URLs, parsed and put into their one canonical form (ECMA-427, the purl specification).
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace postern::package {

/// A package URL, decoded and normalised by the rules of its type.
struct PackageUrl {
  std::string type;            ///< lower case
  std::string namespace_path;  ///< segments joined by `/`; empty where there is none
  std::string name;
  std::string version;
  std::vector<std::pair<std::string, std::string>> qualifiers;  ///< sorted by key; keys are lower case, values not empty
  std::string subpath;

  /// The value of a qualifier; empty where it is not there.
  [[nodiscard]] std::string_view qualifier(std::string_view key) const;
};

/// Reads a package URL; nothing when it is none (no scheme, no type, no name, a forbidden character in type or key). What the rules
/// of its type ask for beyond that is not asked here: real bills of materials have many that miss a detail and still say what they
/// mean.
[[nodiscard]] std::optional<PackageUrl> parse_purl(std::string_view text);

/// A package URL in its canonical form, or the sentence that says why it is none.
struct PurlReading {
  std::optional<PackageUrl> purl;
  std::string refusal;
};

/// As `parse_purl`, and holds it to the specification and to the rules of its type: which namespace, name, version and qualifiers
/// it must and must not have.
[[nodiscard]] PurlReading read_purl(std::string_view text);

/// Puts parts together: normalised by the rules of the type, held to them as `read_purl` does.
[[nodiscard]] PurlReading build_purl(PackageUrl parts);

/// The canonical text.
[[nodiscard]] std::string to_string(const PackageUrl& purl);

/// The canonical text without version, qualifiers and subpath: which package it is, whatever the build.
[[nodiscard]] std::string identity_of(const PackageUrl& purl);

/// What people call it: `GROUP:NAME` for Maven, `NAMESPACE/NAME` for languages, `NAME` for packages of a distribution.
[[nodiscard]] std::string display_name(const PackageUrl& purl);

}  // namespace postern::package
