// SPDX-License-Identifier: Apache-2.0
// Denials come back from their texts, and what later ones do not cover is dropped.
#include <doctest/doctest.h>
#include <postern/model/denial.h>

using namespace postern;
using namespace postern::model;

namespace {

using Texts = std::vector<std::string>;

Texts dropped(const Texts& before, const Texts& after) {
  std::vector<Symbol> was(before.begin(), before.end());
  std::vector<Symbol> is(after.begin(), after.end());
  return dropped_denials(was, is);
}

}  // namespace

TEST_CASE("a denial comes back from its text, whatever its values hold") {
  const Denial denials[] = {
      {},
      {{{"from.principals", {"a b", "c,d"}}, {"to.paths", {"/x=y", "100%"}}}},
      {{{"when.request.headers[a=b c]", {"*"}}, {"when.not:source.ip", {"10.0.0.0/8"}}}},
  };
  for (const Denial& denial : denials) {
    CAPTURE(to_string(denial));
    const auto back = denial_from(to_string(denial));
    REQUIRE(back.has_value());
    CHECK(*back == denial);
  }
  CHECK_FALSE(denial_from("").has_value());
  CHECK_FALSE(denial_from("to.paths").has_value());
}

TEST_CASE("a value with a comma is one value, so that nothing wide can hide in it") {
  CHECK(dropped({"to.paths=/admin"}, {"to.paths=x%2C*"}) == Texts{"to.paths=/admin"});
}

TEST_CASE("what is gone, narrower, excepted or conditional is dropped") {
  CHECK(dropped({"to.paths=/admin*"}, {}) == Texts{"to.paths=/admin*"});
  CHECK(dropped({"to.paths=/admin*,/debug"}, {"to.paths=/admin*"}) == Texts{"to.paths=/debug"});
  CHECK(dropped({"to.paths=/admin*"}, {"to.paths=/admin"}) == Texts{"to.paths=/admin*"});
  CHECK(dropped({"to.paths=/admin*"}, {"to.notPaths=/admin/open to.paths=/admin*"}) == Texts{"to.paths=/admin*"});
  CHECK(dropped({"to.methods=DELETE"}, {"to.methods=DELETE when.x=1"}) == Texts{"to.methods=DELETE"});
  CHECK(dropped({"*"}, {"to.paths=/admin"}) == Texts{"*"});
  CHECK(dropped({"*"}, {"from.principals=*"}) == Texts{"*"});
  CHECK(dropped({"to.notPaths=/a"}, {"to.notPaths=/a,/b"}) == Texts{"to.notPaths=/a"});
}

TEST_CASE("what is wider, split or beside the exceptions is kept") {
  CHECK(dropped({"to.paths=/admin"}, {"*"}).empty());
  CHECK(dropped({"to.paths=/admin/users"}, {"to.paths=/admin*"}).empty());
  CHECK(dropped({"to.paths=/a.php"}, {"to.paths=*.php"}).empty());
  CHECK(dropped({"to.methods=GET,POST"}, {"to.methods=GET", "to.methods=POST"}).empty());
  CHECK(dropped({"from.namespaces=a to.paths=/x"}, {"from.namespaces=a"}).empty());
  CHECK(dropped({"to.paths=/admin"}, {"to.notPaths=/health"}).empty());
  CHECK(dropped({"to.paths=/admin"}, {"to.paths=*"}).empty());
  CHECK(dropped({"to.notPaths=/a,/b"}, {"to.notPaths=/a"}).empty());
}
