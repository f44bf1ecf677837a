// SPDX-License-Identifier: Apache-2.0
// Which classes of data a store holds: explicit metadata first, else the names of the store and of its databases.
#include <algorithm>
#include <set>

#include "classify/steps.h"
#include "connection/data_class.h"

namespace postern::classify {
namespace {

using model::ArchitectureGraph;
using model::EntityIndex;
using model::Symbol;
using model::TextList;

/// Below this confidence a name says nothing: "data", "main" and the like.
constexpr double k_least_confidence = 0.5;

void add_class_of(std::string_view name, std::set<Symbol>& classes) {
  const connection::FieldClass found = connection::classify_store_name(name);
  if (found && found.confidence >= k_least_confidence) classes.insert(Symbol(found.data_class));
}

std::set<Symbol> classes_by_name(const ArchitectureGraph& graph, EntityIndex index) {
  std::set<Symbol> classes;
  add_class_of(graph.entity(index).name.view(), classes);
  for (const model::RelationIndex incoming : graph.incoming(index)) {
    const model::TextList& names = graph.relation(incoming).attributes.list(model::attribute::databases);
    for (const Symbol name : names) add_class_of(name.view(), classes);
  }
  return classes;
}

void add_classes_of_fields(const model::Entity& entity, std::set<Symbol>& classes) {
  for (const model::Attribute& row : entity.attributes.of(model::attribute::field_classes)) {
    if (const auto* list = std::get_if<TextList>(&row.value)) classes.insert(list->begin(), list->end());
  }
}

}  // namespace

void classify_data(ArchitectureGraph& graph) {
  for (EntityIndex index = 0; index < graph.entities().size(); ++index) {
    const model::EntityKind kind = graph.entity(index).kind;
    if (!model::is_store(kind) && kind != model::EntityKind::api) continue;
    std::set<Symbol> classes = model::is_store(kind) ? classes_by_name(graph, index) : std::set<Symbol>();
    add_classes_of_fields(graph.entity(index), classes);
    model::Entity& entity = graph.entity_for_derivation(index);
    // Metadata adds to what the names say: a label of the candidate may raise the class of its data and never lower it.
    const model::Attribute* explicit_row = entity.attributes.find(model::attribute::data_classes);
    model::Location location;
    if (explicit_row != nullptr) {
      location = explicit_row->location;
      if (const auto* said = std::get_if<TextList>(&explicit_row->value)) classes.insert(said->begin(), said->end());
    }
    if (!classes.empty()) entity.attributes.set(model::attribute::data_classes, TextList(classes.begin(), classes.end()), location);
  }
}

}  // namespace postern::classify
