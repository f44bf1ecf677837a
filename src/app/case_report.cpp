// SPDX-License-Identifier: Apache-2.0
// Writes runs of cases as text, JUnit XML and JSON.
#include "app/case_report.h"

#include <postern/base/text.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "render/escape.h"

namespace postern::app {
namespace {

using Json = nlohmann::ordered_json;

std::string shown(const std::vector<std::string>& subjects) { return subjects.empty() ? "nothing" : base::join(subjects, ", "); }

/// Why a case failed, on one line a reason.
std::string reasons_of(const policy::CaseResult& result) {
  std::string text = result.trouble.empty() ? "" : result.trouble + "\n";
  return text + base::to_string(result.location) + ": expected to fire on " + shown(result.expected) + ", fired on " +
         shown(result.actual) + "\n";
}

std::string line_of(const policy::CaseResult& result) {
  std::string line = std::string(result.passed ? "ok   " : "FAIL ") + result.pack + " / " + result.rule + ": " + result.name + "\n";
  if (result.passed) return line;
  const std::string reasons = reasons_of(result);
  for (const std::string_view reason : base::split(std::string_view(reasons), '\n'))
    if (!reason.empty()) line += "     " + std::string(reason) + "\n";
  return line;
}

const char* idle_words(cel::TermRole role) {
  switch (role) {
    case cel::TermRole::conjunct:
      return "was never false";
    case cel::TermRole::disjunct:
      return "was never true";
    case cel::TermRole::whole:
      return "was not seen both true and false";
  }
  return "";
}

/// An expression on one line.
std::string on_one_line(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const char next = c == '\n' || c == '\t' ? ' ' : c;
    if (next != ' ' || (!line.empty() && line.back() != ' ')) line += next;
  }
  return line;
}

std::string coverage_lines(const std::vector<policy::RuleCoverage>& rules) {
  std::string text;
  for (const policy::RuleCoverage& rule : rules) {
    text += rule.pack + " / " + rule.rule + ": " + std::to_string(rule.firing) + (rule.firing == 1 ? " case" : " cases") +
            " that must fire, " + std::to_string(rule.silent) + " that must not\n";
    for (const policy::IdleTerm& term : rule.idle)
      text += "     decided nothing: " + render::terminal(on_one_line(term.expression)) + " (" + idle_words(term.role) + ")\n";
  }
  return text;
}

std::string coverage_line(const std::vector<policy::RuleCoverage>& rules) {
  std::size_t proved = 0;
  std::size_t idle = 0;
  for (const policy::RuleCoverage& rule : rules) {
    proved += std::size_t{rule.firing != 0 && rule.silent != 0};
    idle += rule.idle.size();
  }
  std::string text =
      std::to_string(proved) + " of " + std::to_string(rules.size()) + " rules have cases that fire and cases that must not";
  if (idle != 0) text += "; " + std::to_string(idle) + " parts of conditions decided nothing (--coverage lists them)";
  return text + "\n";
}

std::string attribute(const char* name, std::string_view value) {
  return std::string(" ") + name + "=\"" + render::xml_text(value) + "\"";
}

std::string xml_of(const policy::CaseResult& result) {
  std::string text =
      "    <testcase" + attribute("name", result.name) + attribute("classname", result.pack + "." + result.rule) + " time=\"0\"";
  if (result.passed) return text + "/>\n";
  const std::string element = result.trouble.empty() ? "failure" : "error";
  const std::string reasons = reasons_of(result);
  return text + ">\n      <" + element + attribute("message", reasons.substr(0, reasons.find('\n'))) + attribute("type", element) +
         ">" + render::xml_text(reasons) + "</" + element + ">\n    </testcase>\n";
}

}  // namespace

std::string cases_as_text(const CaseRun& run, bool all, bool coverage) {
  std::string text;
  std::size_t held = 0;
  for (const policy::CaseResult& result : run.results) {
    if (!result.passed || all) text += line_of(result);
    held += std::size_t{result.passed};
  }
  if (coverage) text += coverage_lines(run.coverage);
  text += std::to_string(held) + " of " + std::to_string(run.results.size()) + " cases hold\n";
  return text + coverage_line(run.coverage);
}

std::string cases_as_junit(const CaseRun& run) {
  std::map<std::string, std::vector<const policy::CaseResult*>> packs;
  for (const policy::CaseResult& result : run.results) packs[result.pack].push_back(&result);
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n";
  std::size_t id = 0;
  for (const auto& [pack, results] : packs) {
    const auto count = [&, &list = results](bool with_trouble) {
      return std::to_string(std::count_if(list.begin(), list.end(), [&](const policy::CaseResult* result) {
        return !result->passed && result->trouble.empty() != with_trouble;
      }));
    };
    // The same cases give the same bytes, so there is no clock and no name of a host here; the schema wants both.
    text += "  <testsuite" + attribute("name", pack) + attribute("package", "postern.policy") +
            attribute("id", std::to_string(id++)) + attribute("tests", std::to_string(results.size())) +
            attribute("failures", count(false)) + attribute("errors", count(true)) +
            " time=\"0\" timestamp=\"1970-01-01T00:00:00\" hostname=\"localhost\">\n    <properties/>\n";
    for (const policy::CaseResult* result : results) text += xml_of(*result);
    text += "    <system-out/>\n    <system-err/>\n  </testsuite>\n";
  }
  return text + "</testsuites>\n";
}

std::string cases_as_json(const CaseRun& run) {
  Json cases = Json::array();
  for (const policy::CaseResult& result : run.results) {
    cases.push_back({{"pack", result.pack},
                     {"rule", result.rule},
                     {"name", result.name},
                     {"location", base::to_string(result.location)},
                     {"passed", result.passed},
                     {"expected", result.expected},
                     {"actual", result.actual},
                     {"trouble", result.trouble}});
  }
  Json rules = Json::array();
  for (const policy::RuleCoverage& rule : run.coverage) {
    Json idle = Json::array();
    for (const policy::IdleTerm& term : rule.idle)
      idle.push_back({{"expression", term.expression}, {"words", idle_words(term.role)}});
    rules.push_back(
        {{"pack", rule.pack}, {"rule", rule.rule}, {"firing", rule.firing}, {"silent", rule.silent}, {"idle", std::move(idle)}});
  }
  const Json whole = {{"cases", std::move(cases)}, {"rules", std::move(rules)}};
  return whole.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace postern::app
