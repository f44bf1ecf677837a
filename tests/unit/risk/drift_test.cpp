// SPDX-License-Identifier: Apache-2.0
// The drift of risk: exact, antisymmetric, and said in words.
#include "risk/drift.h"

#include <doctest/doctest.h>

#include <cmath>

#include "risk/scorer.h"
#include "unit/risk/factor_sets.h"

using namespace postern;
using namespace postern::risk;
using namespace postern::model;

namespace {

/// An open internet API with internal data one hop away.
RiskFactors open_api() {
  RiskFactors factors;
  factors.severity = 8.0;
  factors.maturity = ExploitMaturity::inherent;
  factors.paths = {{EntryZone::internet, {HopKind::proxy}, AuthenticationKind::none, NetworkControl::unknown, {}, {}}};
  factors.data = {{DataClass::internal, 1, DataPrivilege::unknown, {}}};
  factors.blast = .1;
  return factors;
}

}  // namespace

TEST_CASE("an API that starts to return PII drifts from 53.8 to 76.2, all of it from the impact") {
  RiskFactors after = open_api();
  after.data = {{DataClass::personal, 0, DataPrivilege::unknown, {}}};
  after.regulation = Regulation::any;
  const RiskDrift result = drift(standard_model(), open_api(), after);
  CHECK(result.before_tenths == 538);
  CHECK(result.after_tenths == 762);
  CHECK(result.before == doctest::Approx(53.79444375946745).epsilon(1e-12));
  CHECK(result.after == doctest::Approx(76.18542610898376).epsilon(1e-12));
  CHECK(result.shares.front().factor == RiskFactorKind::impact);
  CHECK(result.shares.front().points == doctest::Approx(22.390982349516303).epsilon(1e-12));
  CHECK(result.shares.front().tenths == 224);
  CHECK(result.text == "53.8 -> 76.2, all of it from newly reachable PII and regulation none -> any");
}

TEST_CASE("the words of a drift name its factors, greatest first") {
  RiskFactors after = open_api();
  after.data.push_back({DataClass::personal, 1, DataPrivilege::unknown, {}});
  CHECK(drift(standard_model(), open_api(), open_api()).text == "53.8 -> 53.8, unchanged");
  CHECK(drift(standard_model(), open_api(), after).text == "53.8 -> 74.9, all of it from newly reachable PII");
  CHECK(drift(standard_model(), after, open_api()).text == "74.9 -> 53.8, all of it from no longer reachable PII");
  after.paths.front().authentication = AuthenticationKind::user;
  after.data.push_back({DataClass::credential, 1, DataPrivilege::unknown, {}});
  CHECK(drift(standard_model(), open_api(), after).text ==
        "53.8 -> 62.6: +25.5 from newly reachable credentials and PII; -16.7 from the easiest path: internet > proxy, "
        "authentication none, "
        "network unknown -> internet > proxy, authentication user, network unknown");
}

TEST_CASE("the split is exact and antisymmetric") {
  FactorSets draw(4);
  for (int i = 0; i < 5000; ++i) {
    const RiskFactors before = draw.next();
    const RiskFactors after = draw.next();
    const RiskDrift there = drift(standard_model(), before, after);
    const RiskDrift back = drift(standard_model(), after, before);
    REQUIRE(there.before_tenths == score_tenths(standard_model(), before));
    double points = 0;
    std::int32_t tenths = 0;
    for (std::size_t f = 0; f < there.shares.size(); ++f) {
      points += there.shares[f].points;
      tenths += there.shares[f].tenths;
      REQUIRE(there.shares[f].points == -back.shares[f].points);
      REQUIRE(there.shares[f].tenths == -back.shares[f].tenths);
      REQUIRE(std::abs(there.shares[f].tenths - 10 * there.shares[f].points) < 2);
    }
    REQUIRE(std::abs(points - (there.after - there.before)) < 1e-9);
    REQUIRE(tenths == there.after_tenths - there.before_tenths);
  }
}

TEST_CASE("a factor that did not change has no share") {
  FactorSets draw(5);
  for (int i = 0; i < 1000; ++i) {
    const RiskFactors before = draw.next();
    RiskFactors after = before;
    after.environment = draw.any<EnvironmentClass>();
    for (const RiskDriftShare& share : drift(standard_model(), before, after).shares) {
      if (share.factor == RiskFactorKind::environment) continue;
      REQUIRE(share.points == 0);
      REQUIRE(share.tenths == 0);
    }
  }
}
