// SPDX-License-Identifier: Apache-2.0
// Which classes of data columns hold, and operations take and give.
#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "classify/steps.h"
#include "connection/data_class.h"

namespace postern::classify {
namespace {

using model::Attribute;
using model::Symbol;
using model::TextList;
namespace attribute = model::attribute;

/// Below this confidence a field says nothing.
constexpr double k_least_confidence = 0.4;
/// Classes that identify or describe nobody, or hardly: a country, a language, a browser. They are told, but not of a store.
constexpr int k_least_sensitivity = 20;

/// The class of a field, where it is sure enough; empty otherwise.
std::string_view class_of(std::string_view name, std::string_view context) {
  const connection::FieldClass found = connection::classify_field(name, context);
  const bool counts = found && found.confidence >= k_least_confidence && found.sensitivity >= k_least_sensitivity;
  return counts ? found.data_class : std::string_view();
}

void classify_columns(model::Entity& entity) {
  std::vector<Attribute> rows(entity.attributes.all().begin(), entity.attributes.all().end());
  for (const Attribute& row : entity.attributes.of(attribute::column)) {
    const std::string_view key = row.key.view();
    const std::size_t dot = key.rfind('.');
    const std::string_view table = dot == std::string_view::npos ? std::string_view() : key.substr(0, dot);
    const std::string_view found = class_of(key.substr(dot == std::string_view::npos ? 0 : dot + 1), table);
    if (!found.empty()) rows.push_back({&attribute::field_classes, {}, row.key, TextList{Symbol(found)}, row.location});
  }
  entity.attributes = model::Attributes::from_rows(std::move(rows));
}

/// The objects that a field is part of, without envelopes at their end: `data.items` says nothing about what the items are.
std::string_view telling_parents(std::string_view parents) {
  constexpr std::array<std::string_view, 20> k_envelopes = {
      "attributes", "body", "content", "data",  "documents", "edges",   "elements", "embedded", "entries", "hits",
      "items",      "list", "node",    "nodes", "page",      "payload", "records",  "result",   "results", "response"};
  while (!parents.empty()) {
    const std::size_t dot = parents.rfind('.');
    const std::string_view last = parents.substr(dot == std::string_view::npos ? 0 : dot + 1);
    if (std::find(k_envelopes.begin(), k_envelopes.end(), last) == k_envelopes.end()) break;
    parents = dot == std::string_view::npos ? std::string_view() : parents.substr(0, dot);
  }
  return parents;
}

/// `in user.address.city`: the last name is the field, what is before it its context.
void classify_operation(const Attribute& row, std::string_view interface, std::map<std::string, std::set<Symbol>>& found) {
  const auto* fields = std::get_if<TextList>(&row.value);
  if (fields == nullptr) return;
  for (const Symbol field : *fields) {
    const std::string_view text = field.view();
    const std::size_t blank = text.find(' ');
    if (blank == std::string_view::npos) continue;
    const std::string_view path = text.substr(blank + 1);
    const std::size_t dot = path.rfind('.');
    const std::string_view parents = dot == std::string_view::npos ? std::string_view() : telling_parents(path.substr(0, dot));
    // The path of the operation says what an object at the top is: GET /customers/{id}.
    const std::string context = parents.empty() ? row.key.str() + ' ' + std::string(interface) : std::string(parents);
    const std::string_view name = class_of(dot == std::string_view::npos ? path : path.substr(dot + 1), context);
    if (!name.empty()) found[std::string(text.substr(0, blank)) + ' ' + row.key.str()].insert(Symbol(name));
  }
}

void classify_operations(model::Entity& entity) {
  std::vector<Attribute> rows(entity.attributes.all().begin(), entity.attributes.all().end());
  for (const Attribute& row : entity.attributes.of(attribute::operation_data)) {
    std::map<std::string, std::set<Symbol>> found;
    classify_operation(row, entity.name.view(), found);
    for (const auto& [key, classes] : found) {
      rows.push_back({&attribute::field_classes, {}, Symbol(key), TextList(classes.begin(), classes.end()), row.location});
    }
  }
  entity.attributes = model::Attributes::from_rows(std::move(rows));
}

}  // namespace

void classify_fields(model::ArchitectureGraph& graph) {
  for (model::EntityIndex index = 0; index < graph.entities().size(); ++index) {
    const model::Entity& entity = graph.entity(index);
    if (!entity.attributes.of(attribute::column).empty()) classify_columns(graph.entity_for_derivation(index));
    if (!entity.attributes.of(attribute::operation_data).empty()) classify_operations(graph.entity_for_derivation(index));
  }
}

}  // namespace postern::classify
