// SPDX-License-Identifier: Apache-2.0
// The reference cases of the score: written down with their bands before the formula was fixed, and never moved since.
#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "risk/scorer.h"

using namespace postern;
using namespace postern::risk;
using namespace postern::model;

namespace {

constexpr auto k_proxy = HopKind::proxy;
constexpr auto k_service = HopKind::service;

EntryPath from(EntryZone zone, std::vector<HopKind> hops = {}, AuthenticationKind authentication = AuthenticationKind::unknown,
               NetworkControl network = NetworkControl::unknown) {
  return {zone, std::move(hops), authentication, network, {}, {}};
}

EntryPath internet(std::vector<HopKind> hops, AuthenticationKind authentication = AuthenticationKind::unknown,
                   NetworkControl network = NetworkControl::unknown) {
  return from(EntryZone::internet, std::move(hops), authentication, network);
}

DataInReach reach(DataClass data_class, std::uint32_t hops = 1, DataPrivilege privilege = DataPrivilege::unknown) {
  return {data_class, hops, privilege, {}};
}

RiskFactors finding(double severity, EntryPath path) {
  RiskFactors factors;
  factors.severity = severity;
  factors.paths = {std::move(path)};
  return factors;
}

RiskFactors with(RiskFactors factors, std::vector<DataInReach> data, Regulation regulation = Regulation::none, double blast = 0,
                 BusinessTier tier = BusinessTier::unknown) {
  factors.data = std::move(data);
  factors.regulation = regulation;
  factors.blast = blast;
  factors.tier = tier;
  return factors;
}

RiskFactors exploited(RiskFactors factors, ExploitMaturity maturity, std::optional<double> epss = std::nullopt) {
  factors.maturity = maturity;
  factors.epss = epss;
  return factors;
}

struct Case {
  const char* title;
  RiskFactors factors;
  std::int32_t score_tenths;
  Band band;
};

/// CVSS 7.5 in an internet API behind a user login with PII.
RiskFactors login_api() {
  return with(finding(7.5, internet({k_proxy}, AuthenticationKind::user)), {reach(DataClass::personal)}, Regulation::any, .1);
}

/// First use of a library with CVE 9.8, a proof of concept and EPSS 0.4.
RiskFactors new_library(NetworkControl network, EnvironmentClass environment) {
  RiskFactors factors = with(finding(9.8, internet({k_proxy}, AuthenticationKind::unknown, network)), {reach(DataClass::personal)},
                             Regulation::any, .2);
  factors.environment = environment;
  return exploited(factors, ExploitMaturity::proof_of_concept, .4);
}

RiskFactors never_loaded() {
  RiskFactors factors = with(finding(9.8, internet({k_proxy})), {reach(DataClass::payment_card)}, Regulation::several, 0,
                             BusinessTier::mission_critical);
  factors.code = CodeUse::not_loaded;
  return factors;
}

const std::vector<Case>& cases() {
  static const std::vector<Case> all{
      {"isolated monolith without sensitive data", finding(9.9, from(EntryZone::none)), 22, Band::low},
      {"internet-facing API connected to a PII database",
       with(finding(8.2, internet({k_proxy})), {reach(DataClass::personal)}, Regulation::any, .2), 700, Band::critical},
      {"payment service, PCI, mission-critical",
       with(finding(9.3, internet({k_proxy})), {reach(DataClass::payment_card)}, Regulation::several, .3,
            BusinessTier::mission_critical),
       829, Band::critical},
      {"the same severity in an account service on the corporate network",
       with(finding(9.3, from(EntryZone::corporate)), {reach(DataClass::personal)}, Regulation::any, .1), 154, Band::low},
      {"known exploited, a proxy and two services deep, PHI",
       exploited(with(finding(10, internet({k_proxy, k_service, k_service})), {reach(DataClass::health)}, Regulation::any, .3,
                      BusinessTier::high),
                 ExploitMaturity::known_exploited),
       494, Band::high},
      {"known exploited on a marketing site without data",
       exploited(with(finding(9.8, internet({k_proxy}, AuthenticationKind::none)), {}, Regulation::none, 0, BusinessTier::low),
                 ExploitMaturity::known_exploited),
       353, Band::medium},
      {"EPSS 0.001 behind a user login, PII", exploited(login_api(), ExploitMaturity::unknown, .001), 370, Band::medium},
      {"the same with EPSS 0.9 and KEV", exploited(login_api(), ExploitMaturity::known_exploited, .9), 552, Band::high},
      {"a library shipped but never loaded", never_loaded(), 128, Band::low},
      {"hard-coded production database password",
       exploited(with(finding(9.0, internet({k_proxy, k_service})), {reach(DataClass::credential), reach(DataClass::personal)},
                      Regulation::any, .3, BusinessTier::high),
                 ExploitMaturity::inherent),
       649, Band::high},
      {"drift: an open internet API starts to return PII",
       exploited(
           with(finding(8.0, internet({k_proxy}, AuthenticationKind::none)), {reach(DataClass::personal, 0)}, Regulation::any, .1),
           ExploitMaturity::inherent),
       762, Band::critical},
      {"drift: an EU application starts to use a US PII database",
       exploited(with(finding(7.0, internet({k_proxy}, AuthenticationKind::user)), {reach(DataClass::personal)},
                      Regulation::cross_border, .2, BusinessTier::high),
                 ExploitMaturity::inherent),
       566, Band::high},
      {"drift: a new microservice opens a flow to the payments database",
       exploited(
           with(finding(6.0, internet({k_proxy, k_service}, AuthenticationKind::mutual_tls)),
                {reach(DataClass::payment_card, 1, DataPrivilege::read)}, Regulation::any, .2, BusinessTier::mission_critical),
           ExploitMaturity::inherent),
       284, Band::medium},
      {"drift: first use of a library with CVE 9.8", new_library(NetworkControl::unknown, EnvironmentClass::production), 790,
       Band::critical},
      {"the same in staging behind a VPN", new_library(NetworkControl::vpn, EnvironmentClass::staging), 166, Band::low},
  };
  return all;
}

}  // namespace

