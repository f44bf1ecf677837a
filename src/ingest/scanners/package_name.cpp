// SPDX-License-Identifier: Apache-2.0
// The table of kinds of packages.
#include <ingest/scanners/package_name.h>
#include <package/purl.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace postern::ingest::scanners {
namespace {

/// How a name says its name space: not at all, before the last slash, or before a colon (groups of Maven).
enum class Naming : std::uint8_t { plain, slash, colon };

struct KindRow {
  std::string_view word;  ///< lower case, without the version of a distribution
  std::string_view type;  ///< of package URLs
  Naming naming;
  std::string_view vendor = {};  ///< name space of packages of a distribution
};

/// Alphabetical by word.
constexpr std::array k_kinds = {
    KindRow{"almalinux", "rpm", Naming::plain, "almalinux"},
    KindRow{"alpine", "apk", Naming::plain, "alpine"},
    KindRow{"amazon", "rpm", Naming::plain, "amzn"},
    KindRow{"amazon_linux", "rpm", Naming::plain, "amzn"},
    KindRow{"apk", "apk", Naming::plain, "alpine"},
    KindRow{"azurelinux", "rpm", Naming::plain, "azurelinux"},
    KindRow{"bundler", "gem", Naming::plain},
    KindRow{"cargo", "cargo", Naming::plain},
    KindRow{"cbl-mariner", "rpm", Naming::plain, "mariner"},
    KindRow{"centos", "rpm", Naming::plain, "centos"},
    KindRow{"chainguard", "apk", Naming::plain, "chainguard"},
    KindRow{"cocoapods", "cocoapods", Naming::plain},
    KindRow{"composer", "composer", Naming::slash},
    KindRow{"conan", "conan", Naming::plain},
    KindRow{"conda", "conda", Naming::plain},
    KindRow{"conda-pkg", "conda", Naming::plain},
    KindRow{"crates.io", "cargo", Naming::plain},
    KindRow{"deb", "deb", Naming::plain, "debian"},
    KindRow{"debian", "deb", Naming::plain, "debian"},
    KindRow{"dotnet", "nuget", Naming::plain},
    KindRow{"dotnet-core", "nuget", Naming::plain},
    KindRow{"dotnetpkg", "nuget", Naming::plain},
    KindRow{"dpkg", "deb", Naming::plain, "debian"},
    KindRow{"fedora", "rpm", Naming::plain, "fedora"},
    KindRow{"gav", "maven", Naming::colon},
    KindRow{"gem", "gem", Naming::plain},
    KindRow{"gemspec", "gem", Naming::plain},
    KindRow{"go", "golang", Naming::slash},
    KindRow{"go-module", "golang", Naming::slash},
    KindRow{"gobinary", "golang", Naming::slash},
    KindRow{"golang", "golang", Naming::slash},
    KindRow{"golangdep", "golang", Naming::slash},
    KindRow{"gomod", "golang", Naming::slash},
    KindRow{"gomodules", "golang", Naming::slash},
    KindRow{"gradle", "maven", Naming::colon},
    KindRow{"hex", "hex", Naming::plain},
    KindRow{"jar", "maven", Naming::colon},
    KindRow{"java", "maven", Naming::colon},
    KindRow{"java-archive", "maven", Naming::colon},
    KindRow{"javascript", "npm", Naming::slash},
    KindRow{"js", "npm", Naming::slash},
    KindRow{"maven", "maven", Naming::colon},
    KindRow{"node", "npm", Naming::slash},
    KindRow{"node-pkg", "npm", Naming::slash},
    KindRow{"node.js", "npm", Naming::slash},
    KindRow{"nodejs", "npm", Naming::slash},
    KindRow{"npm", "npm", Naming::slash},
    KindRow{"nuget", "nuget", Naming::plain},
    KindRow{"opensuse", "rpm", Naming::plain, "opensuse"},
    KindRow{"oracle", "rpm", Naming::plain, "oracle"},
    KindRow{"oraclelinux", "rpm", Naming::plain, "oracle"},
    KindRow{"packagist", "composer", Naming::slash},
    KindRow{"photon", "rpm", Naming::plain, "photon"},
    KindRow{"php", "composer", Naming::slash},
    KindRow{"pip", "pypi", Naming::plain},
    KindRow{"pipenv", "pypi", Naming::plain},
    KindRow{"pnpm", "npm", Naming::slash},
    KindRow{"poetry", "pypi", Naming::plain},
    KindRow{"pom", "maven", Naming::colon},
    KindRow{"pub", "pub", Naming::plain},
    KindRow{"pypi", "pypi", Naming::plain},
    KindRow{"python", "pypi", Naming::plain},
    KindRow{"python-pkg", "pypi", Naming::plain},
    KindRow{"redhat", "rpm", Naming::plain, "redhat"},
    KindRow{"rhel", "rpm", Naming::plain, "redhat"},
    KindRow{"rocky", "rpm", Naming::plain, "rocky"},
    KindRow{"rpm", "rpm", Naming::plain, "redhat"},
    KindRow{"ruby", "gem", Naming::plain},
    KindRow{"rubygems", "gem", Naming::plain},
    KindRow{"rust", "cargo", Naming::plain},
    KindRow{"rust-binary", "cargo", Naming::plain},
    KindRow{"rust-crate", "cargo", Naming::plain},
    KindRow{"rustbinary", "cargo", Naming::plain},
    KindRow{"sbt", "maven", Naming::colon},
    KindRow{"sles", "rpm", Naming::plain, "suse"},
    KindRow{"suse", "rpm", Naming::plain, "suse"},
    KindRow{"swift", "swift", Naming::slash},
    KindRow{"ubuntu", "deb", Naming::plain, "ubuntu"},
    KindRow{"uv", "pypi", Naming::plain},
    KindRow{"wolfi", "apk", Naming::plain, "wolfi"},
    KindRow{"yarn", "npm", Naming::slash},
};
static_assert(std::is_sorted(k_kinds.begin(), k_kinds.end(), [](const KindRow& a, const KindRow& b) { return a.word < b.word; }));

/// `Debian:12`, `debian 10.9` and `alpine-3.11.5` are kinds with the version of a distribution.
std::string word_of(std::string_view kind) {
  std::string word = base::to_lower(base::trim(kind));
  const std::size_t end = word.find_first_of(": ");
  if (end != std::string::npos) word.resize(end);
  const std::size_t dash = word.find_last_of("-_");
  if (dash != std::string::npos && dash + 1 < word.size() && word[dash + 1] >= '0' && word[dash + 1] <= '9') word.resize(dash);
  return word;
}

package::PackageUrl purl_of(const KindRow& row, std::string_view name) {
  package::PackageUrl purl;
  purl.type = row.type;
  purl.namespace_path = row.vendor;
  purl.name = name;
  const std::size_t cut = row.naming == Naming::colon ? std::min(name.find(':'), name.find('/')) : name.rfind('/');
  if (row.naming == Naming::plain || cut == std::string_view::npos) return purl;
  purl.namespace_path = name.substr(0, cut);
  purl.name = name.substr(cut + 1);
  return purl;
}

}  // namespace

std::string package_identity(std::string_view kind, std::string_view name) {
  name = base::trim(name);
  if (name.empty()) return {};
  const std::string word = word_of(kind);
  const auto row = std::lower_bound(k_kinds.begin(), k_kinds.end(), word,
                                    [](const KindRow& each, const std::string& text) { return each.word < text; });
  if (row == k_kinds.end() || row->word != word) return (word.empty() ? "library" : word) + ':' + std::string(name);
  // Through the reader of package URLs, which knows how each type is written.
  const auto purl = package::parse_purl(to_string(purl_of(*row, name)));
  return purl ? identity_of(*purl) : std::string(row->type) + ':' + std::string(name);
}

std::string purl_identity(std::string_view text) {
  const auto purl = package::parse_purl(text);
  return purl ? identity_of(*purl) : std::string();
}

std::string purl_version(std::string_view text) {
  const auto purl = package::parse_purl(text);
  return purl ? purl->version : std::string();
}

}  // namespace postern::ingest::scanners
