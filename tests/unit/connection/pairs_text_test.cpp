// SPDX-License-Identifier: Apache-2.0
// Split settings that belong together, and addresses in configuration files, arguments and commands.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "connection/endpoint.h"

using namespace postern::connection;

namespace {

std::string summary(const Endpoint& endpoint) {
  std::string text = endpoint.technology.empty() ? "-" : endpoint.technology;
  text += " " + (endpoint.host.empty() ? endpoint.host_template : endpoint.host);
  if (endpoint.port) text += ":" + std::to_string(*endpoint.port);
  if (!endpoint.database.empty()) text += "/" + endpoint.database;
  if (!endpoint.resource.empty()) text += "#" + endpoint.resource;
  return text;
}

std::vector<std::string> in_text(std::string_view text) {
  std::vector<std::string> found;
  for (const Endpoint& endpoint : parse_endpoints({}, text, ParseMode::text)) found.push_back(summary(endpoint));
  return found;
}

using Strings = std::vector<std::string>;

}  // namespace

TEST_CASE("split settings are joined by prefix") {
  const std::vector<Setting> settings{{"POSTGRES_HOST", "db"}, {"POSTGRES_PORT", "5433"},     {"POSTGRES_DB_NAME", "shop"},
                                      {"LOG_LEVEL", "info"},   {"FLAGD_PORT", "8013"},        {"FLAGD_HOST", "flagd"},
                                      {"PORT", "8080"},        {"HOST", "0.0.0.0"},           {"PGHOST", "pg"},
                                      {"PGPORT", "5432"},      {"PGDATABASE", "x"},           {"REDIS_ADDR", "cache"},
                                      {"REDIS_PORT", "6380"},  {"CART_SERVICE_HOST", "cart"}, {"CART_SERVICE_PORT", "7070"}};
  const auto pairs = pair_settings(settings);
  REQUIRE(pairs.size() == 5);
  CHECK(summary(pairs[0].endpoint) == "postgres db:5433/shop");
  CHECK(pairs[0].settings == std::vector<std::size_t>{0, 1, 2});
  CHECK(pairs[0].endpoint.confidence == Confidence::host_port);
  CHECK(summary(pairs[1].endpoint) == "flagd flagd:8013");
  CHECK(summary(pairs[2].endpoint) == "postgres pg:5432/x");
  CHECK(summary(pairs[3].endpoint) == "redis cache:6380");
  CHECK(summary(pairs[4].endpoint) == "- cart:7070");
}

TEST_CASE("every setting of a container is used once") {
  const std::vector<Setting> settings{
      {"DB_HOST", "x.abc.eu-west-1.rds.amazonaws.com"}, {"DB_PORT", "5432"}, {"API_URL", "http://api"}, {"DB_SSL", "true"}};
  const auto all = endpoints_of_settings(settings);
  REQUIRE(all.size() == 2);
  CHECK(summary(all[0].endpoint) == "postgres x.abc.eu-west-1.rds.amazonaws.com:5432");
  CHECK(all[0].endpoint.transport == Transport::encrypted);
  CHECK(all[0].settings == std::vector<std::size_t>{0, 1, 3});
  CHECK(summary(all[1].endpoint) == "- api");
}

TEST_CASE("a host with references keeps its port; a port with references stays open") {
  const std::vector<Setting> settings{{"DB_HOST", "$(PG_HOST)"}, {"DB_PORT", "5432"}};
  const auto pairs = pair_settings(settings);
  REQUIRE(pairs.size() == 1);
  CHECK(pairs[0].endpoint.unresolved());
  CHECK(pairs[0].endpoint.port == 5432);
}

TEST_CASE("a host and a port in settings of their own are a store where the port is the usual one of just that") {
  const auto technology = [](const char* name, const char* port) {
    const std::vector<Setting> settings{{std::string(name) + "_HOST", "x.corp.lan"}, {std::string(name) + "_PORT", port}};
    const auto pairs = pair_settings(settings);
    REQUIRE(pairs.size() == 1);
    return pairs[0].endpoint.technology;
  };
  CHECK(technology("DB", "5432") == "postgres");
  CHECK(technology("SESSIONS", "6379") == "redis");
  CHECK(technology("BILLING", "8443").empty());
  CHECK(technology("MYSQL", "5432") == "mysql");  // a name that says it wins
}

