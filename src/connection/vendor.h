// SPDX-License-Identifier: Apache-2.0
// Third parties by host suffix (knowledge/third-parties.tsv).
#pragma once
#include <string_view>

namespace postern::connection {

struct Vendor {
  std::string_view name;
  std::string_view category;
};

/// Longest suffix at label boundaries; null when nobody is known. `host` is normalized.
[[nodiscard]] const Vendor* find_vendor(std::string_view host);

}  // namespace postern::connection
