// SPDX-License-Identifier: Apache-2.0
// Splits the name of a container image.
#include "policy/image_reference.h"

namespace postern::policy {

ImageReference split_image(std::string_view text) {
  ImageReference parts;
  if (const auto at = text.find('@'); at != std::string_view::npos) {
    parts.digest = text.substr(at + 1);
    text = text.substr(0, at);
  }
  const auto slash = text.rfind('/');
  const auto colon = text.rfind(':');
  // a colon before the last slash belongs to the registry's port
  if (colon != std::string_view::npos && (slash == std::string_view::npos || colon > slash)) {
    parts.tag = text.substr(colon + 1);
    text = text.substr(0, colon);
  }
  parts.name = text;
  const std::string_view first = text.substr(0, text.find('/'));
  const bool names_registry =
      first.size() < text.size() && (first.find_first_of(".:") != std::string_view::npos || first == "localhost");
  if (!text.empty()) parts.registry = names_registry ? first : std::string_view("docker.io");
  return parts;
}

}  // namespace postern::policy
