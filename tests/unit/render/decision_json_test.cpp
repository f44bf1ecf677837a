// SPDX-License-Identifier: Apache-2.0
// The decision as JSON: it comes back whole, it fits its schema, and what was meddled with is refused.
#include <doctest/doctest.h>
#include <render/decision_json.h>
#include <render/reports.h>

#include <nlohmann/json.hpp>
#include <string>

#include "hostile_texts.h"
#include "sample.h"
#include "schema_check.h"
#include "support/decision_filler.h"
#include "support/output_rules.h"

namespace postern::render {
namespace {

using Json = nlohmann::ordered_json;

std::vector<model::Decision> samples() {
  return {test::sample_decision(), test::quiet_decision(), test::undecided_decision(), model::Decision{},
          test::filled_decision(test::hostile_texts(), 5)};
}

/// The codes that reading `text` gives.
std::string codes_of(const std::string& text) {
  base::DiagnosticSink sink;
  const bool is_read = read_decision(text, "decision.json", sink).has_value();
  CHECK(is_read != sink.has_errors());
  std::string codes;
  for (const base::Diagnostic& found : sink.all()) codes += (codes.empty() ? "" : " ") + found.code;
  return codes;
}

std::string changed(const std::string& path, const Json& value) {
  Json json = Json::parse(decision_json(test::sample_decision()));
  json[Json::json_pointer(path)] = value;
  return json.dump();
}

TEST_CASE("a decision that was written is read back whole") {
  for (const model::Decision& decision : samples()) {
    const std::string written = decision_json(decision);
    base::DiagnosticSink sink;
    const auto read = read_decision(written, "decision.json", sink);
    for (const base::Diagnostic& found : sink.all()) FAIL_CHECK(to_string(found.location) << ": " << found.message);
    REQUIRE(read);
    CHECK(decision_json(*read) == written);
    CHECK(decision_id(*read) == decision_id(decision));
    CHECK(test::broken_rule(written) == "");
    CHECK(written.ends_with("}\n"));
  }
}

TEST_CASE("decisions fit their schema") {
  test::SchemaCheck check(Json::parse(schema("decision")));
  for (const model::Decision& decision : {test::sample_decision(), test::quiet_decision(), test::undecided_decision()}) {
    const std::vector<std::string> troubles = check(Json::parse(decision_json(decision)));
    for (const std::string& trouble : troubles) FAIL_CHECK(trouble);
  }
  CHECK_FALSE(check(Json::parse(changed("/verdict", "maybe"))).empty());
  CHECK_FALSE(check(Json::parse(changed("/findings/0/extra", 1))).empty());
  CHECK_FALSE(check(Json::parse(changed("/findings/0/risk/score", 100.1))).empty());
  CHECK(schema("nothing").empty());
}

TEST_CASE("scores are decimals with one digit, and dangerous characters are escapes") {
  const std::string written = decision_json(test::sample_decision());
  CHECK(written.find("\"score\": 76.2") != std::string::npos);
  CHECK(written.find("\\u202egnp.yaml") != std::string::npos);
  CHECK(written.find("##vso\\u005btask.complete]") != std::string::npos);
  CHECK(Json::parse(written)["changes"][8]["after"] == "\x1b[31mred ##vso[task.complete]");
}

TEST_CASE("the keys that others rely on") {
  const Json json = Json::parse(decision_json(test::sample_decision()));
  CHECK(json["verdict"] == "block");
  CHECK(json["exit_code"] == 1);
  CHECK(json["environment"] == "live");
  CHECK(json["environment_class"] == "production");
  CHECK(json["application"] == "shop");
  CHECK(json["changes"][5]["attribute"] == "server.image");
  CHECK(json["changes"][5]["before"] == "registry.shop.example/cart:2.3.0");
  CHECK_FALSE(json["changes"][6].contains("before"));
  CHECK(json["renames"][0]["added"] == "shop/notifications-v2");
  CHECK(json["findings"][0]["evidence"][0]["line"] == 12);
  CHECK(json["findings"][0]["blocks"] == true);
  CHECK(json["digests"]["decision"].get<std::string>().size() == 64);
}

TEST_CASE("what was meddled with is refused") {
  CHECK(codes_of(decision_json(test::sample_decision())) == "");
  CHECK(codes_of(changed("/verdict", "pass")) == "P8005");
  CHECK(codes_of(changed("/digests/decision", "00")) == "P8005");
  CHECK(codes_of(changed("/verdict", "passed")) == "P8003");
  CHECK(codes_of(changed("/exit_code", "1")) == "P8003");
  CHECK(codes_of(changed("/findings/0/risk/score", 76.25)) == "P8003");
  CHECK(codes_of(changed("/top", Json::array({0, -1}))) == "P8003");
  CHECK(codes_of(changed("/findings", 7)) == "P8003");
  CHECK(codes_of(changed("/verdct", "pass")) == "P8001");
  CHECK(codes_of(changed("/schema_version", 2)) == "P8004");
  CHECK(codes_of(changed("/top", Json::array({7}))) == "P8006");
  Json json = Json::parse(decision_json(test::quiet_decision()));
  json.erase("funnel");
  CHECK(codes_of(json.dump()) == "P8002");
}

TEST_CASE("trouble has a place, and misspelt names a suggestion") {
  base::DiagnosticSink sink;
  CHECK_FALSE(read_decision("{\n  \"schema_version\": 1,\n  \"verdct\": \"pass\"\n}", "d.json", sink));
  const auto all = sink.all();
  const auto found = std::find_if(all.begin(), all.end(), [](const auto& one) { return one.code == "P8001"; });
  REQUIRE(found != all.end());
  CHECK(to_string(found->location) == "d.json:3:3");
  CHECK(found->hint == "did you mean 'verdict'?");
  for (const std::string text : {"", "[]", "{", "null", "{\"a\": 1, \"a\": 2}"}) {
    base::DiagnosticSink other;
    CHECK_FALSE(read_decision(text, "d.json", other));
    CHECK(other.has_errors());
  }
}

TEST_CASE("the id depends on every field") {
  const std::string id = decision_id(test::sample_decision());
  model::Decision other = test::sample_decision();
  CHECK(decision_id(other) == id);
  other.findings[3].evidence[0].location.line = 9;
  CHECK(decision_id(other) != id);
}

}  // namespace
}  // namespace postern::render
