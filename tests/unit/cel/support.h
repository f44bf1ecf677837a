// SPDX-License-Identifier: Apache-2.0
// Short ways to compile and evaluate in tests, and a small host: records, lists, functions.
#pragma once
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "cel/program.h"

namespace postern::cel::test {

/// A record with named values, in the order of its type's fields.
class TestRecord final : public Record {
 public:
  TestRecord(const ObjectType& type, std::vector<Value> values) : m_type(type), m_values(std::move(values)) {}
  [[nodiscard]] const ObjectType& type() const override { return m_type; }
  [[nodiscard]] Value get(std::size_t slot) const override { return m_values.at(slot); }

 private:
  const ObjectType& m_type;
  std::vector<Value> m_values;
};

inline std::string issues_of(std::string_view expression, const Environment& environment = Environment(),
                             const CompileOptions& options = {}) {
  std::string text;
  for (const Issue& issue : compile(expression, environment, options).issues)
    text += (text.empty() ? "" : "\n") + format_issue(expression, issue);
  return text;
}

/// The outcome as text; issues of the compilation when there are any.
inline std::string outcome_of(std::string_view expression, const Environment& environment = Environment(),
                              std::vector<Value> activation = {}, const EvaluationLimits& limits = {},
                              Checking checking = Checking::off) {
  CompileOptions options;
  options.checking = checking;
  const Compilation compilation = compile(expression, environment, options);
  if (!compilation.program) return "issues: " + issues_of(expression, environment, options);
  return to_text(compilation.program->evaluate(activation, limits));
}

inline bool holds(std::string_view expression, const Environment& environment = Environment(), std::vector<Value> activation = {}) {
  const std::string outcome = outcome_of(expression, environment, std::move(activation), {}, Checking::strict);
  if (outcome != "true") MESSAGE("outcome: " << outcome);
  return outcome == "true";
}

}  // namespace postern::cel::test
