// SPDX-License-Identifier: Apache-2.0
// JUnit and code quality: what fails, what is skipped, what is an error, and what no name can do to them.
#include <doctest/doctest.h>
#include <render/code_quality.h>
#include <render/junit.h>

#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "hostile_texts.h"
#include "sample.h"
#include "support/decision_filler.h"
#include "support/output_rules.h"
#include "support/xml_check.h"

namespace postern::render {
namespace {

using Json = nlohmann::ordered_json;

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST_CASE("JUnit: what blocks fails, warnings are skipped, what is gone passes") {
  const std::string text = junit(test::sample_decision());
  const test::XmlCheck check(text);
  CHECK(check.trouble() == "");
  CHECK(check.count("failure") == 2);
  CHECK(check.count("error") == 0);
  CHECK(check.count("skipped") == 5);  // a warning, two that resilience brings, an old one, a rule without an answer
  CHECK(holds(
      text,
      "<testcase name=\"shop/production/shop/RESILIENCE-NO-LIMIT\" classname=\"resilience.RESILIENCE-NO-LIMIT\" time=\"0\"/>"));
  CHECK(holds(text, "<testcase name=\"every subject\" classname=\"resilience.RESILIENCE-QUIET\" time=\"0\"/>"));
  CHECK(holds(text, "let through by override OVR-17"));
  CHECK(holds(text, "\nfix: Set spec.type of Service shop/cart back to ClusterIP"));
}

TEST_CASE("JUnit: what could not be judged is an error, so that no run looks green") {
  const std::string text = junit(test::undecided_decision());
  const test::XmlCheck check(text);
  CHECK(check.trouble() == "");
  CHECK(check.count("error") == 3);
  CHECK(holds(text, "name=\"baseline-missing\""));
  CHECK(test::XmlCheck(junit(test::quiet_decision())).count("error") == 0);
}

TEST_CASE("JUnit: what is left out for length is said") {
  const std::string text = junit(test::sample_decision(), 2);
  CHECK(holds(text, "5 findings left out for length"));
  CHECK(test::XmlCheck(text).count("failure") == 2);
}

TEST_CASE("code quality: blockers first, each with a file, a line and a fingerprint of its own") {
  const Json issues = Json::parse(code_quality(test::sample_decision()));
  CHECK(issues.size() == 5);  // neither what is gone nor what was let through
  CHECK(issues[0]["severity"] == "blocker");
  CHECK(issues[0]["location"] == Json{{"path", "deploy/cart/service.yaml"}, {"lines", {{"begin", 12}}}});
  CHECK(issues[2]["severity"] == "minor");
  CHECK(issues[4]["severity"] == "info");
  std::set<std::string> fingerprints;
  for (const Json& issue : issues) fingerprints.insert(issue["fingerprint"].get<std::string>());
  CHECK(fingerprints.size() == issues.size());
  CHECK(Json::parse(code_quality(test::quiet_decision())) == Json::array());
}

TEST_CASE("code quality: what is left out for length is said") {
  const Json issues = Json::parse(code_quality(test::sample_decision(), 2));
  CHECK(issues.size() == 3);
  CHECK(issues[2]["description"].get<std::string>().starts_with("3 findings left out"));
}

TEST_CASE("hostile texts stay texts") {
  for (std::size_t items = 0; items < 4; ++items) {
    const model::Decision decision = test::filled_decision(test::hostile_texts(), items);
    const std::string xml = junit(decision);
    CHECK(test::XmlCheck(xml).trouble() == "");
    CHECK(test::broken_line_rule(xml) == "");
    const std::string json = code_quality(decision);
    CHECK(test::broken_line_rule(json) == "");
    CHECK_NOTHROW(Json::parse(json));
  }
}

TEST_CASE("the judge of XML finds what is wrong") {
  const std::string head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  CHECK(test::XmlCheck(head + "<a b=\"c\"><d/>x&#60;</a>\n").trouble() == "");
  for (const std::string_view bad :
       {"<a>", "<a></b>", "<a b=\"c\" b=\"d\"/>", "<a>\x01</a>", "<a>&lt</a>", "<a>]]></a>", "x", "<a b=c/>"}) {
    CHECK(test::XmlCheck(head + std::string(bad)).trouble() != "");
  }
}

}  // namespace
}  // namespace postern::render
