// SPDX-License-Identifier: Apache-2.0
// Test suites and cases in the strict form of Ant's JUnit schema, which all known readers accept.
#include "render/junit.h"

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "render/code_points.h"
#include "render/escape.h"
#include "render/finding_text.h"
#include "render/words.h"

namespace postern::render {
namespace {

using model::Decision;
using model::Finding;

constexpr std::size_t k_line_length = 4'000;

/// What became of a test case, by the name of its element; empty: it passed.
struct Case {
  std::string classname;
  std::string name;
  std::string_view element;  ///< `failure`, `error`, `skipped` or empty
  std::string type;          ///< of a failure or error
  std::string message;
  std::string body;  ///< escaped; may have several lines
};

struct Suite {
  std::string name;
  std::vector<Case> cases;
  std::string output;  ///< escaped
};

std::string attribute(std::string_view name, std::string_view value) {
  return " " + std::string(name) + "=\"" + xml_text(shortened(value, k_line_length)) + "\"";
}

/// A name that a reader does not take for an empty one.
std::string named(std::string_view name) {
  return name.find_first_not_of(' ') == std::string_view::npos ? std::string("unnamed") : std::string(name);
}

/// No line begins with what the inputs say, since reports are printed into logs.
std::string body_of(const Finding& finding) {
  std::string text = "\n";
  for (const LabelledLine& line : finding_lines(finding)) {
    text += std::string(line.label) + ": " + xml_text(shortened(line.text, k_line_length)) + "\n";
  }
  return text + "fingerprint: " + xml_text(finding.fingerprint) + "\n";
}

Case case_of(const Finding& finding) {
  Case one{named(finding.pack) + "." + named(finding.rule), to_string(finding.subject), "", "", headline(finding), ""};
  if (finding.state == model::BaselineState::absent) return one;
  one.element = model::is_blocking(finding) ? "failure" : "skipped";
  one.type = score_title(finding);
  one.message = std::string(effect_words(finding)) + ": " + one.message;
  if (finding.admission) one.message = "let through by override " + finding.admission->override_id + ": " + headline(finding);
  one.body = body_of(finding);
  return one;
}

Case case_of(const model::RuleProblem& problem) {
  return {named(problem.pack) + "." + named(problem.rule),
          "every subject could be judged",
          problem.makes_indeterminate ? "error" : "skipped",
          "rule-problem",
          problem_words(problem),
          ""};
}

/// What could not be judged as a whole: a missing baseline must not look like a green run.
Suite suite_of_gate(const Decision& decision) {
  Suite suite{"gate", {}, ""};
  std::map<std::string, std::size_t> numbers;
  for (const model::Reason& reason : decision.reasons) {
    if (repeats_finding(reason)) continue;
    const std::size_t number = ++numbers[reason.code];
    const bool decides = reason.supports == model::Verdict::indeterminate || reason.supports == model::Verdict::block;
    const std::string hint = reason.hint.empty() ? "" : "\nhelp: " + xml_text(shortened(reason.hint, k_line_length)) + "\n";
    suite.cases.push_back({"gate", named(reason.code) + (number == 1 ? "" : " " + std::to_string(number)),
                           decides ? "error" : "skipped", reason.code, reason.message, hint});
  }
  if (suite.cases.empty()) suite.cases.push_back({"gate", "everything could be judged", "", "", "", ""});
  suite.output = "verdict: " + std::string(verdict_title(decision.verdict)) + ". " + verdict_sentence(decision);
  return suite;
}

/// Suites of all packs, by name; findings come most important first.
std::vector<Suite> suites_of(const Decision& decision, std::size_t most_cases) {
  std::map<std::string, Suite> packs;
  const auto suite = [&](const std::string& pack) -> Suite& {
    Suite& one = packs[named(pack)];
    one.name = named(pack);
    return one;
  };
  for (const auto& [name, version] : decision.packs) suite(name).output = "version: " + xml_text(version);
  std::set<std::string> told;
  for (std::size_t at = 0; at < std::min(decision.findings.size(), most_cases); ++at) {
    suite(decision.findings[at].pack).cases.push_back(case_of(decision.findings[at]));
  }
  for (const Finding& finding : decision.findings) told.insert(finding.rule);
  for (const model::RuleProblem& problem : decision.problems) {
    suite(problem.pack).cases.push_back(case_of(problem));
    told.insert(problem.rule);
  }
  for (const model::JudgedRule& rule : decision.judged_rules) {
    if (!told.contains(rule.id))
      suite(rule.pack).cases.push_back({named(rule.pack) + "." + named(rule.id), "every subject", "", "", "", ""});
  }
  std::vector<Suite> list = {suite_of_gate(decision)};
  if (decision.findings.size() > most_cases) {
    list.front().output += " " + counted(decision.findings.size() - most_cases, "finding") +
                           " left out for length, the least important ones; decision.json has all of them.";
  }
  for (auto& [name, pack] : packs) list.push_back(std::move(pack));
  return list;
}

std::string xml_of(const Case& one) {
  std::string text = "    <testcase" + attribute("name", named(one.name)) + attribute("classname", one.classname) + " time=\"0\"";
  if (one.element.empty()) return text + "/>\n";
  const std::string element(one.element);
  text += ">\n      <" + element + attribute("message", one.message);
  if (element != "skipped") text += attribute("type", one.type);
  return text + (one.body.empty() ? "/>" : ">" + one.body + "</" + element + ">") + "\n    </testcase>\n";
}

std::string property(std::string_view name, std::string_view value) {
  return "      <property" + attribute("name", name) + attribute("value", value) + "/>\n";
}

std::string xml_of(const Suite& suite, std::size_t id, const Decision& decision) {
  const auto count = [&](std::string_view element) {
    return std::to_string(
        std::count_if(suite.cases.begin(), suite.cases.end(), [&](const Case& one) { return one.element == element; }));
  };
  // The same decision gives the same bytes, so there is no clock and no name of a host here; the schema wants both.
  std::string text =
      "  <testsuite" + attribute("name", suite.name) + attribute("package", "postern") + attribute("id", std::to_string(id)) +
      attribute("tests", std::to_string(suite.cases.size())) + attribute("failures", count("failure")) +
      attribute("errors", count("error")) + attribute("skipped", count("skipped")) +
      " time=\"0\" timestamp=\"1970-01-01T00:00:00\" hostname=\"localhost\">\n    <properties>\n" +
      property("application", decision.application) + property("environment", decision.environment) +
      property("verdict", to_string(decision.verdict)) + property("postern", decision.tool_version) + "    </properties>\n";
  for (const Case& one : suite.cases) text += xml_of(one);
  return text + "    <system-out>" + suite.output + "</system-out>\n    <system-err/>\n  </testsuite>\n";
}

}  // namespace

std::string junit(const Decision& decision, std::size_t most_cases) {
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n";
  std::size_t id = 0;
  for (const Suite& suite : suites_of(decision, most_cases)) text += xml_of(suite, id++, decision);
  return text + "</testsuites>\n";
}

}  // namespace postern::render
