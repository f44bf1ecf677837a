// SPDX-License-Identifier: Apache-2.0
// One function a scheme of versions: the order of two texts without blanks around them, or nothing where one is no version.
#pragma once
#include <compare>
#include <optional>
#include <string_view>

#include "package/version.h"

namespace postern::package {

using Order = std::optional<std::strong_ordering>;

/// As the ecosystem itself orders, without the "0" of OSV that comes before everything.
Order compare_natively(Scheme scheme, std::string_view a, std::string_view b);

Order compare_alpine(std::string_view a, std::string_view b);
Order compare_alpm(std::string_view a, std::string_view b);
Order compare_conan(std::string_view a, std::string_view b);
Order compare_cran(std::string_view a, std::string_view b);
Order compare_datetime(std::string_view a, std::string_view b);
Order compare_debian(std::string_view a, std::string_view b);
Order compare_generic(std::string_view a, std::string_view b);
Order compare_gentoo(std::string_view a, std::string_view b);
Order compare_golang(std::string_view a, std::string_view b);
Order compare_hackage(std::string_view a, std::string_view b);
Order compare_lexicographic(std::string_view a, std::string_view b);
Order compare_maven(std::string_view a, std::string_view b);
Order compare_npm(std::string_view a, std::string_view b);
Order compare_nuget(std::string_view a, std::string_view b);
Order compare_openssl(std::string_view a, std::string_view b);
Order compare_packagist(std::string_view a, std::string_view b);
Order compare_pub(std::string_view a, std::string_view b);
Order compare_pypi(std::string_view a, std::string_view b);
Order compare_root(std::string_view a, std::string_view b);
Order compare_rpm(std::string_view a, std::string_view b);
Order compare_rubygems(std::string_view a, std::string_view b);
Order compare_semver(std::string_view a, std::string_view b);

}  // namespace postern::package
