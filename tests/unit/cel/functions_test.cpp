// SPDX-License-Identifier: Apache-2.0
// The tables of functions: every example is true, every signature reads back.
#include <set>

#include "cel/macros.h"
#include "support.h"

using namespace postern::cel;
using namespace postern::cel::test;

TEST_CASE("every function's example is true") {
  std::size_t examples = 0;
  for (const Function& function : standard_functions()) {
    if (function.example.empty()) continue;
    CAPTURE(function.signature());
    CAPTURE(function.example);
    CHECK(holds(function.example));
    ++examples;
  }
  CHECK(examples > 150);
}

TEST_CASE("every macro's example is true") {
  for (const MacroRow& macro : macros()) {
    CAPTURE(macro.example);
    CHECK(holds(macro.example));
  }
}

TEST_CASE("signatures are distinct and described") {
  std::set<std::string> seen;
  for (const Function& function : standard_functions()) {
    CAPTURE(function.signature());
    CHECK(seen.insert(function.signature()).second);
    CHECK(function.description.ends_with('.'));
  }
}

TEST_CASE("signatures are read and printed") {
  CHECK(parse_signature("size(list(A)) -> int")->signature() == "size(list(A)) -> int");
  CHECK(parse_signature("list(string).join(string) -> string")->signature() == "list(string).join(string) -> string");
  CHECK(parse_signature("net.IP.family() -> int")->name == "family");
  const auto namespaced = parse_signature("::math.abs(int) -> int");
  REQUIRE(namespaced);
  CHECK(namespaced->name == "math.abs");
  CHECK(namespaced->style == CallStyle::global);
  CHECK_FALSE(parse_signature("size(list(A) -> int"));
  CHECK_FALSE(parse_signature("size(int)"));
  CHECK_FALSE(parse_signature("size(int,) -> int"));
}
