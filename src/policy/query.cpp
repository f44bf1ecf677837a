// SPDX-License-Identifier: Apache-2.0
// Asks a condition of each entity of a state.
#include "policy/query.h"

#include <algorithm>
#include <array>

#include "policy/codes.h"
#include "policy/reference.h"

namespace postern::policy {
namespace {

bool is_condition(const cel::Program& program) {
  const std::string type = program.result_type().text();
  return type == "bool" || type == "dyn";
}

std::string failure_of(const cel::Value& value) {
  constexpr std::size_t k_shown = 200;
  return value.is_error() ? to_text(value, k_shown) : "it came to no boolean";
}

}  // namespace

std::optional<Query> compile_query(const std::string& expression, base::DiagnosticSink& sink) {
  cel::Compilation compilation = cel::compile(expression, query_environment());
  for (const cel::Issue& issue : compilation.issues)
    sink.error(std::string(k_bad_expression), {}, format_issue(expression, issue), issue.hint);
  if (!compilation.program) return std::nullopt;
  cel::Program program = std::move(*compilation.program);
  if (!is_condition(program)) {
    sink.error(std::string(k_wrong_result), {},
               "a query must come to bool, but this expression comes to " + program.result_type().text(),
               "compare it with something: exists(...), ==, size(...) > 0");
    return std::nullopt;
  }
  const auto uses = [](const std::vector<std::string>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  const bool services = uses(program.uses().variables, "service");
  const bool weaknesses = uses(program.uses().fields, "weaknesses");
  return Query{std::move(program), services ? QueryScope::services : QueryScope::entities, weaknesses};
}

bool is_service_of_queries(const model::Entity& entity) {
  return is_workload(entity.kind) || entity.kind == model::EntityKind::application;
}

QueryAnswer ask(const Query& query, const StateView& state, const model::Environment& environment) {
  QueryAnswer answer;
  const EnvironmentRecord where(environment);
  const auto entities = state.graph().entities();
  for (model::EntityIndex i = 0; i < entities.size(); ++i) {
    if (query.scope == QueryScope::services && !is_service_of_queries(entities[i])) continue;
    ++answer.asked;
    const cel::Value entity = cel::Value::record(state.entity(i));
    const std::array activation = {entity, entity, cel::Value::record(where)};
    const cel::Value value = query.program.evaluate(activation);
    if (value.is_false()) continue;
    if (value.is_true()) {
      answer.matches.push_back(i);
    } else if (value.is_unknown()) {
      answer.unknown.push_back(i);
    } else {
      if (answer.failed.empty()) answer.first_failure = failure_of(value);
      answer.failed.push_back(i);
    }
  }
  return answer;
}

}  // namespace postern::policy
