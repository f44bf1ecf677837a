// SPDX-License-Identifier: Apache-2.0
// The rules of the scorer as properties over thousands of random factor sets: bounds, exact shares, monotony, indifference to
// order.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <vector>

#include "risk/scorer.h"
#include "unit/risk/factor_sets.h"

using namespace postern;
using namespace postern::risk;
using namespace postern::model;

namespace {

constexpr int k_sets = 5000;

std::int32_t score(const RiskFactors& factors) { return score_tenths(standard_model(), factors); }

/// A change after which the score may not be lower.
struct Worsening {
  const char* name;
  void (*apply)(RiskFactors& factors, FactorSets& draw);
};

/// Raises a known exploit maturity by one step; nothing is known to be above "inherent" and "kev".
void raise_maturity(RiskFactors& factors, FactorSets&) {
  switch (factors.maturity) {
    case ExploitMaturity::none:
      factors.maturity = ExploitMaturity::proof_of_concept;
      break;
    case ExploitMaturity::proof_of_concept:
      factors.maturity = ExploitMaturity::weaponised;
      break;
    case ExploitMaturity::weaponised:
      factors.maturity = ExploitMaturity::known_exploited;
      break;
    default:
      break;
  }
}

void raise_tier(RiskFactors& factors, FactorSets&) {
  constexpr BusinessTier k_next[] = {BusinessTier::normal, BusinessTier::high, BusinessTier::mission_critical,
                                     BusinessTier::mission_critical, BusinessTier::high};
  factors.tier = k_next[static_cast<std::size_t>(factors.tier)];
}

/// What is not known may not score below what is.
void forget_controls(RiskFactors& factors, FactorSets& draw) {
  for (EntryPath& path : factors.paths) {
    if (draw.below(2) != 0) path.authentication = AuthenticationKind::unknown;
    if (draw.below(2) != 0) path.network = NetworkControl::unknown;
  }
  for (DataInReach& data : factors.data) data.privilege = DataPrivilege::unknown;
  factors.code = CodeUse::unknown;
}

constexpr Worsening k_worsenings[] = {
    {"higher severity", [](RiskFactors& f, FactorSets&) { f.severity = f.severity ? *f.severity + 0.7 : 7.0; }},
    {"higher EPSS",
     [](RiskFactors& f, FactorSets& draw) {
       if (f.epss) f.epss = *f.epss + static_cast<double>(draw.below(100)) / 100;
     }},
    {"in KEV", [](RiskFactors& f, FactorSets&) { f.maturity = ExploitMaturity::known_exploited; }},
    {"higher maturity", raise_maturity},
    {"an extra path", [](RiskFactors& f, FactorSets& draw) { f.paths.push_back(draw.path()); }},
    {"a hop fewer",
     [](RiskFactors& f, FactorSets& draw) {
       for (EntryPath& path : f.paths) {
         if (!path.hops.empty()) path.hops.erase(path.hops.begin() + static_cast<std::ptrdiff_t>(draw.below(path.hops.size())));
       }
     }},
    {"no authentication",
     [](RiskFactors& f, FactorSets&) {
       for (EntryPath& path : f.paths) path.authentication = AuthenticationKind::none;
     }},
    {"open network",
     [](RiskFactors& f, FactorSets&) {
       for (EntryPath& path : f.paths) path.network = NetworkControl::open;
     }},
    {"controls forgotten", forget_controls},
    {"code called", [](RiskFactors& f, FactorSets&) { f.code = CodeUse::called; }},
    {"in production", [](RiskFactors& f, FactorSets&) { f.environment = EnvironmentClass::production; }},
    {"extra data", [](RiskFactors& f, FactorSets& draw) { f.data.push_back(draw.data()); }},
    {"nearer data",
     [](RiskFactors& f, FactorSets&) {
       for (DataInReach& data : f.data) data.hops /= 2;
     }},
    {"a higher tier", raise_tier},
    {"cross-border", [](RiskFactors& f, FactorSets&) { f.regulation = Regulation::cross_border; }},
    {"wider blast", [](RiskFactors& f, FactorSets&) { f.blast += 0.1; }},
};

}  // namespace

