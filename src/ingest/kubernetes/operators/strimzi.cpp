// SPDX-License-Identifier: Apache-2.0
// Kafka, KafkaTopic and KafkaUser of Strimzi.
#include <ingest/kubernetes/labels.h>
#include <ingest/kubernetes/links.h>
#include <ingest/kubernetes/load_balancer.h>
#include <ingest/kubernetes/operators/kinds.h>
#include <ingest/kubernetes/operators/made.h>

#include <algorithm>
#include <array>

namespace postern::ingest::kubernetes {
namespace {

using namespace model::attribute;

constexpr std::string_view k_cluster_label = "strimzi.io/cluster";
constexpr std::array k_replicas = {FieldRow{"replicas", &replicas}};

/// What a type of listener makes outside of the cluster.
struct ListenerRow {
  std::string_view type;
  std::string_view service;  ///< type of the Service of its own; empty: it shares the internal one
};
constexpr std::array k_listeners = {
    ListenerRow{"cluster-ip", "ClusterIP"},      ListenerRow{"ingress", "ClusterIP"}, ListenerRow{"internal", ""},
    ListenerRow{"loadbalancer", "LoadBalancer"}, ListenerRow{"nodeport", "NodePort"}, ListenerRow{"route", "ClusterIP"},
};

/// An Ingress or Route that the operator makes in front of a Service.
void make_entry(ObjectReader& reader, std::string_view plural, const std::string& service, const Location& location) {
  model::EntityFact gateway;
  gateway.address = reader.local_address(plural, service);
  gateway.kind = model::EntityKind::gateway;
  gateway.name = Symbol(service);
  gateway.namespace_name = reader.object().namespace_name;
  gateway.namespace_declared = reader.object().namespace_declared;
  gateway.location = location;
  model::ReferenceFact route;
  route.source = gateway.address;
  route.kind = model::RelationKind::routes_to;
  route.target = reader.local_address("services", service);
  route.note = Symbol("listener");
  route.location = location;
  reader.emit(std::move(gateway));
  reader.emit(std::move(route));
}

std::string read_listener(ObjectReader& reader, const Node& item) {
  const std::string name(reader.required_name(item, "name").value_or(""));
  const std::int64_t port = reader.port(item, "port").value_or(9092);
  const std::string_view type = reader.required_name(item, "type").value_or("internal");
  const auto row =
      std::find_if(k_listeners.begin(), k_listeners.end(), [&](const ListenerRow& known) { return known.type == type; });
  if (row != k_listeners.end() && !row->service.empty()) {
    MadeService service{reader.object().name.str() + "-kafka-" + name + "-bootstrap", port};
    service.type = row->service;
    const Node bootstrap = reader.mapping(reader.mapping(item, "configuration"), "bootstrap");
    service.internal = internal_load_balancer_annotation(reader, reader.mapping(bootstrap, "annotations"));
    make_service(reader, service);
    if (type == "ingress") make_entry(reader, "ingresses", service.name, item.location());
    if (type == "route") make_entry(reader, "routes.route.openshift.io", service.name, item.location());
  }
  const bool encrypted = reader.boolean(item, "tls").value_or(false);
  const Node login = reader.mapping(item, "authentication");
  const auto how = login ? reader.name(login, "type") : std::nullopt;
  return name + " " + std::to_string(port) + "/TCP " + std::string(type) + (encrypted ? " TLS" : " no TLS") + " authentication " +
         std::string(how.value_or("none"));
}

/// The cluster that a topic or user belongs to.
void belong(ObjectReader& reader, model::RelationKind kind) {
  const Node labels = reader.mapping(reader.object().metadata, "labels");
  const auto cluster = labels && labels[k_cluster_label] ? reader.name(labels, k_cluster_label) : std::nullopt;
  if (cluster)
    link(reader,
         {kind, reader.local_address("kafkas", *cluster), std::string(k_cluster_label), labels[k_cluster_label].location()});
}

}  // namespace

void read_strimzi_kafka(ObjectReader& reader) {
  model::EntityFact entity = begin_store(reader, model::EntityKind::queue, "kafka");
  if (!reader.required_mapping(reader.object().root, "spec")) return reader.emit(std::move(entity));
  const Node kafka = reader.required_mapping(reader.spec(), "kafka");
  const std::string name = reader.object().name.str();
  if (kafka) {
    read_version(reader, kafka, "version", entity.attributes);
    read_fields(reader, kafka, k_replicas, entity.attributes);
    read_storage(reader, reader.mapping(kafka, "storage"), "size", "class", entity.attributes);
    std::vector<Symbol> texts;
    std::vector<Symbol> numbers;
    if (kafka["listeners"].is_sequence()) {  // a mapping before v1beta2
      reader.each_mapping(kafka, "listeners", [&](const Node& item) {
        texts.emplace_back(read_listener(reader, item));
        if (const std::uint32_t port = port_number(reader, item, "port")) numbers.emplace_back(std::to_string(port) + "/TCP");
      });
    }
    const Location location = kafka["listeners"] ? kafka["listeners"].location() : kafka.location();
    add_set(entity.attributes, listeners, std::move(texts), location);
    add_set(entity.attributes, ports, std::move(numbers), location);
  }
  for (const auto& [key, value] :
       {std::pair{k_cluster_label, name}, std::pair{std::string_view("strimzi.io/kind"), std::string("Kafka")},
        std::pair{std::string_view("strimzi.io/name"), name + "-kafka"}}) {
    entity.labels.emplace_back(Symbol(key), Symbol(value));
  }
  std::sort(entity.labels.begin(), entity.labels.end());
  reader.emit(std::move(entity));
  make_service(reader, {name + "-kafka-bootstrap", 9092});
  make_service(reader, {name + "-kafka-brokers", 9092, "ClusterIP", true});
  make_secret(reader, name + "-cluster-ca-cert", {"ca.crt", "ca.p12", "ca.password"});
}

void read_strimzi_topic(ObjectReader& reader) {
  reader.emit(reader.entity(model::EntityKind::configuration));
  belong(reader, model::RelationKind::configures);
}

void read_strimzi_user(ObjectReader& reader) {
  reader.emit(reader.entity(model::EntityKind::identity));
  belong(reader, model::RelationKind::binds);
  const Node login = reader.mapping(reader.spec(), "authentication");
  const auto how = login ? reader.name(login, "type") : std::nullopt;
  if (how == "scram-sha-512") make_secret(reader, reader.object().name.view(), {"password", "sasl.jaas.config"});
  if (how == "tls")
    make_secret(reader, reader.object().name.view(), {"ca.crt", "user.crt", "user.key", "user.p12", "user.password"});
}

}  // namespace postern::ingest::kubernetes
