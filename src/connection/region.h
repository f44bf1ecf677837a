// SPDX-License-Identifier: Apache-2.0
// The table of regions (knowledge/regions.tsv), as the other sources of this folder use it.
#pragma once
#include <optional>
#include <string_view>

#include "connection/host.h"

namespace postern::connection {

/// The exact region name, without availability zones; dashes inside it are optional for Azure ("west-europe").
[[nodiscard]] std::optional<RegionFacts> find_exact_region(std::string_view provider, std::string_view region);
/// By the short code that the provider puts into host names (use1, ew).
[[nodiscard]] std::optional<RegionFacts> find_region_by_code(std::string_view provider, std::string_view code);
/// Standing of a country in the table; unknown when no region is there.
[[nodiscard]] DataProtection protection_of_country(std::string_view country);

}  // namespace postern::connection
