// SPDX-License-Identifier: Apache-2.0
// Which Postern this is, and which knowledge it carries.
#pragma once
#include <string>

namespace postern::app {

/// The version of the release, from CMakeLists.txt.
[[nodiscard]] std::string version();
/// SHA-256 over every data file that is part of the executable.
[[nodiscard]] std::string knowledge_digest();

}  // namespace postern::app
