// SPDX-License-Identifier: Apache-2.0
// Parts of paths as inputs are called: `/` as separator on every system, relative, no slash at the end.
#pragma once
#include <string_view>

namespace postern::base {

/// What comes after the last `/`; everything where there is none.
[[nodiscard]] constexpr std::string_view file_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

/// What comes before the last `/`; empty for a bare name.
[[nodiscard]] constexpr std::string_view folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

}  // namespace postern::base
