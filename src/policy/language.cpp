// SPDX-License-Identifier: Apache-2.0
// What an expression of a rule may refer to, by subject: variables, types, functions.
#include <array>
#include <memory>

#include "policy/functions.h"
#include "policy/reference.h"
#include "policy/state_view.h"

namespace postern::policy {
namespace {

struct VariableRow {
  std::string_view name;
  std::string_view type;
};

void fill(cel::Environment& environment, std::initializer_list<VariableRow> variables,
          std::span<const cel::ObjectType* const> types = object_types()) {
  for (const cel::ObjectType* type : types) environment.add_object_type(*type);
  for (const cel::FunctionRow& row : functions()) environment.add_function(row.signature, row.description, row.example, row.call);
  for (const VariableRow& row : variables) environment.add_variable(row.name, cel::Type::parse(row.type).value());
}

/// The slots are the positions; judge.cpp fills activations in this order.
struct Languages {
  cel::Environment entity;
  cel::Environment relation;
  cel::Environment change;
  cel::Environment change_text;
  cel::Environment weakness;
  Languages() {
    fill(entity, {{"entity", "Entity"}, {"env", "Environment"}});
    fill(relation, {{"relation", "Relation"}, {"source", "Entity"}, {"target", "Entity"}, {"env", "Environment"}});
    fill(change, {{"change", "Change"}, {"env", "Environment"}});
    fill(change_text, {{"change", "Change"}, {"env", "Environment"}, {"changes", "list(Change)"}});
    fill(weakness, {{"finding", "Weakness"}, {"entity", "Entity"}, {"env", "Environment"}});
  }
};

}  // namespace

const cel::Environment& cel_environment(model::SubjectKind subject, Purpose purpose) {
  static const Languages k_languages;
  switch (subject) {
    case model::SubjectKind::relation:
      return k_languages.relation;
    case model::SubjectKind::change:
      return purpose == Purpose::condition ? k_languages.change : k_languages.change_text;
    case model::SubjectKind::finding:
      return k_languages.weakness;
    case model::SubjectKind::entity:
      return k_languages.entity;
  }
  return k_languages.entity;
}

const cel::Environment& query_environment() {
  static const cel::Environment& k_environment = []() -> const cel::Environment& {
    static cel::Environment environment;
    fill(environment, {{"entity", "Entity"}, {"service", "Entity"}, {"env", "Environment"}}, query_object_types());
    return environment;
  }();
  return k_environment;
}

}  // namespace postern::policy
