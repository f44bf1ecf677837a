// SPDX-License-Identifier: Apache-2.0
// What images, ports, schemes and names say about the technology; and the traps.
#include "connection/technology.h"

#include <doctest/doctest.h>

#include <set>
#include <string>
#include <utility>
#include <vector>

using namespace postern::connection;

namespace {
std::string id_of(const Technology* row) { return row == nullptr ? "" : std::string(row->id); }
}  // namespace

TEST_CASE("image stems") {
  const std::vector<std::pair<const char*, const char*>> rows{{"postgres", "postgres"},
                                                              {"postgres:16-alpine", "postgres"},
                                                              {"docker.io/library/postgres:16@sha256:ab", "postgres"},
                                                              {"localhost:5000/postgres", "postgres"},
                                                              {"bitnami/postgresql:16", "postgres"},
                                                              {"timescale/timescaledb-ha:pg16", "postgres"},
                                                              {"pgvector/pgvector:pg16", "postgres"},
                                                              {"cockroachdb/cockroach:v23", "cockroachdb"},
                                                              {"percona", "mysql"},
                                                              {"mariadb:11", "mariadb"},
                                                              {"mcr.microsoft.com/mssql/server:2022-latest", "mssql"},
                                                              {"mcr.microsoft.com/azure-sql-edge", "mssql"},
                                                              {"gvenzl/oracle-xe", "oracle"},
                                                              {"ibmcom/db2", "db2"},
                                                              {"mongo:7", "mongodb"},
                                                              {"redis/redis-stack", "redis"},
                                                              {"valkey/valkey:8", "redis"},
                                                              {"memcached:1.6", "memcached"},
                                                              {"confluentinc/cp-kafka:7.5", "kafka"},
                                                              {"apache/kafka", "kafka"},
                                                              {"redpandadata/redpanda", "kafka"},
                                                              {"rabbitmq:3-management", "rabbitmq"},
                                                              {"nats:2", "nats"},
                                                              {"eclipse-mosquitto", "mqtt"},
                                                              {"docker.elastic.co/elasticsearch/elasticsearch:8", "elasticsearch"},
                                                              {"opensearchproject/opensearch:2", "elasticsearch"},
                                                              {"scylladb/scylla", "scylladb"},
                                                              {"quay.io/minio/minio", "minio"},
                                                              {"hashicorp/vault:1.15", "vault"},
                                                              {"quay.io/keycloak/keycloak", "keycloak"},
                                                              {"prom/prometheus", "prometheus"},
                                                              {"jaegertracing/all-in-one", "jaeger"},
                                                              {"nginx:1.25", "nginx"}};
  for (const auto& [image, id] : rows) {
    CAPTURE(std::string(image));
    CHECK(id_of(technology_of_image(image)) == id);
  }
}

TEST_CASE("tools that only serve a technology are not the technology") {
  for (const char* image :
       {"prometheuscommunity/postgres-exporter", "oliver006/redis-exporter", "mysql-client", "dpage/pgadmin4",
        "provectuslabs/kafka-ui", "mongo-express", "redis-commander", "postgres-operator", "mysqld-exporter", "shop/orders",
        "mypostgres", "redisinsight", "acme/postgres-backup", "bitnami/postgres-exporter:0.15", ""}) {
    CAPTURE(std::string(image));
    CHECK(id_of(technology_of_image(image)) == "");
  }
}

TEST_CASE("ports alone are weak, shared ports weaker") {
  REQUIRE(technologies_of_port(6379).size() == 1);
  CHECK(technologies_of_port(6379)[0].technology->id == "redis");
  for (const Technology& row : technologies()) {
    for (const std::uint16_t port : row.ports) {
      for (const PortGuess& guess : technologies_of_port(port)) CHECK(guess.confidence <= 0.5);
    }
  }
  CHECK(technologies_of_port(9000).size() >= 2);
  CHECK(technologies_of_port(9000)[0].confidence < 0.2);
  CHECK(technologies_of_port(8080)[0].confidence < 0.2);
  CHECK(technologies_of_port(1).empty());
}

TEST_CASE("schemes and names") {
  CHECK(id_of(technology_of_scheme("postgresql+psycopg2")) == "postgres");
  CHECK(id_of(technology_of_scheme("JDBC:mysql")) == "mysql");
  CHECK(id_of(technology_of_scheme("rediss")) == "redis");
  CHECK(id_of(technology_of_scheme("https")) == "");
  CHECK(id_of(technology_of_name("SPRING_RABBITMQ_HOST")) == "rabbitmq");
  CHECK(id_of(technology_of_name("spring.kafka.bootstrap-servers")) == "kafka");
  CHECK(id_of(technology_of_name("PGHOST")) == "postgres");
  CHECK(id_of(technology_of_name("SCHEMA_REGISTRY_URL")) == "schema-registry");
  CHECK(id_of(technology_of_name("REDIS_TO_KAFKA_URL")) == "");
  CHECK(id_of(technology_of_name("ORDERS_URL")) == "");
}

TEST_CASE("ids of the table are unique") {
  std::set<std::string_view> ids;
  for (const Technology& row : technologies()) CHECK(ids.insert(row.id).second);
}
