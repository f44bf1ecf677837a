// SPDX-License-Identifier: Apache-2.0
// Names under which an image, a bill of materials and its file mean the same.
#include "package/image_name.h"

#include <doctest/doctest.h>

namespace postern::package {
namespace {

TEST_CASE("an image reference is taken apart, and its repository is complete") {
  const ImageName whole = image_name("Registry.sample:5000/team/cart:1.4@sha256:ab");
  CHECK(whole.repository == "registry.sample:5000/team/cart");
  CHECK(whole.tag == "1.4");
  CHECK(whole.digest == "sha256:ab");
  CHECK(image_name("registry.sample:5000/cart").tag.empty());
  for (const char* redis :
       {"redis", "redis:7", "library/redis", "docker.io/redis", "docker.io/library/redis", "index.docker.io/library/redis"})
    CHECK_MESSAGE(image_name(redis).repository == "docker.io/library/redis", redis);
  CHECK(image_name("bitnami/redis").repository == "docker.io/bitnami/redis");
}

TEST_CASE("a name is also known by its last part") {
  CHECK(short_names("github.com/Sample/cart") == std::vector<std::string>{"github.com/sample/cart", "cart"});
  CHECK(short_names("github.com/sample/cart/v2") == std::vector<std::string>{"github.com/sample/cart/v2", "cart"});
  CHECK(short_names("ghcr.io/sample/cart:1.4") == std::vector<std::string>{"ghcr.io/sample/cart:1.4", "cart"});
  CHECK(short_names("cart") == std::vector<std::string>{"cart"});
  CHECK(short_names("").empty());
}

TEST_CASE("the name of a file says what it is about, if anything") {
  CHECK(name_in_path("out/cart.cdx.json") == "cart");
  CHECK(name_in_path("sbom-cart.json") == "cart");
  CHECK(name_in_path("cart_sbom.json") == "cart");
  CHECK(name_in_path("services/cart/sbom.json") == "cart");
  CHECK(name_in_path("services/cart/bom.cdx.json") == "cart");
  CHECK(name_in_path("proton-bridge-v1.6.3.bom.json") == "proton-bridge");
  CHECK(name_in_path("order-api.spdx.json") == "order-api");
  CHECK(name_in_path("sbom.json").empty());
  CHECK(name_in_path("sbom/bom.json").empty());
}

}  // namespace
}  // namespace postern::package
