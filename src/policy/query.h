// SPDX-License-Identifier: Apache-2.0
// Questions to an inventory: a condition on each entity of one state.
#pragma once
#include <postern/base/diagnostic.h>
#include <postern/model/entity.h>
#include <postern/model/environment.h>
#include <postern/model/fact.h>

#include <optional>
#include <string>
#include <vector>

#include "cel/program.h"
#include "policy/state_view.h"

namespace postern::policy {

/// Which entities a query is about: with the variable `service` those that run code or hold data, else all.
enum class QueryScope : std::uint8_t { entities, services };

/// A condition that is ready to be asked.
struct Query {
  cel::Program program;
  QueryScope scope = QueryScope::entities;
  bool asks_weaknesses = false;  ///< it reads `weaknesses`, so that advisories have to be looked up
};

/// Compiles `expression`. When it is no condition: nothing, after the issues, with carets, were added to `sink`.
[[nodiscard]] std::optional<Query> compile_query(const std::string& expression, base::DiagnosticSink& sink);

/// The entities of a state by what the condition came to, each list ascending.
struct QueryAnswer {
  std::uint64_t asked = 0;
  std::vector<model::EntityIndex> matches;
  std::vector<model::EntityIndex> unknown;
  std::vector<model::EntityIndex> failed;
  std::string first_failure;  ///< what the evaluation of the first of `failed` said
};

/// `state` must be one for queries.
[[nodiscard]] QueryAnswer ask(const Query& query, const StateView& state, const model::Environment& environment);

/// Whether an entity is a service in the sense of queries.
[[nodiscard]] bool is_service_of_queries(const model::Entity& entity);

/// The name of a library without its group or namespace.
[[nodiscard]] std::string bare_name(const model::Library& library);

/// Whether an entity has libraries that nobody listed, or not all of them: it runs code, or an image, and no complete bill of
/// materials is about it.
[[nodiscard]] bool has_unknown_libraries(const model::Entity& entity);

}  // namespace postern::policy
