// SPDX-License-Identifier: Apache-2.0
// Evaluates the texts of a rule.
#include "policy/description.h"

#include <algorithm>

namespace postern::policy {
namespace {

using cel::Value;

constexpr double k_highest_severity = 10;

void note_trouble(Description& description, std::string_view what, const Value& result) {
  if (description.trouble.empty() && result.is_error()) description.trouble = std::string(what) + ": " + result.error_message();
}

std::string text_of(const RuleText& text, const Activation& activation, std::string_view what, const std::string& fallback,
                    Description& description) {
  if (!text.program) return text.text;
  const Value result = text.program->evaluate(activation.values());
  if (result.is(cel::Kind::string)) return std::string(result.as_text());
  note_trouble(description, what, result);
  return fallback;
}

double severity_of(const Rule& rule, const Activation& activation, Description& description) {
  if (!rule.severity_program) return rule.severity;
  const Value result = rule.severity_program->evaluate(activation.values());
  if (result.is(cel::Kind::real)) return std::clamp(result.as_real(), 0.0, k_highest_severity);
  if (result.is(cel::Kind::integer)) return std::clamp(static_cast<double>(result.as_integer()), 0.0, k_highest_severity);
  note_trouble(description, "severity", result);
  return k_highest_severity;
}

void add_salient(const Value& value, std::vector<std::string>& texts) {
  if (value.is(cel::Kind::string)) {
    texts.emplace_back(value.as_text());
  } else if (value.is(cel::Kind::list)) {
    const cel::Sequence& list = value.as_list();
    for (std::size_t i = 0; i < list.size(); ++i) add_salient(list.at(i), texts);
  } else if (value.is_unknown()) {
    for (const base::Symbol path : value.unknown_paths()) texts.push_back("unknown " + path.str());
  }
}

}  // namespace

Description describe(const Rule& rule, const Activation& activation, const std::string& subject_name) {
  Description description;
  description.message = text_of(rule.message, activation, "message", rule.title + ": " + subject_name, description);
  description.why = text_of(rule.why, activation, "why", "", description);
  description.root_cause = text_of(rule.root_cause, activation, "root_cause", "", description);
  description.severity = severity_of(rule, activation, description);
  for (const cel::Program& program : rule.salient) {
    const Value result = program.evaluate(activation.values());
    note_trouble(description, "salient", result);
    add_salient(result, description.salient);
  }
  std::sort(description.salient.begin(), description.salient.end());
  description.salient.erase(std::unique(description.salient.begin(), description.salient.end()), description.salient.end());
  return description;
}

}  // namespace postern::policy
