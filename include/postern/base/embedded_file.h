// SPDX-License-Identifier: Apache-2.0
// A data file that was made part of the executable at build time.
#pragma once
#include <string_view>

namespace postern::base {

/// One embedded file: its path relative to the source root and its whole text. Both live as long as the process.
struct EmbeddedFile {
  std::string_view path;
  std::string_view text;
};

}  // namespace postern::base
