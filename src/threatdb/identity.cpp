// SPDX-License-Identifier: Apache-2.0
// Tables of ecosystems, and the rules by which registries take two spellings for one name.
#include "threatdb/identity.h"

#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <vector>

namespace postern::threatdb {
namespace {

/// What makes two spellings one name.
enum class Spelling : std::uint8_t { exact, lower, pep503, crates, repository };

struct FamilyRow {
  std::string_view family;  ///< lower case
  Spelling spelling;
};

// Names of families that are not listed are taken exactly. Where a package URL has no capitals (golang, hex, pub, npm...), the
// names of advisories cannot keep theirs: whoever asks by URL would never find them.
constexpr std::array k_families = {
    FamilyRow{"alpaquita", Spelling::lower}, FamilyRow{"alpine", Spelling::lower},     FamilyRow{"arch linux", Spelling::lower},
    FamilyRow{"bitnami", Spelling::lower},   FamilyRow{"chainguard", Spelling::lower}, FamilyRow{"crates.io", Spelling::crates},
    FamilyRow{"debian", Spelling::lower},    FamilyRow{"git", Spelling::repository},   FamilyRow{"github actions", Spelling::lower},
    FamilyRow{"go", Spelling::lower},        FamilyRow{"hex", Spelling::lower},        FamilyRow{"minimos", Spelling::lower},
    FamilyRow{"npm", Spelling::lower},       FamilyRow{"nuget", Spelling::lower},      FamilyRow{"packagist", Spelling::lower},
    FamilyRow{"pub", Spelling::lower},       FamilyRow{"pypi", Spelling::pep503},      FamilyRow{"swifturl", Spelling::repository},
    FamilyRow{"ubuntu", Spelling::lower},    FamilyRow{"vscode", Spelling::lower},     FamilyRow{"wolfi", Spelling::lower},
};

/// How the name of a package is made of the parts of its URL.
enum class Naming : std::uint8_t {
  name_only,  ///< packages of distributions: the namespace is the distribution
  slashes,    ///< NAMESPACE/NAME
  colon,      ///< GROUP:NAME of Maven
  repository  ///< host/owner/name
};

struct TypeRow {
  std::string_view type;            ///< of the package URL
  std::string_view namespace_path;  ///< empty: any
  std::string_view ecosystem;
  Naming naming;
};

// The first row that fits counts. Sources: the types of the purl specification and the ecosystems of the OSV schema.
constexpr std::array k_types = {
    TypeRow{"alpm", "", "Arch Linux", Naming::name_only},
    TypeRow{"apk", "alpine", "Alpine", Naming::name_only},
    TypeRow{"apk", "alpaquita", "Alpaquita", Naming::name_only},
    TypeRow{"apk", "bellsoft-hardened-containers", "BellSoft Hardened Containers", Naming::name_only},
    TypeRow{"apk", "chainguard", "Chainguard", Naming::name_only},
    TypeRow{"apk", "minimos", "MinimOS", Naming::name_only},
    TypeRow{"apk", "wolfi", "Wolfi", Naming::name_only},
    TypeRow{"bitnami", "", "Bitnami", Naming::name_only},
    TypeRow{"cargo", "", "crates.io", Naming::slashes},
    TypeRow{"composer", "", "Packagist", Naming::slashes},
    TypeRow{"conan", "", "ConanCenter", Naming::name_only},
    TypeRow{"cran", "", "CRAN", Naming::name_only},
    TypeRow{"deb", "debian", "Debian", Naming::name_only},
    TypeRow{"deb", "echo", "Echo", Naming::name_only},
    TypeRow{"deb", "ubuntu", "Ubuntu", Naming::name_only},
    TypeRow{"gem", "", "RubyGems", Naming::slashes},
    TypeRow{"github", "", "GIT", Naming::repository},
    TypeRow{"githubactions", "", "GitHub Actions", Naming::slashes},
    TypeRow{"gitlab", "", "GIT", Naming::repository},
    TypeRow{"bitbucket", "", "GIT", Naming::repository},
    TypeRow{"golang", "", "Go", Naming::slashes},
    TypeRow{"hackage", "", "Hackage", Naming::name_only},
    TypeRow{"hex", "", "Hex", Naming::slashes},
    TypeRow{"julia", "", "Julia", Naming::name_only},
    TypeRow{"maven", "", "Maven", Naming::colon},
    TypeRow{"npm", "", "npm", Naming::slashes},
    TypeRow{"nuget", "", "NuGet", Naming::slashes},
    TypeRow{"opam", "", "opam", Naming::name_only},
    TypeRow{"pub", "", "Pub", Naming::slashes},
    TypeRow{"pypi", "", "PyPI", Naming::slashes},
    TypeRow{"rpm", "almalinux", "AlmaLinux", Naming::name_only},
    TypeRow{"rpm", "azurelinux", "Azure Linux", Naming::name_only},
    TypeRow{"rpm", "mageia", "Mageia", Naming::name_only},
    TypeRow{"rpm", "openeuler", "openEuler", Naming::name_only},
    TypeRow{"rpm", "opensuse", "openSUSE", Naming::name_only},
    TypeRow{"rpm", "photon", "Photon OS", Naming::name_only},
    TypeRow{"rpm", "redhat", "Red Hat", Naming::name_only},
    TypeRow{"rpm", "rhel", "Red Hat", Naming::name_only},
    TypeRow{"rpm", "rocky", "Rocky Linux", Naming::name_only},
    TypeRow{"rpm", "rocky-linux", "Rocky Linux", Naming::name_only},
    TypeRow{"rpm", "suse", "SUSE", Naming::name_only},
    TypeRow{"swift", "", "SwiftURL", Naming::slashes},
};

struct CodenameRow {
  std::string_view codename, release;
};

// Names that people and tools use for releases of Debian and Ubuntu.
constexpr std::array k_codenames = {
    CodenameRow{"stretch", "9"},    CodenameRow{"buster", "10"},   CodenameRow{"bullseye", "11"},  CodenameRow{"bookworm", "12"},
    CodenameRow{"trixie", "13"},    CodenameRow{"forky", "14"},    CodenameRow{"trusty", "14.04"}, CodenameRow{"xenial", "16.04"},
    CodenameRow{"bionic", "18.04"}, CodenameRow{"focal", "20.04"}, CodenameRow{"jammy", "22.04"},  CodenameRow{"noble", "24.04"},
};

char lower(char letter) { return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter; }

void append_lower(std::string& key, std::string_view text) {
  for (const char letter : text) key.push_back(lower(letter));
}

/// PEP 503: runs of `-`, `_` and `.` are one `-`, without regard to case.
void append_pep503(std::string& key, std::string_view name) {
  bool in_run = false;
  for (const char letter : name) {
    const bool joins = letter == '-' || letter == '_' || letter == '.';
    if (!joins) key.push_back(lower(letter));
    if (joins && !in_run) key.push_back('-');
    in_run = joins;
  }
}

/// A registry of crates has no two names that differ in case or in `-` and `_` alone.
void append_crate(std::string& key, std::string_view name) {
  for (const char letter : name) key.push_back(letter == '_' ? '-' : lower(letter));
}

/// `https://github.com/Owner/Name.git` and `github.com/owner/name` are one repository.
void append_repository(std::string& key, std::string_view name) {
  if (const std::size_t scheme = name.find("://"); scheme != std::string_view::npos) name.remove_prefix(scheme + 3);
  if (name.ends_with('/')) name.remove_suffix(1);
  if (name.ends_with(".git")) name.remove_suffix(4);
  append_lower(key, name);
}

Spelling spelling_of(std::string_view lower_family) {
  const auto* const row =
      std::find_if(k_families.begin(), k_families.end(), [&](const FamilyRow& each) { return each.family == lower_family; });
  return row == k_families.end() ? Spelling::exact : row->spelling;
}

std::string host_of(std::string_view type) { return std::string(type) + (type == "bitbucket" ? ".org/" : ".com/"); }

std::string name_of(const package::PackageUrl& purl, Naming naming) {
  if (naming == Naming::repository) return host_of(purl.type) + purl.namespace_path + "/" + purl.name;
  if (naming == Naming::colon && purl.namespace_path.empty()) {
    // Some write GROUP%2FNAME, or GROUP:NAME, as the name.
    std::string name = purl.name;
    if (const std::size_t slash = name.rfind('/'); slash != std::string::npos) name[slash] = ':';
    return name;
  }
  if (naming == Naming::name_only || purl.namespace_path.empty()) return purl.name;
  return purl.namespace_path + (naming == Naming::colon ? ":" : "/") + purl.name;
}

/// The release in `distro=debian-12`, `distro=alpine-3.19.1`, `distro=bookworm`; empty where there is none.
std::string release_of(const package::PackageUrl& purl) {
  const std::string distribution = base::to_lower(purl.qualifier("distro"));
  for (const CodenameRow& row : k_codenames) {
    if (distribution == row.codename || distribution.ends_with("-" + std::string(row.codename))) return std::string(row.release);
  }
  const std::size_t digit = distribution.find_first_of("0123456789");
  return digit == std::string::npos ? std::string() : distribution.substr(digit);
}

/// Advisories of distributions are about source packages: tools name them as `upstream=NAME` or `upstream=NAME@VERSION`.
void take_source_package(const package::PackageUrl& purl, PackageVersion& found) {
  // Advisories of distributions of RPM are about the binary packages, whatever their tools write into `upstream`.
  if (purl.type == "rpm") return;
  std::string_view upstream = purl.qualifier("upstream");
  if (upstream.empty()) upstream = purl.qualifier("source");
  if (upstream.empty()) return;
  const std::size_t at = upstream.find('@');
  found.package.name = std::string(upstream.substr(0, at));
  if (at != std::string_view::npos && at + 1 < upstream.size()) found.version = std::string(upstream.substr(at + 1));
}

std::string_view without_mark(std::string_view release) {
  if (release.size() > 1 && (release[0] == 'v' || release[0] == 'V') && release[1] >= '0' && release[1] <= '9')
    release.remove_prefix(1);
  return release;
}

/// The number in a release: "22.04:LTS" is 22.04, "Pro:22.04:LTS" too, "enterprise_linux:9::baseos" is 9. Empty: it has none.
std::string_view number_of(std::string_view release) {
  for (const std::string_view part : base::split(release, ':')) {
    const std::string_view number = without_mark(part);
    if (!number.empty() && number.front() >= '0' && number.front() <= '9') return number;
  }
  return {};
}

}  // namespace

std::optional<PackageVersion> identity_of(const package::PackageUrl& purl) {
  const std::string space = base::to_lower(purl.namespace_path);
  const auto* const row = std::find_if(k_types.begin(), k_types.end(), [&](const TypeRow& each) {
    return each.type == purl.type && (each.namespace_path.empty() || each.namespace_path == space);
  });
  if (row == k_types.end()) return {};
  PackageVersion found{{std::string(row->ecosystem), {}, name_of(purl, row->naming)}, purl.version};
  if (row->naming == Naming::name_only) {
    found.package.release = release_of(purl);
    take_source_package(purl, found);
    const std::string_view epoch = purl.qualifier("epoch");
    if (purl.type == "rpm" && !epoch.empty() && !found.version.empty() && found.version.find(':') == std::string::npos)
      found.version = std::string(epoch) + ":" + found.version;
  }
  return found;
}

EcosystemParts split_ecosystem(std::string_view ecosystem) {
  const std::size_t colon = ecosystem.find(':');
  if (colon == std::string_view::npos) return {ecosystem, {}};
  return {ecosystem.substr(0, colon), ecosystem.substr(colon + 1)};
}

void append_key(std::string& key, std::string_view family, std::string_view name) {
  const std::size_t start = key.size();
  append_lower(key, family);
  const Spelling spelling = spelling_of(std::string_view(key).substr(start));
  key.push_back('\0');
  switch (spelling) {
    case Spelling::exact:
      key.append(name);
      break;
    case Spelling::lower:
      append_lower(key, name);
      break;
    case Spelling::pep503:
      append_pep503(key, name);
      break;
    case Spelling::crates:
      append_crate(key, name);
      break;
    case Spelling::repository:
      append_repository(key, name);
      break;
  }
}

bool is_same_release(std::string_view of_advisory, std::string_view asked) {
  if (of_advisory.empty() || asked.empty() || of_advisory == asked) return true;
  const std::string_view advisory = number_of(of_advisory);
  const std::string_view wanted = number_of(asked);
  if (advisory.empty() || wanted.empty()) return base::equals_ignoring_case(of_advisory, asked);
  // The release of an advisory is the coarser one: "3.19" holds for 3.19.1, "9" for 9.2.
  return wanted == advisory || (wanted.starts_with(advisory) && wanted[advisory.size()] == '.');
}

}  // namespace postern::threatdb