TEST_CASE("names of vocabularies are no addresses") {
  CHECK(in_text("{\n  \"$schema\": \"https://json-schema.org/draft-07/schema#\",\n  \"$id\": \"https://s.example/order.json\"\n}\n")
            .empty());
  CHECK(parse_endpoints("SCHEMA_URL", "https://json-schema.org/draft/2020-12/schema", ParseMode::setting).empty());
  CHECK(parse_endpoints("ORDERS_URL", "https://json.somebody.example/draft", ParseMode::setting).size() == 1);
}

TEST_CASE("properties and ini files") {
  CHECK(in_text("# spring.datasource.url=jdbc:postgresql://old/x\n"
                "spring.datasource.url=jdbc:postgresql://db:5432/shop\n"
                "spring.data.redis.host=cache\nspring.data.redis.port=6380\n"
                "server.port=8080\n"
                "// redis://commented\n") == Strings{"postgres db:5432/shop", "redis cache:6380"});
  CHECK(in_text("[database]\nhost = db\nport = 5432\n[server]\nlisten = 0.0.0.0:80\n") == Strings{"postgres db:5432"});
}

TEST_CASE("YAML and JSON configuration") {
  const auto endpoints = parse_endpoints(
      {}, "redis:\n  host: cache.prod.svc\n  port: 6379\nimage: nginx:1.25\nupstream: http://api:8080 # http://old\n",
      ParseMode::text);
  REQUIRE(endpoints.size() == 2);
  CHECK(summary(endpoints[0]) == "redis cache.prod.svc:6379");
  CHECK(endpoints[0].line == 2);
  CHECK(endpoints[0].column == 9);
  CHECK(summary(endpoints[1]) == "- api:8080");
  CHECK(endpoints[1].line == 5);
  CHECK(endpoints[1].column == 11);
  CHECK(endpoints[1].key == "upstream");
  CHECK(in_text("{\"mongo\": {\"uri\": \"mongodb://m:27017/x\"}, \"hosts\": [\"es-1:9200\", \"es-2:9200\"]}") ==
        Strings{"mongodb m:27017/x", "- es-1:9200", "- es-2:9200"});
  CHECK(parse_endpoints("CONFIG", "{\"api_url\":\"https://api.stripe.com/v1\"}", ParseMode::setting).size() == 1);
}

TEST_CASE("arguments and commands") {
  CHECK(in_text("--redis-addr=redis:6379") == Strings{"redis redis:6379"});
  CHECK(in_text("--broker kafka:9092 --listen :8080") == Strings{"- kafka:9092"});
  CHECK(in_text("-instances=proj:us-east1:shop=tcp:5432") == Strings{"cloud-sql #proj:us-east1:shop"});
  CHECK(in_text("proj:us-east1:shop?port=5432") == Strings{"cloud-sql #proj:us-east1:shop"});
  CHECK(in_text("until nc -z db 5432; do sleep 1; done; curl -f http://api:8080/health") == Strings{"- api:8080"});
  CHECK(in_text("java -jar /app/app.jar --spring.datasource.url=jdbc:mysql://mysql:3306/petclinic") ==
        Strings{"mysql mysql:3306/petclinic"});
  const auto words = parse_endpoints({}, "wait-for-it db:5432", ParseMode::text);
  REQUIRE(words.size() == 1);
  CHECK(words[0].confidence == Confidence::bare_name);
}

TEST_CASE("what stands in texts and is no address") {
  CHECK(in_text("version: 1.2.3\nschedule: \"12:30\"\nimage: registry.example.com/x:1.2\npath: /etc/x.yaml\nmime: text/html\n"
                "date: 2024-01-31\nclass: com.acme.Main\nmail: ops@example.com\nselector: app=web\nuser: \"1000:1000\"\n"
                "name: shop\nkind: Service\napiVersion: apps/v1\nratio: 3:4\nlog: INFO:root\n")
            .empty());
}

TEST_CASE("long inputs are read in linear time and without recursion") {
  for (const char* piece : {"a=", "[", "{\"", "a://", "a://u:p@", "${", "://", "x:1,", "\"'", "k: [", "http://a:b ",
                            ";=", "Bearer ", "jdbc:oracle:thin:@"}) {
    CAPTURE(std::string(piece));
    std::string text;
    while (text.size() < 200000) text += piece;
    CHECK_NOTHROW((void)parse_endpoints("X_URL", text, ParseMode::text));
    CHECK_NOTHROW((void)parse_endpoints("X_URL", text, ParseMode::setting));
  }
}
