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

/// The type that `expose` asks for, and whether its load balancer is for the private network.
void open_service(const ObjectReader& reader, const Node& part, MadeService& service) {
  const Node expose = reader.mapping(part, "expose");
  if (!expose || !reader.boolean(expose, "enabled").value_or(true)) return;
  service.type = service_type(reader, expose, expose["type"] ? "type" : "exposeType");  // the second before 1.16
  service.internal = internal_load_balancer_annotation(reader, reader.mapping(expose, "annotations"));
}

/// One Service without an address of its own, and where the set is exposed one for each member.
void make_set_services(ObjectReader& reader, const Node& set) {
  constexpr std::int64_t k_most_members = 50;  // of a replica set of MongoDB
  const std::string name = reader.object().name.str() + "-" + std::string(reader.name(set, "name").value_or("rs0"));
  make_service(reader, {name, k_mongodb, "ClusterIP", true});
  const Node expose = reader.mapping(set, "expose");
  if (!expose || !reader.boolean(expose, "enabled").value_or(false)) return;
  const std::int64_t members = std::clamp<std::int64_t>(set["size"].as_integer().value_or(0), 0, k_most_members);
  for (std::int64_t member = 0; member < members; ++member) {
    MadeService service{name + "-" + std::to_string(member), k_mongodb};
    open_service(reader, set, service);
    make_service(reader, service);
  }
}

}  // namespace

void read_mongodb_community(ObjectReader& reader) {
  model::EntityFact entity = begin_store(reader, model::EntityKind::datastore, "mongodb");
  if (!reader.required_mapping(reader.object().root, "spec")) return reader.emit(std::move(entity));
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
  if (!reader.required_mapping(reader.object().root, "spec")) return reader.emit(std::move(entity));
  const Node& spec = reader.spec();
  const std::string name = reader.object().name.str();
  read_version(reader, spec, "crVersion", entity.attributes);
  read_image(reader, spec, "image", "mongod", entity.attributes);
  const Node tls = reader.mapping(spec, "tls");
  const auto mode = tls ? reader.name(tls, "mode") : std::nullopt;
  listen(entity.attributes, k_mongodb, mode ? "TLS " + std::string(*mode) : "", tls ? tls.location() : entity.location);
  label(entity, "app.kubernetes.io/instance", name);
  bool first = true;
  reader.each_mapping(spec, "replsets", [&](const Node& item) {
    if (first) count(reader, item, "size", entity.attributes);
    if (first) {
      const Node claim = reader.mapping(reader.mapping(item, "volumeSpec"), "persistentVolumeClaim");
      read_storage(reader, reader.mapping(reader.mapping(claim, "resources"), "requests"), "storage", "storageClassName",
                   entity.attributes);
    }
    first = false;
    make_set_services(reader, item);
  });
  const Node sharding = reader.mapping(spec, "sharding");
  if (sharding && reader.boolean(sharding, "enabled").value_or(false)) {
    MadeService router{name + "-mongos", k_mongodb};
    open_service(reader, reader.mapping(sharding, "mongos"), router);
    make_service(reader, router);
  }
  reader.emit(std::move(entity));
}

}  // namespace postern::ingest::kubernetes
