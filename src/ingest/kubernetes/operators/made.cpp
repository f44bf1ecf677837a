// SPDX-License-Identifier: Apache-2.0
// Stores, Services and Secrets that operators make.
#include <ingest/kubernetes/links.h>
#include <ingest/kubernetes/metadata.h>
#include <ingest/kubernetes/operators/made.h>

#include <algorithm>
#include <array>

namespace postern::ingest::kubernetes {
using namespace model::attribute;

model::EntityFact begin_store(const ObjectReader& reader, model::EntityKind kind, std::string_view technology) {
  model::EntityFact entity = reader.entity(kind);
  const Node written = reader.object().root["kind"];
  add_row(entity.attributes, workload_kind, Symbol(reader.object().kind), written ? written.location() : entity.location);
  if (!technology.empty()) add_row(entity.attributes, model::attribute::technology, Symbol(technology), entity.location);
  read_declarations(reader, entity.attributes);
  return entity;
}

void make_service(ObjectReader& reader, const MadeService& service) {
  const Object& object = reader.object();
  model::EntityFact endpoint;
  endpoint.address = reader.local_address("services", service.name);
  endpoint.kind = model::EntityKind::endpoint;
  endpoint.name = Symbol(service.name);
  endpoint.namespace_name = object.namespace_name;
  endpoint.namespace_declared = object.namespace_declared;
  endpoint.location = object.root.location();
  add_row(endpoint.attributes, endpoint_type, Symbol(service.type), endpoint.location);
  const std::string number = std::to_string(service.port);
  add_set(endpoint.attributes, ports, {Symbol(number + "->" + number + "/TCP")}, endpoint.location);
  if (service.headless) add_row(endpoint.attributes, headless, true, endpoint.location);
  if (service.internal && service.type == "LoadBalancer")
    add_row(endpoint.attributes, internal_load_balancer, true, *service.internal);
  model::ReferenceFact route;
  route.source = endpoint.address;
  route.kind = model::RelationKind::routes_to;
  route.target = object.address;
  route.note = Symbol("made by the operator");
  route.location = endpoint.location;
  reader.emit(std::move(endpoint));
  reader.emit(std::move(route));
}

void make_secret(ObjectReader& reader, std::string_view name, std::initializer_list<std::string_view> names,
                 std::string_view type) {
  const Object& object = reader.object();
  model::EntityFact secret;
  secret.address = reader.local_address("secrets", name);
  secret.kind = model::EntityKind::secret;
  secret.name = Symbol(name);
  secret.namespace_name = object.namespace_name;
  secret.namespace_declared = object.namespace_declared;
  secret.location = object.root.location();
  add_row(secret.attributes, secret_type, Symbol(type), secret.location);
  add_set(secret.attributes, keys, std::vector<Symbol>(names.begin(), names.end()), secret.location);
  reader.emit(std::move(secret));
}

void count(const ObjectReader& reader, const Node& parent, std::string_view key, Rows& rows) {
  const std::array fields = {FieldRow{key, &replicas}};
  read_fields(reader, parent, fields, rows);
}

void listen(Rows& rows, std::int64_t port, std::string_view words, const Location& location) {
  add_set(rows, ports, {Symbol(std::to_string(port) + "/TCP")}, location);
  if (!words.empty()) add_set(rows, listeners, {Symbol(std::to_string(port) + "/TCP " + std::string(words))}, location);
}

void label(model::EntityFact& entity, std::string_view key, std::string_view value) {
  entity.labels.emplace_back(Symbol(key), Symbol(value));
  std::sort(entity.labels.begin(), entity.labels.end());
}

std::string_view service_type(const ObjectReader& reader, const Node& parent, std::string_view key) {
  return parent ? reader.name(parent, key).value_or("ClusterIP") : "ClusterIP";
}

void read_image(const ObjectReader& reader, const Node& parent, std::string_view key, std::string_view container, Rows& rows) {
  if (const auto written = reader.name(parent, key))
    add_row(rows, image, Symbol(*written), parent[key].location(), Symbol(container));
}

void read_version(const ObjectReader& reader, const Node& parent, std::string_view key, Rows& rows) {
  const Node value = parent[key];
  if (!value.is_scalar() || value.text().empty()) {
    if (value && !value.is_null() && !value.is_scalar()) reader.wrong_type(value, key, "text");
    return;
  }
  add_row(rows, version, Symbol(value.text()), value.location());
}

void read_storage(const ObjectReader& reader, const Node& storage, std::string_view size_key, std::string_view class_key,
                  Rows& rows) {
  const std::array fields = {FieldRow{size_key, &storage_request, Measure::whole}, FieldRow{class_key, &storage_class}};
  read_fields(reader, storage, fields, rows);
}

void read_claim(const ObjectReader& reader, const Node& claim, Rows& rows) {
  const Node spec = reader.mapping(claim, "spec");
  const Node requests = reader.mapping(reader.mapping(spec, "resources"), "requests");
  read_storage(reader, requests, "storage", "", rows);
}

}  // namespace postern::ingest::kubernetes
