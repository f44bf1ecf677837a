// SPDX-License-Identifier: Apache-2.0
// Names under which an image and a bill of materials may mean the same thing.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace postern::package {

/// An image reference taken apart; the repository is complete: `cart:1` is of `docker.io/library/cart`.
struct ImageName {
  std::string repository;  ///< lower case
  std::string tag;
  std::string digest;
};
[[nodiscard]] ImageName image_name(std::string_view reference);

/// What may be called like it, most exact first: the name, and its last part; without a major version of Go modules (`/v2`).
[[nodiscard]] std::vector<std::string> short_names(std::string_view name);

/// What a file of that path says it is about: `cart` for `cart.cdx.json`, `sbom-cart.json`, `cart/sbom.json`,
/// `cart-1.2.3.bom.json`; empty when it says nothing.
[[nodiscard]] std::string name_in_path(std::string_view path);

}  // namespace postern::package
