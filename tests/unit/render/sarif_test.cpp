// SPDX-License-Identifier: Apache-2.0
// SARIF: what hosts read of a result, the limits of hosts, and names that cannot become anything else.
#include <doctest/doctest.h>
#include <render/sarif.h>
#include <render/uri.h>

#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "hostile_texts.h"
#include "sample.h"
#include "support/decision_filler.h"
#include "support/output_rules.h"

namespace postern::render {
namespace {

using Json = nlohmann::ordered_json;

Json run_of(const model::Decision& decision, const SarifLimits& limits = {}) {
  return Json::parse(sarif(decision, limits))["runs"][0];
}

const Json& result_of(const Json& run, std::string_view rule) {
  for (const Json& result : run["results"]) {
    if (result["ruleId"] == rule) return result;
  }
  FAIL("no result of " << rule);
  return run;
}

TEST_CASE("results say how they compare with the baseline, and what is gone is no result") {
  const Json run = run_of(test::sample_decision());
  CHECK(run["results"].size() == 6);
  CHECK(result_of(run, "SURFACE-NEW-INTERNET-PATH")["baselineState"] == "new");
  CHECK(result_of(run, "RESILIENCE-NO-PROBE")["baselineState"] == "updated");
  CHECK(result_of(run, "RESILIENCE-NO-BUDGET")["baselineState"] == "unchanged");
  CHECK(run_of(test::undecided_decision())["results"].empty());
}

TEST_CASE("without a baseline nothing is said to be new or old") {
  model::Decision decision = test::sample_decision();
  decision.reasons.push_back({model::Verdict::indeterminate, "baseline-missing", "none was named", ""});
  CHECK_FALSE(run_of(decision)["results"][0].contains("baselineState"));
}

TEST_CASE("levels follow the verdict, severities the band of the score") {
  const Json run = run_of(test::sample_decision());
  CHECK(result_of(run, "SURFACE-NEW-INTERNET-PATH")["level"] == "error");
  CHECK(result_of(run, "THIRD-PARTY-NEW-DATA-FLOW")["level"] == "warning");
  CHECK(result_of(run, "RESILIENCE-NO-BUDGET")["level"] == "note");
  const Json& rule = run["tool"]["driver"]["rules"][0];
  CHECK(rule["id"] == "SURFACE-NEW-INTERNET-PATH");
  CHECK(rule["name"] == "SurfaceNewInternetPath");
  CHECK(std::stod(rule["properties"]["security-severity"].get<std::string>()) >= 9.0);
  CHECK(rule["defaultConfiguration"]["level"] == "error");
  const Json& quiet = run["tool"]["driver"]["rules"][2];
  CHECK(quiet["defaultConfiguration"]["level"] == "warning");
  CHECK_FALSE(quiet["properties"].contains("security-severity"));
  CHECK(quiet["fullDescription"]["text"] == "There is no {{placeholder}} and no [link] (x).");
}

TEST_CASE("evidence: the first place, others, the path step by step, the entity") {
  const Json result = run_of(test::sample_decision())["results"][0];
  const Json& place = result["locations"][0];
  CHECK(place["physicalLocation"]["artifactLocation"]["uri"] == "deploy/cart/service.yaml");
  CHECK(place["physicalLocation"]["region"] == Json{{"startLine", 12}, {"startColumn", 5}});
  CHECK(place["message"]["text"] == "type: LoadBalancer");
  CHECK(place["logicalLocations"][0]["fullyQualifiedName"] == "shop/production/shop/cart");
  CHECK(place["logicalLocations"][0]["kind"] == "service");
  CHECK(result["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "deploy/cart/deployment.yaml");
  const Json& steps = result["codeFlows"][0]["threadFlows"][0]["locations"];
  CHECK(steps.size() == 4);
  CHECK(steps[0]["location"]["message"]["text"] == "internet");
  CHECK(steps[3]["location"]["message"]["text"] == "shop/customers-db");
}

TEST_CASE("a finding that was let through is suppressed") {
  const Json run = run_of(test::sample_decision());
  const Json& suppressions = result_of(run, "RESILIENCE-NO-BUDGET")["suppressions"];
  CHECK(suppressions[0]["kind"] == "external");
  CHECK(suppressions[0]["justification"] == "override OVR-17, until 2027-01-31T00:00:00Z, approved at a score of 14.0");
  CHECK_FALSE(result_of(run, "SURFACE-NEW-INTERNET-PATH").contains("suppressions"));
}

TEST_CASE("what could not be judged is in the invocation") {
  const Json run = run_of(test::undecided_decision());
  const Json& invocation = run["invocations"][0];
  CHECK(invocation["executionSuccessful"] == false);
  CHECK(invocation["exitCode"] == 3);
  std::set<std::string> ids;
  for (const Json& one : invocation["toolExecutionNotifications"]) ids.insert(one["descriptor"]["id"].get<std::string>());
  CHECK(ids == std::set<std::string>{"P1003", "baseline-missing", "input-unreadable", "rule-problem"});
}

TEST_CASE("more than hosts accept is left out from the end, and said") {
  model::Decision decision = test::sample_decision();
  const model::Finding last = decision.findings[4];
  for (int copy = 0; copy < 300; ++copy) decision.findings.push_back(last);
  for (const SarifLimits& limits : {SarifLimits{10, 10'000'000}, SarifLimits{5'000, 60'000}}) {
    const std::string text = sarif(decision, limits);
    const Json run = Json::parse(text)["runs"][0];
    CHECK(text.size() <= limits.bytes);
    CHECK(run["results"].size() <= limits.results);
    CHECK(run["results"].size() >= 5);
    CHECK(run["results"][0]["ruleId"] == "SURFACE-NEW-INTERNET-PATH");
    const Json& note = run["invocations"][0]["toolExecutionNotifications"][0];
    CHECK(note["descriptor"]["id"] == "results-left-out");
    const std::string missing = std::to_string(306 - run["results"].size()) + " results of 306 left out";
    CHECK(note["message"]["text"].get<std::string>().starts_with(missing));
  }
}

TEST_CASE("one result refers to no more places than hosts keep") {
  model::Decision decision = test::sample_decision();
  decision.findings[0].evidence.resize(2'000, decision.findings[0].evidence[1]);
  const Json result = run_of(decision)["results"][0];
  CHECK(result["locations"].size() + result["relatedLocations"].size() == 100);
}

TEST_CASE("paths become URI references in which nothing has a meaning") {
  CHECK(uri_of_path("deploy/a.yaml") == "deploy/a.yaml");
  CHECK(uri_of_path("a b/#1?%41.yaml") == "a%20b/%231%3F%2541.yaml");
  CHECK(uri_of_path("javascript:alert(1)") == "javascript%3Aalert%281%29");
  CHECK(uri_of_path("\xFF\\") == "%FF%5C");
  CHECK(uri_of_path("//host/x") == "file:///host/x");
}

TEST_CASE("hostile texts") {
  for (std::size_t items = 0; items < 4; ++items) {
    const std::string text = sarif(test::filled_decision(test::hostile_texts(), items));
    CHECK(test::broken_line_rule(text) == "");
    CHECK_NOTHROW(Json::parse(text));
  }
}

}  // namespace
}  // namespace postern::render
