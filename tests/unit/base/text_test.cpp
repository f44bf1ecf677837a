// SPDX-License-Identifier: Apache-2.0
// Text functions: boundaries of UTF-8, splitting, suggestions.
#include <doctest/doctest.h>
#include <postern/base/digest.h>
#include <postern/base/symbol.h>
#include <postern/base/text.h>

#include <array>

using namespace postern::base;

TEST_CASE("well-formed UTF-8 is recognised at its boundaries") {
  CHECK_FALSE(find_invalid_utf8("plain \xC2\x80 \xDF\xBF \xE0\xA0\x80 \xED\x9F\xBF \xF0\x90\x80\x80 \xF4\x8F\xBF\xBF"));
  CHECK(find_invalid_utf8("ab\xC0\x80") == 2);
  CHECK(find_invalid_utf8("\xED\xA0\x80") == 0);
  CHECK(find_invalid_utf8("\xE0\x9F\xBF") == 0);
  CHECK(find_invalid_utf8("\xF4\x90\x80\x80") == 0);
  CHECK(find_invalid_utf8("x\xF0\x90\x80") == 1);
}

TEST_CASE("splitting keeps empty pieces") { CHECK(split("a,,b,", ',').size() == 4); }

TEST_CASE("a near name is suggested, a far one is not") {
  constexpr std::array<std::string_view, 3> k_names{"exposure", "replicas", "image"};
  CHECK(did_you_mean("exposre", k_names) == "exposure");
  CHECK_FALSE(did_you_mean("zzzz", k_names));
}

TEST_CASE("a digest of parts does not depend on how they would concatenate") {
  CHECK(PartsDigest().add("ab").add("c").hex() != PartsDigest().add("a").add("bc").hex());
  CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("symbols of equal text are equal and ordered by text") {
  CHECK(Symbol("a") == Symbol(std::string("a")));
  CHECK(Symbol("a") < Symbol("b"));
  CHECK(Symbol() == Symbol(""));
}
