// SPDX-License-Identifier: Apache-2.0
// CVSS: scores of known weaknesses, what is refused, severities.
#include <cvss/cvss.h>
#include <doctest/doctest.h>

namespace postern::cvss {
namespace {

double overall(std::string_view vector) {
  const Scoring scoring = score(vector);
  REQUIRE_MESSAGE(scoring.scores.has_value(), scoring.refusal);
  return scoring.scores->overall;
}

TEST_CASE("vectors of every version have their scores") {
  CHECK(overall("(AV:N/AC:L/Au:N/C:C/I:C/A:C)") == 10.0);
  CHECK(overall("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H") == 10.0);
  CHECK(overall("CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H") == 9.8);
  CHECK(overall("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H") == 10.0);
  CHECK(overall("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N") == 0.0);
}

TEST_CASE("malformed vectors are refused with a reason") {
  for (const char* vector : {"", "AV:N", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:X",
                             "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H/", "AC:L/AV:N/Au:N/C:C/I:C/A:C", "CVSS:5.0/AV:N"}) {
    CAPTURE(vector);
    const Scoring scoring = score(vector);
    CHECK_FALSE(scoring.scores.has_value());
    CHECK_FALSE(scoring.refusal.empty());
  }
}

TEST_CASE("severities follow the table of the version") {
  CHECK(severity_of(Version::v3_1, 9.0) == Severity::critical);
  CHECK(severity_of(Version::v2_0, 9.0) == Severity::high);
  CHECK(severity_of(Version::v4_0, 0.0) == Severity::none);
  CHECK(severity_of(Version::v3_1, 3.9) == Severity::low);
}

}  // namespace
}  // namespace postern::cvss
