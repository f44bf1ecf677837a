// SPDX-License-Identifier: Apache-2.0
// Findings that an override let through: what they carry while it holds, and when they count as new again.
#include <doctest/doctest.h>
#include <gate/rank.h>

#include <string>
#include <vector>

namespace postern::gate {
namespace {

using model::BaselineState;
using model::Finding;

Finding old_finding(std::int32_t tenths) {
  Finding finding;
  finding.fingerprint = "f";
  finding.state = BaselineState::unchanged;
  finding.risk.score_tenths = tenths;
  return finding;
}

Finding after(Finding finding, const model::AdmittedFinding& admitted, std::string_view now) {
  std::vector<Finding> findings = {std::move(finding)};
  readmit(findings, {admitted}, now);
  return findings.front();
}

TEST_CASE("an admission that holds is carried by its finding") {
  const model::AdmittedFinding admitted{"f", "OVR-1", "2027-01-01T00:00:00Z", 500};
  const Finding finding = after(old_finding(500), admitted, "2026-12-31T23:59:59Z");
  CHECK(finding.state == BaselineState::unchanged);
  REQUIRE(finding.admission);
  CHECK(finding.admission->override_id == "OVR-1");
  CHECK(finding.admission->expires == "2027-01-01T00:00:00Z");
  CHECK(finding.admission->approved_tenths == 500);
}

TEST_CASE("one that has expired, is malformed or was given for a lower score makes the finding new") {
  const std::string now = "2027-01-01T00:00:01Z";
  for (const model::AdmittedFinding& admitted :
       {model::AdmittedFinding{"f", "OVR-1", "2027-01-01T00:00:00Z", 500}, model::AdmittedFinding{"f", "OVR-1", "tomorrow", 500},
        model::AdmittedFinding{"f", "OVR-1", "2028-01-01T00:00:00Z", 499}}) {
    const Finding finding = after(old_finding(500), admitted, now);
    CHECK(finding.state == BaselineState::added);
    CHECK_FALSE(finding.admission);
  }
}

TEST_CASE("what nobody let through has no admission") {
  const Finding finding = after(old_finding(500), {"other", "OVR-1", "2028-01-01T00:00:00Z", 500}, "2027-01-01T00:00:00Z");
  CHECK(finding.state == BaselineState::unchanged);
  CHECK_FALSE(finding.admission);
}

}  // namespace
}  // namespace postern::gate
