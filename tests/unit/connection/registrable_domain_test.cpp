// SPDX-License-Identifier: Apache-2.0
// Whose a host name is.
#include "connection/registrable_domain.h"

#include <doctest/doctest.h>

using postern::connection::registrable_domain;

TEST_CASE("the registered part of a host name stands below a public suffix") {
  CHECK(registrable_domain("api.shop.example") == "shop.example");
  CHECK(registrable_domain("shop.example") == "shop.example");
  CHECK(registrable_domain("www.shop.co.uk") == "shop.co.uk");
  CHECK(registrable_domain("a.b.c.shop.com.au") == "shop.com.au");
}

TEST_CASE("below suffixes of the private section strangers live side by side") {
  CHECK(registrable_domain("team.github.io") == "team.github.io");
  CHECK(registrable_domain("shop.azurewebsites.net") == "shop.azurewebsites.net");
}

TEST_CASE("what nobody can register has no owner") {
  CHECK(registrable_domain("co.uk").empty());
  CHECK(registrable_domain("localhost").empty());
  CHECK(registrable_domain("10.0.0.1").empty());
  CHECK(registrable_domain("[::1]").empty());
  CHECK(registrable_domain("").empty());
  CHECK(registrable_domain("..").empty());
}
