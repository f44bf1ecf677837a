// SPDX-License-Identifier: Apache-2.0
// What is wrong with a pack is said all at once, with its place; a wrong pack is never used.
#include <doctest/doctest.h>
#include <postern/base/error.h>

#include <algorithm>

#include "policy/codes.h"
#include "policy/pack.h"
#include "unit/policy/sample.h"

using namespace postern;
using namespace postern::policy;

namespace {

/// The diagnostics of loading these rules, which must be refused.
std::vector<base::Diagnostic> troubles_of(const std::vector<PackFile>& files, PackOrigin origin = PackOrigin::custom) {
  base::DiagnosticSink sink;
  CHECK_THROWS_AS((void)load_packs(files, origin, sink), UsageError);
  return sink.all();
}

std::vector<base::Diagnostic> errors_of(const std::string& rules) {
  std::vector<base::Diagnostic> all = troubles_of(sample::pack_files(rules));
  std::erase_if(all, [](const base::Diagnostic& row) { return row.severity != base::Severity::error; });
  return all;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

const std::string k_good = sample::rule("GOOD", "entity", "entity.kind == 'service'");

}  // namespace

TEST_CASE("a misspelt attribute is found at load, with a caret and a suggestion") {
  const auto errors = errors_of(sample::rule("X", "entity", "entity.exposre == 'internet'"));
  REQUIRE(errors.size() == 1);
  CHECK(errors[0].code == "P3009");
  CHECK(to_string(errors[0].location) == "packs/test/pack.yaml:8:11");
  CHECK(errors[0].context == std::vector<std::string>{"pack test", "rule X", "when"});
  CHECK(errors[0].message.find("exposre") != std::string::npos);
  CHECK(errors[0].message.find("entity.exposre == 'internet'\n") != std::string::npos);
  CHECK(errors[0].message.find("      ^") != std::string::npos);
  CHECK(errors[0].hint.find("exposure") != std::string::npos);
}

TEST_CASE("a variable of another subject is not there") {
  const auto errors = errors_of(sample::rule("X", "relation", "entity.kind == 'service'"));
  REQUIRE(errors.size() == 1);
  CHECK(errors[0].code == "P3009");
}

TEST_CASE("a condition must come to true or false, a message to a text, a severity to a number") {
  auto errors = errors_of(sample::rule("X", "entity", "entity.name"));
  REQUIRE(errors.size() == 1);
  CHECK(errors[0].code == "P3010");
  CHECK(errors[0].message == "'when' must come to bool, but this expression comes to string: entity.name");
  errors = errors_of(replaced(k_good, "message: entity.name", "message: entity.containers"));
  REQUIRE(errors.size() == 1);
  CHECK(errors[0].code == "P3010");
  errors = errors_of(sample::rule("X", "entity", "true", "", "report", "entity.name"));
  REQUIRE(errors.size() == 1);
  CHECK(errors[0].message.find("double or int") != std::string::npos);
}

TEST_CASE("a misspelt key is found, with a suggestion") {
  const auto errors = errors_of(k_good + "    remediaton: again\n");
  REQUIRE(errors.size() == 1);
  CHECK(errors[0].code == "P3003");
  CHECK(errors[0].message == "unknown key 'remediaton'");
  CHECK(errors[0].hint == "did you mean 'remediation'?");
  CHECK(errors[0].location.line == 15);
}

TEST_CASE("on_unknown must be said") {
  const auto errors = errors_of(replaced(k_good, "    on_unknown: report\n", ""));
  REQUIRE(errors.size() == 1);
  CHECK(errors[0].code == "P3004");
  CHECK(errors[0].message == "the key 'on_unknown' is missing");
}

TEST_CASE("values that a key does not take are refused with those that it takes") {
  struct Row {
    const char* from;
    const char* to;
    const char* code;
  };
  const Row rows[] = {
      {"on_unknown: report", "on_unknown: ignore", "P3006"},
      {"enforcement: soft", "enforcement: softt", "P3006"},
      {"severity: 5.0", "severity: 11", "P3006"},
      {"subject: entity", "subject: weakness", "P3006"},
      {"id: GOOD", "id: good rule", "P3006"},
      {"title: Title of GOOD", "title: ''", "P3005"},
      {"title: Title of GOOD", "title: [a]", "P3005"},
      {"message: entity.name", "message: {a: b}", "P3005"},
      {"enforcement: soft", "enforcement: soft\n    block_at: top", "P3006"},
      {"enforcement: soft", "enforcement: soft\n    on: [added]", "P3006"},
      {"enforcement: soft", "enforcement: soft\n    evidence: [exposre]", "P3006"},
      {"enforcement: soft", "enforcement: soft\n    tests: tests/none.yaml", "P3006"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.to);
    const auto errors = errors_of(replaced(k_good, row.from, row.to));
    REQUIRE_FALSE(errors.empty());
    CHECK(errors[0].code == row.code);
  }
}

TEST_CASE("all troubles of a pack are told at once") {
  const auto errors = errors_of(sample::rule("A", "entity", "entity.nme == ''") + sample::rule("B", "entity", "1 +") +
                                sample::rule("C", "entity", "entity.kind == 'service'", "    colour: red\n"));
  CHECK(errors.size() == 3);
}

TEST_CASE("ids of rules are unique over all packs") {
  std::vector<PackFile> files = sample::pack_files(k_good);
  files.push_back({"packs/other/pack.yaml", replaced(files[0].text, "name: test", "name: other")});
  const auto all = troubles_of(files);
  const auto duplicate = std::find_if(all.begin(), all.end(), [](const auto& row) { return row.code == k_duplicate_rule; });
  REQUIRE(duplicate != all.end());
  CHECK(duplicate->message.find("packs/other/pack.yaml:5:5") != std::string::npos);
}

TEST_CASE("hostile or foreign files are refused, never used in part") {
  CHECK(troubles_of({})[0].code == "P3013");
  CHECK(troubles_of({{"a/pack.yaml", ""}})[0].code == "P3001");
  CHECK(troubles_of({{"a/pack.yaml", "- a\n- b\n"}})[0].code == "P3005");
  CHECK(troubles_of({{"a/pack.yaml", "apiVersion: v1\nkind: ConfigMap\n"}})[0].code == "P3002");
  CHECK(troubles_of({{"a/pack.yaml", "a: [1\n"}}).back().code == "P3001");
  const auto two = sample::pack_files(k_good + "---\n" + "a: b\n");
  CHECK(troubles_of(two)[0].code == "P3001");
}

TEST_CASE("a shipped rule needs a case that fires and one that must not; others are warned about") {
  const auto shipped = troubles_of(sample::pack_files(k_good), PackOrigin::shipped);
  REQUIRE(shipped.size() == 2);
  CHECK(shipped[0].code == "P3011");
  base::DiagnosticSink sink;
  CHECK(load_packs(sample::pack_files(k_good), PackOrigin::custom, sink).rule_count() == 1);
  REQUIRE(sink.all().size() == 2);
  CHECK(sink.all()[0].severity == base::Severity::warning);
  CHECK(sink.all()[0].message == "the rule has no case that fires");
}

TEST_CASE("a case about a rule that the pack does not have is found") {
  std::vector<PackFile> files = sample::pack_files(k_good);
  files.push_back(
      {"packs/test/tests/a.yaml", "apiVersion: postern/v1\nkind: PolicyTests\ncases:\n  - {name: one, rule: GOAD, fires: []}\n"});
  const auto all = troubles_of(files);
  const auto row = std::find_if(all.begin(), all.end(), [](const auto& one) { return one.code == k_unknown_rule; });
  REQUIRE(row != all.end());
  CHECK(row->hint == "did you mean 'GOOD'?");
}

TEST_CASE("the digest of a pack depends on its files and on nothing else") {
  base::DiagnosticSink sink;
  std::vector<PackFile> files = sample::pack_files(k_good);
  const std::string digest = load_packs(files, PackOrigin::custom, sink).digest();
  files.push_back({"packs/test/README.md", "hello"});
  CHECK(load_packs(files, PackOrigin::custom, sink).digest() == digest);
  files[0].path = "elsewhere/pack.yaml";
  CHECK(load_packs(files, PackOrigin::custom, sink).digest() == digest);
  files[0].text += "# a word\n";
  CHECK(load_packs(files, PackOrigin::custom, sink).digest() != digest);
}

TEST_CASE("rules may stand in files of their own") {
  std::vector<PackFile> files = {
      {"test/pack.yaml", "apiVersion: postern/v1\nkind: PolicyPack\nmetadata: {name: test, version: 1.0.0}\n"},
      {"test/rules/a.yaml", "apiVersion: postern/v1\nkind: PolicyRules\nrules:\n" + k_good}};
  base::DiagnosticSink sink;
  const PackSet packs = load_packs(files, PackOrigin::custom, sink);
  REQUIRE(packs.find_rule("GOOD") != nullptr);
  CHECK(packs.find_rule("GOOD")->pack == "test");
}

TEST_CASE("packs are chosen by name, with a suggestion") {
  const PackSet packs = sample::packs_of(k_good);
  const std::vector<std::string> right = {"test"};
  CHECK(select_packs(packs, right).rule_count() == 1);
  const std::vector<std::string> wrong = {"tset"};
  try {
    (void)select_packs(packs, wrong);
    FAIL("no error");
  } catch (const UsageError& error) {
    CHECK(error.hint() == "did you mean 'test'?");
  }
  CHECK_THROWS_AS((void)join_packs(packs, packs), UsageError);
}

TEST_CASE("the packs that are shipped load without a word") {
  base::DiagnosticSink sink;
  std::vector<base::Diagnostic> told;
  try {
    const PackSet packs = load_packs(shipped_pack_files(), PackOrigin::shipped, sink);
    CHECK(packs.packs.size() == 10);
    CHECK(packs.rule_count() >= 80);
  } catch (const UsageError&) {
    told = sink.all();
  }
  for (const base::Diagnostic& row : told) MESSAGE(to_string(row.location) << " " << row.code << " " << row.message);
  CHECK(sink.all().empty());
}
