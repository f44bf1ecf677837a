// SPDX-License-Identifier: Apache-2.0
// RedisFailover of Spotahome; Redis, RedisCluster and RedisReplication of OpsTree.
#include <ingest/kubernetes/links.h>
#include <ingest/kubernetes/load_balancer.h>
#include <ingest/kubernetes/operators/kinds.h>
#include <ingest/kubernetes/operators/made.h>

#include <algorithm>
#include <array>

namespace postern::ingest::kubernetes {
namespace {

using namespace model::attribute;

constexpr std::int64_t k_redis = 6379;
constexpr std::int64_t k_sentinel = 26379;

}  // namespace

void read_redis_failover(ObjectReader& reader) {
  model::EntityFact entity = begin_store(reader, model::EntityKind::cache, "redis");
  if (!reader.required_mapping(reader.object().root, "spec")) return reader.emit(std::move(entity));
  const Node redis = reader.mapping(reader.spec(), "redis");
  const std::string name = reader.object().name.str();
  count(reader, redis, "replicas", entity.attributes);
  read_image(reader, redis, "image", "redis", entity.attributes);
  read_claim(reader, reader.mapping(reader.mapping(redis, "storage"), "persistentVolumeClaim"), entity.attributes);
  const Node login = reader.mapping(reader.spec(), "auth");
  const auto secret = login ? reader.name(login, "secretPath") : std::nullopt;
  listen(entity.attributes, k_redis, secret ? "password" : "no password", login ? login.location() : entity.location);
  if (secret) link(reader, {model::RelationKind::mounts, reader.local_address("secrets", *secret), "auth", login.location()});
  label(entity, "app.kubernetes.io/name", name);
  reader.emit(std::move(entity));
  make_service(reader, {"rfs-" + name, k_sentinel});
  make_service(reader, {"rfr-" + name, k_redis, "ClusterIP", true});
  make_service(reader, {"rfrm-" + name, k_redis});
  make_service(reader, {"rfrs-" + name, k_redis});
}

void read_opstree_redis(ObjectReader& reader) {
  model::EntityFact entity = begin_store(reader, model::EntityKind::cache, "redis");
  if (!reader.required_mapping(reader.object().root, "spec")) return reader.emit(std::move(entity));
  const Node& spec = reader.spec();
  const std::string name = reader.object().name.str();
  const bool clustered = reader.object().kind == "RedisCluster";
  count(reader, spec, "clusterSize", entity.attributes);
  const Node settings = reader.mapping(spec, "kubernetesConfig");
  read_image(reader, settings, "image", "redis", entity.attributes);
  read_claim(reader, reader.mapping(reader.mapping(spec, "storage"), "volumeClaimTemplate"), entity.attributes);
  const Node secret = reader.mapping(settings, "redisSecret");
  const auto secret_name = secret ? reader.name(secret, "name") : std::nullopt;
  std::string words = secret_name ? "password" : "no password";
  if (spec["TLS"].is_mapping()) words += " TLS";
  listen(entity.attributes, k_redis, words, settings ? settings.location() : entity.location);
  if (secret_name)
    link(reader, {model::RelationKind::mounts, reader.local_address("secrets", *secret_name), "redisSecret", secret.location()});
  label(entity, "app", clustered ? name + "-leader" : name);
  reader.emit(std::move(entity));
  const std::string_view type = service_type(reader, reader.mapping(settings, "service"), "serviceType");
  for (const std::string_view part :
       clustered ? std::vector<std::string_view>{"-leader", "-follower"} : std::vector<std::string_view>{""}) {
    const std::string base = name + std::string(part);
    make_service(reader, {base, k_redis});
    make_service(reader, {base + "-headless", k_redis, "ClusterIP", true});
    MadeService additional{base + "-additional", k_redis};
    additional.type = type;
    make_service(reader, additional);
  }
}

}  // namespace postern::ingest::kubernetes
