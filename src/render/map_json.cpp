// SPDX-License-Identifier: Apache-2.0
// A linked graph as JSON, with everything in it.
#include <nlohmann/json.hpp>
#include <variant>

#include "render/json_output.h"
#include "render/json_writer.h"
#include "render/map.h"

namespace postern::render {
namespace {

using model::ArchitectureGraph;

struct ValueJson {
  Json operator()(model::Unknown) const { return Json{{"unknown", true}}; }
  Json operator()(bool value) const { return value; }
  Json operator()(std::int64_t value) const { return value; }
  Json operator()(model::Symbol value) const { return value.str(); }
  Json operator()(const model::TextList& values) const {
    Json list = Json::array();
    for (const model::Symbol value : values) list.push_back(value.str());
    return list;
  }
};

template <typename T>
Json object_of(const T& value) {
  JsonWriter writer;
  fields(writer, value);
  return writer.take();
}

Json attributes_of(const model::Attributes& attributes) {
  Json rows = Json::array();
  for (const model::Attribute& attribute : attributes.all()) {
    Json row;
    row["attribute"] = std::string(attribute.definition->name);
    if (!attribute.scope.empty()) row["scope"] = attribute.scope.str();
    if (!attribute.key.empty()) row["key"] = attribute.key.str();
    row["value"] = std::visit(ValueJson{}, attribute.value);
    row["derived"] = attribute.definition->origin == model::AttributeOrigin::derived;
    if (!attribute.location.file.empty()) row["location"] = object_of(attribute.location);
    rows.push_back(std::move(row));
  }
  return rows;
}

Json entity_json(const model::Entity& entity) {
  Json json;
  json["id"] = object_of(entity.id);
  json["kind"] = model::to_string(entity.kind);
  json["name"] = entity.name.str();
  json["namespace"] = entity.namespace_name.str();
  json["attributes"] = attributes_of(entity.attributes);
  json["labels"] = Json::object();
  for (const auto& [key, value] : entity.labels) json["labels"][key.str()] = value.str();
  json["aliases"] = Json::array();
  for (const model::Alias& alias : entity.aliases)
    json["aliases"].push_back({{"kind", to_string(alias.kind)}, {"text", alias.text.str()}});
  json["locations"] = Json::array();
  for (const model::Location& location : entity.locations) json["locations"].push_back(object_of(location));
  return json;
}

Json relation_json(const ArchitectureGraph& graph, const model::Relation& relation) {
  Json json;
  json["source"] = object_of(graph.entity(relation.source).id);
  json["target"] = object_of(graph.entity(relation.target).id);
  json["kind"] = model::to_string(relation.kind);
  json["family"] = model::to_string(model::family_of(relation.kind));
  json["attributes"] = attributes_of(relation.attributes);
  json["evidence"] = Json::array();
  for (const model::Evidence& evidence : relation.evidence) json["evidence"].push_back(object_of(evidence));
  return json;
}

}  // namespace

std::string map_json(const ArchitectureGraph& graph, const UnreadInputs& unread) {
  Json json;
  json["schema_version"] = 1;
  json["counts"] = Json{{"entities", graph.entities().size()}, {"relations", graph.relations().size()}};
  json["unread"] = Json{{"kinds", Json::object()}, {"files", unread.files}};
  for (const auto& [kind, count] : unread.kinds) json["unread"]["kinds"][kind] = count;
  json["entities"] = Json::array();
  for (const model::Entity& entity : graph.entities()) json["entities"].push_back(entity_json(entity));
  json["relations"] = Json::array();
  for (const model::Relation& relation : graph.relations()) json["relations"].push_back(relation_json(graph, relation));
  return json_text(json);
}

}  // namespace postern::render