TEST_CASE("reference cases keep their score and band") {
  for (const Case& row : cases()) {
    CAPTURE(row.title);
    const RiskAssessment assessment = assess(standard_model(), row.factors);
    CHECK(assessment.score_tenths == row.score_tenths);
    CHECK(assessment.band == row.band);
  }
}

TEST_CASE("unknown inputs are listed and nothing else is") {
  const RiskFactors factors = with(finding(8.2, internet({k_proxy})), {reach(DataClass::personal)}, Regulation::any, .2);
  CHECK(assess(standard_model(), factors).unknown == std::vector<std::string>{"epss/maturity", "auth", "code", "tier"});
  RiskFactors nothing;
  CHECK(assess(standard_model(), nothing).unknown == std::vector<std::string>{"epss/maturity", "code", "tier", "severity"});
  nothing.severity = 7.0;
  RiskFactors without_severity = nothing;
  without_severity.severity.reset();
  CHECK(score_tenths(standard_model(), nothing) == score_tenths(standard_model(), without_severity));
}

TEST_CASE("the explaining path is the easiest one, with its words") {
  RiskFactors factors = finding(9.0, from(EntryZone::corporate));
  factors.paths.push_back(internet({k_proxy, k_service}, AuthenticationKind::user, NetworkControl::open));
  const RiskAssessment assessment = assess(standard_model(), factors);
  REQUIRE(assessment.path);
  CHECK(assessment.path->entry == EntryZone::internet);
  const auto share = std::ranges::find(assessment.shares, RiskFactorKind::reachability, &RiskFactorShare::factor);
  REQUIRE(share != assessment.shares.end());
  CHECK(share->explanation == "internet > proxy > service, authentication user, network open");
}

TEST_CASE("the distance to the next band is told") {
  const RiskAssessment assessment = assess(standard_model(), finding(9.9, from(EntryZone::none)));
  CHECK(assessment.tenths_above_band_floor == 22);
  CHECK(assessment.tenths_to_next_band == 178);
  const RiskAssessment highest = assess(standard_model(), new_library(NetworkControl::unknown, EnvironmentClass::production));
  CHECK(highest.tenths_above_band_floor == 140);
  CHECK_FALSE(highest.tenths_to_next_band);
}

TEST_CASE("the score after a fix is the score of the fixed factors") {
  const RiskFactors factors = login_api();
  const RiskFactors fixed = without(factors, ImpactSourceKind::data);
  const RiskAssessment assessment = assess(standard_model(), factors, fixed);
  CHECK(assessment.score_after_fix_tenths == assess(standard_model(), fixed).score_tenths);
  CHECK(*assessment.score_after_fix_tenths < assessment.score_tenths);
  CHECK(score_without(standard_model(), factors, RiskFactorKind::severity) == 0);
  CHECK(score_without(standard_model(), factors, RiskFactorKind::reachability) < 20);
}
