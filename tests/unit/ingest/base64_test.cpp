// SPDX-License-Identifier: Apache-2.0
// The vectors of RFC 4648 and what is refused.
#include <doctest/doctest.h>
#include <ingest/base64.h>

namespace postern::ingest {
namespace {

TEST_CASE("the vectors of RFC 4648 decode") {
  CHECK(decode_base64("") == "");
  CHECK(decode_base64("Zg==") == "f");
  CHECK(decode_base64("Zm8=") == "fo");
  CHECK(decode_base64("Zm9v") == "foo");
  CHECK(decode_base64("Zm9vYg==") == "foob");
  CHECK(decode_base64("Zm9vYmE=") == "fooba");
  CHECK(decode_base64("Zm9vYmFy") == "foobar");
  CHECK(decode_base64("Zm9v\n YmFy\n") == "foobar");
  CHECK(decode_base64("//79") == "\xff\xfe\xfd");
}

TEST_CASE("what is not base64 is refused") {
  for (const char* text : {"Z", "Zg", "Zg=", "Zm9", "=Zg=", "Zg==Zg==", "Zm9v=", "Zm9v====", "Zm9?", "<base64>"}) {
    CAPTURE(text);
    CHECK_FALSE(decode_base64(text));
  }
}

}  // namespace
}  // namespace postern::ingest
