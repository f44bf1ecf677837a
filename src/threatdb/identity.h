// SPDX-License-Identifier: Apache-2.0
// Which package is meant: ecosystems of OSV and their releases, types of package URLs, spellings of one name.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "package/purl.h"

namespace postern::threatdb {

/// A package as the database knows it.
struct PackageIdentity {
  std::string ecosystem;  ///< family of OSV without its release: "PyPI", "Debian"
  std::string release;    ///< of a distribution: "12", "v3.19", "22.04:LTS"; empty: not known, all releases are asked
  std::string name;       ///< in any spelling
};

/// A package and the version that is in use.
struct PackageVersion {
  PackageIdentity package;
  std::string version;  ///< may be empty; a commit for the ecosystem "GIT"
};

/// What a package URL means in the ecosystems of OSV; nothing for types that no ecosystem belongs to.
[[nodiscard]] std::optional<PackageVersion> identity_of(const package::PackageUrl& purl);

/// "Debian:12" is the family "Debian" and the release "12".
struct EcosystemParts {
  std::string_view family;
  std::string_view release;
};
[[nodiscard]] EcosystemParts split_ecosystem(std::string_view ecosystem);

/// The key under which a package is found: the family in lower case, and the name in the spelling that its registry takes for the
/// same (PEP 503 for PyPI; no case for NuGet, Packagist, crates.io, GitHub Actions; repositories without scheme and `.git`).
void append_key(std::string& key, std::string_view family, std::string_view name);

/// Whether an advisory about the release `of_advisory` speaks of a package of the release `asked`. Releases that differ in detail
/// only are the same: "22.04" and "22.04:LTS", "v3.19" and "3.19.1", "9" and "9.2". "Pro" and "LTS" are no other releases.
[[nodiscard]] bool is_same_release(std::string_view of_advisory, std::string_view asked);

}  // namespace postern::threatdb
