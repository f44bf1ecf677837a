// SPDX-License-Identifier: Apache-2.0
// Elasticsearch and Kibana of Elastic Cloud on Kubernetes.
#include <ingest/kubernetes/links.h>
#include <ingest/kubernetes/load_balancer.h>
#include <ingest/kubernetes/operators/kinds.h>
#include <ingest/kubernetes/operators/made.h>

#include <algorithm>
#include <array>

namespace postern::ingest::kubernetes {
namespace {

using namespace model::attribute;

constexpr std::int64_t k_elasticsearch = 9200;
constexpr std::int64_t k_kibana = 5601;

}  // namespace

void read_elasticsearch(ObjectReader& reader) {
  model::EntityFact entity = begin_store(reader, model::EntityKind::datastore, "elasticsearch");
  if (!reader.required_mapping(reader.object().root, "spec")) return reader.emit(std::move(entity));
  const Node& spec = reader.spec();
  const std::string name = reader.object().name.str();
  read_version(reader, spec, "version", entity.attributes);
  std::int64_t nodes = 0;
  reader.each_mapping(spec, "nodeSets", [&](const Node& item) {
    nodes += std::clamp<std::int64_t>(reader.integer(item, "count").value_or(0), 0, 100000);
    reader.each_mapping(item, "volumeClaimTemplates", [&](const Node& claim) { read_claim(reader, claim, entity.attributes); });
  });
  if (spec["nodeSets"]) add_row(entity.attributes, replicas, nodes, spec["nodeSets"].location());
  const Node http = reader.mapping(spec, "http");
  const Node own = reader.mapping(reader.mapping(http, "tls"), "selfSignedCertificate");
  const bool plain = own && reader.boolean(own, "disabled").value_or(false);
  listen(entity.attributes, k_elasticsearch, plain ? "no TLS" : "TLS", own ? own.location() : entity.location);
  label(entity, "elasticsearch.k8s.elastic.co/cluster-name", name);
  reader.emit(std::move(entity));
  const Node shape = reader.mapping(http, "service");
  MadeService service{name + "-es-http", k_elasticsearch};
  service.type = service_type(reader, reader.mapping(shape, "spec"), "type");
  service.internal = internal_load_balancer_annotation(reader, reader.mapping(reader.mapping(shape, "metadata"), "annotations"));
  make_service(reader, service);
  make_service(reader, {name + "-es-internal-http", k_elasticsearch});
  make_service(reader, {name + "-es-transport", 9300, "ClusterIP", true});
  make_secret(reader, name + "-es-elastic-user", {"elastic"});
  make_secret(reader, name + "-es-http-certs-public", {"ca.crt", "tls.crt"});
}

void read_kibana(ObjectReader& reader) {
  model::EntityFact entity = begin_store(reader, model::EntityKind::service, "");
  if (!reader.required_mapping(reader.object().root, "spec")) return reader.emit(std::move(entity));
  const Node& spec = reader.spec();
  read_version(reader, spec, "version", entity.attributes);
  count(reader, spec, "count", entity.attributes);
  listen(entity.attributes, k_kibana, "", entity.location);
  label(entity, "kibana.k8s.elastic.co/name", reader.object().name.view());
  const Node store = reader.mapping(spec, "elasticsearchRef");
  if (const auto name = store ? reader.name(store, "name") : std::nullopt) {
    const std::string_view place = reader.name(store, "namespace").value_or(reader.object().namespace_name.view());
    link(reader, {model::RelationKind::uses, make_address(place, "elasticsearches", *name), "elasticsearchRef", store.location()});
  }
  reader.emit(std::move(entity));
  const Node shape = reader.mapping(reader.mapping(spec, "http"), "service");
  MadeService service{reader.object().name.str() + "-kb-http", k_kibana};
  service.type = service_type(reader, reader.mapping(shape, "spec"), "type");
  make_service(reader, service);
}

}  // namespace postern::ingest::kubernetes
