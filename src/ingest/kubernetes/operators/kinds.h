// SPDX-License-Identifier: Apache-2.0
// Objects from which operators make workloads, Services, Secrets and scaling.
#pragma once
#include <ingest/kubernetes/object_reader.h>

namespace postern::ingest::kubernetes {

// Secrets and certificates
void read_certificate(ObjectReader& reader);
void read_external_secret(ObjectReader& reader);
void read_issuer(ObjectReader& reader);        ///< Issuer, ClusterIssuer
void read_secret_store(ObjectReader& reader);  ///< SecretStore, ClusterSecretStore
// What runs and how much of it
void read_knative_service(ObjectReader& reader);
void read_scaled_job(ObjectReader& reader);
void read_scaled_object(ObjectReader& reader);
// Stores
void read_cnpg_cluster(ObjectReader& reader);
void read_cnpg_pooler(ObjectReader& reader);
void read_elasticsearch(ObjectReader& reader);
void read_kibana(ObjectReader& reader);
void read_mongodb_community(ObjectReader& reader);
void read_opstree_redis(ObjectReader& reader);
void read_percona_mongodb(ObjectReader& reader);
void read_rabbitmq_cluster(ObjectReader& reader);
void read_redis_failover(ObjectReader& reader);
void read_strimzi_kafka(ObjectReader& reader);
void read_strimzi_topic(ObjectReader& reader);
void read_strimzi_user(ObjectReader& reader);

}  // namespace postern::ingest::kubernetes
