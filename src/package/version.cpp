// SPDX-License-Identifier: Apache-2.0
// Which scheme an ecosystem uses, and the order of two versions under it.
#include "package/version.h"

#include <postern/base/text.h>

#include <algorithm>
#include <array>

#include "package/schemes/schemes.h"
#include "package/schemes/text_order.h"

namespace postern::package {
namespace {

/// In OSV the version "0" is before every other one, whatever the ecosystem itself says of it.
enum class Zero : std::uint8_t { first_of_all, ordinary };

struct SchemeRow {
  Scheme scheme;
  std::string_view name;
  Order (*compare)(std::string_view a, std::string_view b);
  Zero zero = Zero::first_of_all;
};

/// In the order of the enumeration.
constexpr std::array k_schemes = {
    SchemeRow{Scheme::alpine, "alpine", compare_alpine},
    SchemeRow{Scheme::alpm, "alpm", compare_alpm, Zero::ordinary},
    SchemeRow{Scheme::conan, "conan", compare_conan, Zero::ordinary},
    SchemeRow{Scheme::cran, "cran", compare_cran},
    SchemeRow{Scheme::datetime, "datetime", compare_datetime, Zero::ordinary},
    SchemeRow{Scheme::debian, "debian", compare_debian},
    SchemeRow{Scheme::generic, "generic", compare_generic},
    SchemeRow{Scheme::gentoo, "gentoo", compare_gentoo, Zero::ordinary},
    SchemeRow{Scheme::golang, "golang", compare_golang},
    SchemeRow{Scheme::hackage, "hackage", compare_hackage},
    SchemeRow{Scheme::lexicographic, "lexicographic", compare_lexicographic, Zero::ordinary},
    SchemeRow{Scheme::maven, "maven", compare_maven},
    SchemeRow{Scheme::npm, "npm", compare_npm},
    SchemeRow{Scheme::nuget, "nuget", compare_nuget},
    SchemeRow{Scheme::openssl, "openssl", compare_openssl, Zero::ordinary},
    SchemeRow{Scheme::packagist, "packagist", compare_packagist},
    SchemeRow{Scheme::pub, "pub", compare_pub},
    SchemeRow{Scheme::pypi, "pypi", compare_pypi},
    SchemeRow{Scheme::root, "root", compare_root},
    SchemeRow{Scheme::rpm, "rpm", compare_rpm},
    SchemeRow{Scheme::rubygems, "rubygems", compare_rubygems},
    SchemeRow{Scheme::semver, "semver", compare_semver},
};

const SchemeRow& row_of(Scheme scheme) { return k_schemes[static_cast<std::size_t>(scheme)]; }

struct EcosystemRow {
  std::string_view name;  ///< in lower case, without what follows a colon
  Scheme scheme;
};

/// Sorted by name. Ecosystems of the OSV schema, types of the purl specification and what VERS calls them; names of schemes are
/// looked up in their own table.
constexpr std::array k_ecosystems = {
    EcosystemRow{"almalinux", Scheme::rpm},
    EcosystemRow{"alpaquita", Scheme::alpine},
    EcosystemRow{"amazon linux", Scheme::rpm},
    EcosystemRow{"apk", Scheme::alpine},
    EcosystemRow{"azure linux", Scheme::rpm},
    EcosystemRow{"bellsoft hardened containers", Scheme::alpine},
    EcosystemRow{"bioconductor", Scheme::cran},
    EcosystemRow{"bitnami", Scheme::semver},
    EcosystemRow{"cargo", Scheme::semver},
    EcosystemRow{"centos", Scheme::rpm},
    EcosystemRow{"chainguard", Scheme::alpine},
    EcosystemRow{"cleanstart", Scheme::alpine},
    EcosystemRow{"cocoapods", Scheme::semver},
    EcosystemRow{"composer", Scheme::packagist},
    EcosystemRow{"conancenter", Scheme::conan},
    EcosystemRow{"crates.io", Scheme::semver},
    EcosystemRow{"deb", Scheme::debian},
    EcosystemRow{"docker hardened images", Scheme::debian},
    EcosystemRow{"ebuild", Scheme::gentoo},
    EcosystemRow{"echo", Scheme::debian},
    EcosystemRow{"elixir", Scheme::semver},
    EcosystemRow{"fedora", Scheme::rpm},
    EcosystemRow{"gem", Scheme::rubygems},
    EcosystemRow{"ghc", Scheme::hackage},
    EcosystemRow{"github", Scheme::semver},
    EcosystemRow{"github actions", Scheme::semver},
    EcosystemRow{"githubactions", Scheme::semver},
    EcosystemRow{"go", Scheme::golang},
    EcosystemRow{"hex", Scheme::semver},
    EcosystemRow{"julia", Scheme::semver},
    EcosystemRow{"mageia", Scheme::rpm},
    EcosystemRow{"mariner", Scheme::rpm},
    EcosystemRow{"minimos", Scheme::alpine},
    EcosystemRow{"opam", Scheme::debian},
    EcosystemRow{"openeuler", Scheme::rpm},
    EcosystemRow{"opensuse", Scheme::rpm},
    EcosystemRow{"oracle linux", Scheme::rpm},
    EcosystemRow{"photon os", Scheme::rpm},
    EcosystemRow{"raspbian", Scheme::debian},
    EcosystemRow{"red hat", Scheme::rpm},
    EcosystemRow{"redhat", Scheme::rpm},
    EcosystemRow{"rocky linux", Scheme::rpm},
    EcosystemRow{"suse", Scheme::rpm},
    EcosystemRow{"swift", Scheme::semver},
    EcosystemRow{"swifturl", Scheme::semver},
    EcosystemRow{"ubuntu", Scheme::debian},
    EcosystemRow{"vscode", Scheme::semver},
    EcosystemRow{"wolfi", Scheme::alpine},
};
static_assert(std::is_sorted(k_ecosystems.begin(), k_ecosystems.end(),
                             [](const EcosystemRow& a, const EcosystemRow& b) { return a.name < b.name; }));

std::optional<Scheme> scheme_of_base(std::string_view name) {
  const auto at = std::lower_bound(k_ecosystems.begin(), k_ecosystems.end(), name,
                                   [](const EcosystemRow& row, std::string_view wanted) { return row.name < wanted; });
  if (at != k_ecosystems.end() && at->name == name) return at->scheme;
  const auto own = std::find_if(k_schemes.begin(), k_schemes.end(), [&](const SchemeRow& row) { return row.name == name; });
  return own == k_schemes.end() ? std::nullopt : std::optional(own->scheme);
}

}  // namespace

std::optional<Scheme> scheme_of(std::string_view ecosystem) {
  const std::string folded = base::to_lower(base::trim(ecosystem));
  std::string_view rest = folded;
  const std::string_view name = take_piece(rest, ':');
  const std::optional<Scheme> scheme = scheme_of_base(name);
  if (scheme != Scheme::root || rest.empty()) return scheme;
  return scheme_of_base(take_piece(rest, ':'));
}

Order compare_natively(Scheme scheme, std::string_view a, std::string_view b) {
  return row_of(scheme).compare(base::trim(a), base::trim(b));
}

std::string_view to_string(Scheme scheme) { return row_of(scheme).name; }

std::optional<std::strong_ordering> compare(Scheme scheme, std::string_view a, std::string_view b) {
  const SchemeRow& row = row_of(scheme);
  a = base::trim(a);
  b = base::trim(b);
  if (row.zero == Zero::ordinary || (a != "0" && b != "0")) return row.compare(a, b);
  if (!is_version(scheme, a) || !is_version(scheme, b)) return std::nullopt;
  return (b == "0") <=> (a == "0");
}

bool is_version(Scheme scheme, std::string_view text) {
  text = base::trim(text);
  return row_of(scheme).compare(text, text).has_value();
}

}  // namespace postern::package
