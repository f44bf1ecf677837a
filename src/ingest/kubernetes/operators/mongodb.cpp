// SPDX-License-Identifier: Apache-2.0
// MongoDBCommunity of MongoDB and PerconaServerMongoDB of Percona.
#include <ingest/kubernetes/links.h>
#include <ingest/kubernetes/load_balancer.h>
#include <ingest/kubernetes/operators/kinds.h>
#include <ingest/kubernetes/operators/made.h>

#include <algorithm>
#include <array>

namespace postern::ingest::kubernetes {
namespace {

using namespace model::attribute;

constexpr std::int64_t k_mongodb = 27017;

}  // namespace

void read_mongodb_community(ObjectReader& reader) {
  model::EntityFact entity = begin_store(reader, model::EntityKind::datastore, "mongodb");
  const Node& spec = reader.spec();
  const std::string name = reader.object().name.str();
  count(reader, spec, "members", entity.attributes);
  read_version(reader, spec, "version", entity.attributes);
  const Node security = reader.mapping(spec, "security");
  std::string words;
  for (const Symbol mode : reader.sorted_texts(reader.mapping(security, "authentication"), "modes"))
    words += (words.empty() ? "" : " ") + mode.str();
  const Node tls = reader.mapping(security, "tls");
  if (tls && reader.boolean(tls, "enabled").value_or(false)) {
    words += reader.boolean(tls, "optional").value_or(false) ? " TLS offered" : " TLS only";
  }
  listen(entity.attributes, k_mongodb, words, security ? security.location() : entity.location);
  const Node statefulset = reader.mapping(reader.mapping(spec, "statefulSet"), "spec");
  const std::string service(statefulset ? reader.name(statefulset, "serviceName").value_or(name + "-svc") : name + "-svc");
  label(entity, "app", service);
  reader.each_mapping(spec, "users", [&](const Node& user) {
    const Node password = reader.mapping(user, "passwordSecretRef");
    if (const auto secret = password ? reader.name(password, "name") : std::nullopt) {
      link(reader,
           {model::RelationKind::mounts, reader.local_address("secrets", *secret), "passwordSecretRef", password.location()});
    }
    const auto login = reader.required_name(user, "name");
    const auto made = reader.name(user, "connectionStringSecretName");
    if (!login) return;
    const std::string fallback = name + "-" + std::string(reader.name(user, "db").value_or("admin")) + "-" + std::string(*login);
    make_secret(reader, made.value_or(fallback),
                {"connectionString.standard", "connectionString.standardSrv", "password", "username"});
  });
  reader.emit(std::move(entity));
  make_service(reader, {service, k_mongodb, "ClusterIP", true});
}

void read_percona_mongodb(ObjectReader& reader) {
  model::EntityFact entity = begin_store(reader, model::EntityKind::datastore, "mongodb");
  const Node& spec = reader.spec();
  const std::string name = reader.object().name.str();
  read_version(reader, spec, "crVersion", entity.attributes);
  read_image(reader, spec, "image", "mongod", entity.attributes);
  const Node tls = reader.mapping(spec, "tls");
  const auto mode = tls ? reader.name(tls, "mode") : std::nullopt;
  listen(entity.attributes, k_mongodb, mode ? "TLS " + std::string(*mode) : "", tls ? tls.location() : entity.location);
  label(entity, "app.kubernetes.io/instance", name);
  const auto offer = [&](const Node& part, std::string_view part_name, bool headless) {
    const Node expose = reader.mapping(part, "expose");
    const bool opened = expose && (reader.boolean(expose, "enabled").value_or(!headless));
    make_service(reader, {name + "-" + std::string(part_name), k_mongodb, "ClusterIP", headless});
    const std::string_view key = expose["type"] ? "type" : "exposeType";  // the second before 1.16
    if (!opened || service_type(reader, expose, key) == "ClusterIP") return;
    MadeService outside{name + "-" + std::string(part_name) + "-exposed", k_mongodb};
    outside.type = service_type(reader, expose, key);
    outside.internal = internal_load_balancer_annotation(reader, reader.mapping(expose, "annotations"));
    make_service(reader, outside);
  };
  bool first = true;
  reader.each_mapping(spec, "replsets", [&](const Node& item) {
    if (first) count(reader, item, "size", entity.attributes);
    if (first) {
      const Node claim = reader.mapping(reader.mapping(item, "volumeSpec"), "persistentVolumeClaim");
      read_storage(reader, reader.mapping(reader.mapping(claim, "resources"), "requests"), "storage", "storageClassName",
                   entity.attributes);
    }
    first = false;
    offer(item, reader.name(item, "name").value_or("rs0"), true);
  });
  const Node sharding = reader.mapping(spec, "sharding");
  if (sharding && reader.boolean(sharding, "enabled").value_or(false)) offer(reader.mapping(sharding, "mongos"), "mongos", false);
  reader.emit(std::move(entity));
}

}  // namespace postern::ingest::kubernetes
