// SPDX-License-Identifier: Apache-2.0
// Quantities in every notation.
#include <doctest/doctest.h>
#include <ingest/kubernetes/quantity.h>

#include <string>

namespace postern::ingest::kubernetes {
namespace {

TEST_CASE("processor time is read in thousandths") {
  CHECK(parse_thousandths("100m") == 100);
  CHECK(parse_thousandths("0.1") == 100);
  CHECK(parse_thousandths("1") == 1000);
  CHECK(parse_thousandths("1.5") == 1500);
  CHECK(parse_thousandths(".5") == 500);
  CHECK(parse_thousandths("2.") == 2000);
  CHECK(parse_thousandths("1e3") == 1'000'000);
  CHECK(parse_thousandths("0") == 0);
  CHECK(parse_thousandths("+2") == 2000);
  CHECK(parse_thousandths("100u") == 1);  // rounded up
  CHECK(parse_thousandths("1n") == 1);
  CHECK(parse_thousandths("1k") == 1'000'000);
}

TEST_CASE("memory is read in bytes, with every suffix") {
  CHECK(parse_whole("128Mi") == 134'217'728);
  CHECK(parse_whole("64M") == 64'000'000);
  CHECK(parse_whole("1Gi") == 1'073'741'824);
  CHECK(parse_whole("1.5Gi") == 1'610'612'736);
  CHECK(parse_whole("2Ti") == 2'199'023'255'552);
  CHECK(parse_whole("1Pi") == 1'125'899'906'842'624);
  CHECK(parse_whole("7Ei") == 8'070'450'532'247'928'832);
  CHECK(parse_whole("1E") == 1'000'000'000'000'000'000);
  CHECK(parse_whole("12e6") == 12'000'000);
  CHECK(parse_whole("12E6") == 12'000'000);
  CHECK(parse_whole("1e+3") == 1000);
  CHECK(parse_whole("1500e-3") == 2);  // rounded up
  CHECK(parse_whole("512Ki") == 524'288);
  CHECK(parse_whole("100") == 100);
  CHECK(parse_whole("1T") == 1'000'000'000'000);
  CHECK(parse_whole("1P") == 1'000'000'000'000'000);
}

TEST_CASE("what is no quantity gives nothing") {
  for (const char* text : {"",      "m",     "Mi",  "-1",   "1 Gi", "1gi", "1KB", "1Mib",
                           "1.2.3", "0x10",  "1e",  "1e99", "e3",   "9Ei", "10E", "99999999999999999999",
                           "1e1e1", "1_000", "NaN", "Inf"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_whole(text));
  }
  CHECK_FALSE(parse_whole(std::string(100'000, '9')));
  CHECK_FALSE(parse_thousandths("10P0"));
}

}  // namespace
}  // namespace postern::ingest::kubernetes
