// SPDX-License-Identifier: Apache-2.0
// Cluster and Pooler of CloudNativePG.
#include <ingest/kubernetes/links.h>
#include <ingest/kubernetes/load_balancer.h>
#include <ingest/kubernetes/operators/kinds.h>
#include <ingest/kubernetes/operators/made.h>

#include <algorithm>
#include <array>

namespace postern::ingest::kubernetes {
namespace {

using namespace model::attribute;

constexpr std::int64_t k_postgres = 5432;

/// Services that somebody asks for beside those that the operator makes anyway.
void make_managed_services(ObjectReader& reader, const Node& services) {
  reader.each_mapping(services, "additional", [&](const Node& item) {
    const Node shape = reader.required_mapping(item, "serviceTemplate");
    const Node metadata = shape ? reader.mapping(shape, "metadata") : Node();
    const auto name = metadata ? reader.name(metadata, "name") : std::nullopt;
    if (!name) return;
    MadeService service{std::string(*name), k_postgres};
    service.type = service_type(reader, reader.mapping(shape, "spec"), "type");
    service.internal = internal_load_balancer_annotation(reader, reader.mapping(metadata, "annotations"));
    make_service(reader, service);
  });
}

}  // namespace

void read_cnpg_cluster(ObjectReader& reader) {
  model::EntityFact entity = begin_store(reader, model::EntityKind::datastore, "postgres");
  if (!reader.required_mapping(reader.object().root, "spec")) return reader.emit(std::move(entity));
  const Node& spec = reader.spec();
  const std::string name = reader.object().name.str();
  count(reader, spec, "instances", entity.attributes);
  read_image(reader, spec, "imageName", "postgres", entity.attributes);
  read_storage(reader, reader.mapping(spec, "storage"), "size", "storageClass", entity.attributes);
  listen(entity.attributes, k_postgres, "", entity.location);
  label(entity, "cnpg.io/cluster", name);
  reader.emit(std::move(entity));

  const Node services = reader.mapping(reader.mapping(spec, "managed"), "services");
  const std::vector<Symbol> disabled = reader.texts(services, "disabledDefaultServices");
  for (const std::string_view kind : {"rw", "ro", "r"}) {
    const bool made = std::find(disabled.begin(), disabled.end(), Symbol(kind)) == disabled.end();
    if (made) make_service(reader, {name + "-" + std::string(kind), k_postgres});
  }
  make_managed_services(reader, services);
  const Node bootstrap = reader.mapping(reader.mapping(spec, "bootstrap"), "initdb");
  if (!bootstrap["secret"]) {
    make_secret(reader, name + "-app", {"dbname", "host", "jdbc-uri", "password", "pgpass", "port", "uri", "user", "username"},
                "kubernetes.io/basic-auth");
  }
  if (reader.boolean(spec, "enableSuperuserAccess").value_or(false) && !spec["superuserSecret"]) {
    make_secret(reader, name + "-superuser", {"password", "username"}, "kubernetes.io/basic-auth");
  }
}

void read_cnpg_pooler(ObjectReader& reader) {
  model::EntityFact entity = begin_store(reader, model::EntityKind::service, "");
  if (reader.required_mapping(reader.object().root, "spec")) {
    count(reader, reader.spec(), "instances", entity.attributes);
    listen(entity.attributes, k_postgres, "", entity.location);
    label(entity, "cnpg.io/poolerName", reader.object().name.view());
    const Node cluster = reader.required_mapping(reader.spec(), "cluster");
    if (const auto name = cluster ? reader.required_name(cluster, "name") : std::nullopt) {
      link(reader,
           {model::RelationKind::uses, reader.local_address("clusters.postgresql.cnpg.io", *name), "cluster", cluster.location()});
    }
    const Node shape = reader.mapping(reader.mapping(reader.spec(), "serviceTemplate"), "spec");
    MadeService service{reader.object().name.str(), k_postgres};
    service.type = service_type(reader, shape, "type");
    make_service(reader, service);
  }
  reader.emit(std::move(entity));
}

}  // namespace postern::ingest::kubernetes
