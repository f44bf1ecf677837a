// SPDX-License-Identifier: Apache-2.0
// RabbitmqCluster of the RabbitMQ cluster operator.
#include <ingest/kubernetes/links.h>
#include <ingest/kubernetes/load_balancer.h>
#include <ingest/kubernetes/operators/kinds.h>
#include <ingest/kubernetes/operators/made.h>

#include <algorithm>
#include <array>

namespace postern::ingest::kubernetes {
namespace {

using namespace model::attribute;

constexpr std::int64_t k_rabbitmq = 5672;

}  // namespace

void read_rabbitmq_cluster(ObjectReader& reader) {
  model::EntityFact entity = begin_store(reader, model::EntityKind::queue, "rabbitmq");
  if (!has_readable_spec(reader)) return reader.emit(std::move(entity));
  const Node& spec = reader.spec();
  const std::string name = reader.object().name.str();
  count(reader, spec, "replicas", entity.attributes);
  read_image(reader, spec, "image", "rabbitmq", entity.attributes);
  read_storage(reader, reader.mapping(spec, "persistence"), "storage", "storageClassName", entity.attributes);
  const Node tls = reader.mapping(spec, "tls");
  const bool encrypted = tls && reader.name(tls, "secretName");
  const bool only = encrypted && reader.boolean(tls, "disableNonTLSListeners").value_or(false);
  const std::string_view words = only ? "TLS only" : encrypted ? "TLS offered" : "";
  listen(entity.attributes, only ? k_rabbitmq - 1 : k_rabbitmq, words, tls ? tls.location() : entity.location);
  if (encrypted) {
    link(reader,
         {model::RelationKind::mounts, reader.local_address("secrets", *reader.name(tls, "secretName")), "tls", tls.location()});
  }
  label(entity, "app.kubernetes.io/name", name);
  reader.emit(std::move(entity));
  const Node shape = reader.mapping(spec, "service");
  MadeService service{name, only ? k_rabbitmq - 1 : k_rabbitmq};
  service.type = service_type(reader, shape, "type");
  service.internal = internal_load_balancer_annotation(reader, reader.mapping(shape, "annotations"));
  make_service(reader, service);
  make_service(reader, {name + "-nodes", k_rabbitmq, "ClusterIP", true});
  make_secret(reader, name + "-default-user",
              {"connection_string", "default_user.conf", "host", "password", "port", "provider", "type", "username"});
}

}  // namespace postern::ingest::kubernetes
