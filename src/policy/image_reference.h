// SPDX-License-Identifier: Apache-2.0
// The parts of a container image's name.
#pragma once
#include <string_view>

namespace postern::policy {

/// Views into the text, except for `registry` of an image without one: `docker.io`.
struct ImageReference {
  std::string_view name;  ///< registry and path as written
  std::string_view registry;
  std::string_view tag;
  std::string_view digest;
};

/// `HOST:PORT/PATH:TAG@DIGEST` as the distribution specification reads it: the first part is a registry when it has a dot or a
/// colon or is `localhost`.
[[nodiscard]] ImageReference split_image(std::string_view text);

}  // namespace postern::policy