TEST_CASE("scores stay in bounds and shares add up exactly") {
  FactorSets draw(1);
  for (int i = 0; i < k_sets; ++i) {
    const RiskAssessment assessment = assess(standard_model(), draw.next());
    REQUIRE(assessment.score_tenths >= 0);
    REQUIRE(assessment.score_tenths <= 1000);
    std::int32_t lost = 0;
    for (const RiskFactorShare& share : assessment.shares) {
      REQUIRE(share.tenths_lost >= 0);
      REQUIRE_FALSE(share.explanation.empty());
      lost += share.tenths_lost;
    }
    REQUIRE(lost == 1000 - assessment.score_tenths);
    std::int32_t sources = 0;
    for (const ImpactSource& source : assessment.impact_sources) sources += source.tenths;
    REQUIRE(std::abs(sources - 1000 * assessment.impact) <= 3);
    REQUIRE(assessment.tenths_above_band_floor >= 0);
    REQUIRE(assessment.tenths_to_next_band.value_or(1) > 0);
  }
}

TEST_CASE("nothing that worsens a situation lowers its score") {
  FactorSets draw(2);
  for (const Worsening& worsening : k_worsenings) {
    CAPTURE(worsening.name);
    int raised = 0;
    for (int i = 0; i < k_sets / 2; ++i) {
      const RiskFactors before = draw.next();
      RiskFactors after = before;
      worsening.apply(after, draw);
      const std::int32_t change = score(after) - score(before);
      REQUIRE(change >= 0);
      if (change > 0) ++raised;
    }
    CHECK(raised > 0);  // the change does reach the score
  }
}

TEST_CASE("order, ids and duplicates change nothing") {
  FactorSets draw(3);
  for (int i = 0; i < k_sets; ++i) {
    const RiskFactors factors = draw.next();
    const RiskAssessment expected = assess(standard_model(), factors);
    RiskFactors shuffled = factors;
    draw.shuffle(shuffled.paths);
    draw.shuffle(shuffled.data);
    if (!shuffled.paths.empty()) shuffled.paths.push_back(shuffled.paths[draw.below(shuffled.paths.size())]);
    if (!shuffled.data.empty()) {
      const DataInReach again = shuffled.data[draw.below(shuffled.data.size())];
      if (!again.holder.empty()) shuffled.data.push_back(again);
    }
    REQUIRE(assess(standard_model(), shuffled) == expected);
    RiskFactors renamed = factors;
    for (DataInReach& data : renamed.data) {
      if (!data.holder.empty()) data.holder = "eu/" + data.holder;
    }
    for (EntryPath& path : renamed.paths) path.nodes = {"renamed"};
    REQUIRE(score(renamed) == expected.score_tenths);
  }
}

TEST_CASE("one holder counts a class once, by its riskiest entry") {
  RiskFactors factors;
  factors.paths = {{EntryZone::internet, {}, AuthenticationKind::none, NetworkControl::open, {}, {}}};
  factors.data = {{DataClass::personal, 3, DataPrivilege::least, "customers"}};
  RiskFactors worse = factors;
  worse.data.push_back({DataClass::personal, 1, DataPrivilege::admin, "customers"});
  RiskFactors worst_alone = factors;
  worst_alone.data = {worse.data.back()};
  CHECK(score(worse) == score(worst_alone));
  CHECK(score(worse) > score(factors));
  RiskFactors two_stores = worst_alone;
  two_stores.data.push_back({DataClass::personal, 1, DataPrivilege::admin, "orders"});
  CHECK(score(two_stores) > score(worst_alone));
}

TEST_CASE("what is out of range counts as the nearest bound") {
  RiskFactors factors;
  factors.severity = 14;
  factors.epss = 3;
  factors.blast = 7;
  RiskFactors bounded;
  bounded.severity = 10;
  bounded.epss = 1;
  bounded.blast = 1;
  CHECK(score(factors) == score(bounded));
  factors.severity = -2;
  CHECK(score(factors) == 0);
}
