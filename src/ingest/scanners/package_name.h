// SPDX-License-Identifier: Apache-2.0
// The words of tools for kinds of packages, and the one name of a package that bills of materials use too.
#pragma once
#include <string>
#include <string_view>

namespace postern::ingest::scanners {

/// The identity of a package by the tool's word for its kind (`gomod`, `debian 11`, `Maven`) and its name: a package URL without
/// version, or `KIND:NAME` where the kind is none of package URLs (`library:NAME` where nothing is said). Empty without a name.
[[nodiscard]] std::string package_identity(std::string_view kind, std::string_view name);

/// The identity that a package URL names; empty where the text is none.
[[nodiscard]] std::string purl_identity(std::string_view purl);
/// The version in a package URL; empty where there is none.
[[nodiscard]] std::string purl_version(std::string_view purl);

}  // namespace postern::ingest::scanners
