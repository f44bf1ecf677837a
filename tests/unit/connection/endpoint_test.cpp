// SPDX-License-Identifier: Apache-2.0
// Addresses in single settings: every value form that we know, and what must not be taken for one.
#include "connection/endpoint.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace postern::connection;

namespace {

/// "technology host:port/database" of each endpoint, joined by spaces; a port in () is the default one, a resource stands after
/// '#'.
std::string summary(const std::vector<Endpoint>& endpoints) {
  std::string text;
  for (const Endpoint& endpoint : endpoints) {
    if (!text.empty()) text += " | ";
    text += endpoint.technology.empty() ? "-" : endpoint.technology;
    text += " " + (endpoint.host.empty() ? endpoint.host_template : endpoint.host);
    if (endpoint.port) text += ":" + std::to_string(*endpoint.port);
    if (!endpoint.port && endpoint.default_port) text += "(" + std::to_string(*endpoint.default_port) + ")";
    if (!endpoint.database.empty()) text += "/" + endpoint.database;
    if (!endpoint.resource.empty()) text += "#" + endpoint.resource;
    if (!endpoint.region.empty()) text += "@" + endpoint.region;
    if (endpoint.transport != Transport::unknown) text += std::string(" ") + to_string(endpoint.transport);
    if (endpoint.loopback) text += " loopback";
    if (endpoint.has_credentials) text += " credentials";
    if (endpoint.unresolved()) text += " unresolved";
    if (endpoint.direction != Direction::unknown) text += std::string(" ") + to_string(endpoint.direction);
  }
  return text;
}

struct Row {
  const char* name;
  const char* value;
  const char* expected;
};

void check(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    CAPTURE(std::string(row.name));
    CAPTURE(std::string(row.value));
    CHECK(summary(parse_endpoints(row.name, row.value, ParseMode::setting)) == std::string(row.expected));
  }
}

}  // namespace

TEST_CASE("URLs and DSNs of databases") {
  check({
      {"DATABASE_URL", "postgres://app:s3cr3t@db.prod:5433/shop?sslmode=disable",
       "postgres db.prod:5433/shop plaintext credentials"},
      {"DATABASE_URL", "postgresql://db/shop?sslmode=verify-full", "postgres db(5432)/shop encrypted"},
      {"X", "postgresql+asyncpg://u:p@h1:5432,h2:5433/db", "postgres h1:5432/db credentials | postgres h2:5433/db credentials"},
      {"X", "jdbc:postgresql://h1,h2:5433/db?sslmode=require", "postgres h1(5432)/db encrypted | postgres h2:5433/db encrypted"},
      {"DATABASE_URL", "ecto://postgres:postgres@db/app", "postgres db(5432)/app credentials"},
      {"X", "mysql+pymysql://root:pw@mysql/db", "mysql mysql(3306)/db credentials"},
      {"X", "jdbc:mysql:replication://primary,secondary:3307/db?useSSL=false",
       "mysql primary(3306)/db plaintext | mysql secondary:3307/db plaintext"},
      {"X", "jdbc:mariadb://maria/db", "mariadb maria(3306)/db"},
      {"X", "mongodb://u:p@m1:27017,m2:27018/app?replicaSet=rs0&tls=true",
       "mongodb m1:27017/app encrypted credentials | mongodb m2:27018/app encrypted credentials"},
      {"X", "mongodb+srv://u:p@cluster0.ab1cd.mongodb.net/app", "mongodb cluster0.ab1cd.mongodb.net/app encrypted credentials"},
      {"REDIS_URL", "redis://:pw@cache:6380/2", "redis cache:6380/2 plaintext credentials"},
      {"REDIS_URL", "rediss://cache", "redis cache(6379) encrypted"},
      {"X", "redis-sentinel://s1:26379,s2:26379/mymaster", "redis s1:26379/mymaster | redis s2:26379/mymaster"},
      {"X", "amqp://guest:guest@rabbit/%2F", "rabbitmq rabbit(5672)// plaintext credentials"},
      {"X", "amqps://b-1234.mq.eu-west-1.amazonaws.com:5671",
       "rabbitmq b-1234.mq.eu-west-1.amazonaws.com:5671@eu-west-1 encrypted"},
      {"X", "kafka://broker:9092", "kafka broker:9092"},
      {"X", "jdbc:sqlserver://sql.corp:1433;databaseName=Orders;encrypt=true;user=sa;password=x;",
       "mssql sql.corp:1433/Orders encrypted credentials"},
      {"X", "jdbc:sqlserver://sql\\INST1;encrypt=false", "mssql sql(1433) plaintext"},
      {"X", "jdbc:oracle:thin:@//ora:1522/svc", "oracle ora:1522/svc"},
      {"X", "jdbc:oracle:thin:@ora.example.com:1521:ORCL", "oracle ora.example.com:1521/ORCL"},
      {"X", "jdbc:oracle:thin:scott/tiger@(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=ora1)(PORT=1525))(CONNECT_DATA=(SID=x)))",
       "oracle ora1:1525 credentials"},
      {"X", "jdbc:db2://h:50001/db", "db2 h:50001/db"},
      {"X", "jdbc:redshift://c.abc.eu-west-1.redshift.amazonaws.com:5439/dev",
       "redshift c.abc.eu-west-1.redshift.amazonaws.com:5439/dev@eu-west-1"},
      {"X", "jdbc:snowflake://acct.eu-central-1.snowflakecomputing.com/?db=sales",
       "snowflake acct.eu-central-1.snowflakecomputing.com(443)/sales@eu-central-1 encrypted"},
      {"X", "jdbc:aws-wrapper:postgresql://h:5432/db", "postgres h:5432/db"},
      {"DSN", "app:p@ss:w0rd@tcp(mysql:3307)/shop?tls=true", "mysql mysql:3307/shop encrypted credentials"},
      {"DSN", "host=db port=5433 dbname=shop user=app password=x sslmode=disable", "postgres db:5433/shop plaintext credentials"},
      {"X", "clickhouse://ch:9000/default", "clickhouse ch:9000/default"},
      {"X", "cassandra://c1:9042/ks", "cassandra c1:9042/ks"},
      {"NEO4J_URI", "neo4j+s://x.databases.neo4j.io", "neo4j x.databases.neo4j.io(7687) encrypted"},
      {"X", "bolt://graph:7687", "neo4j graph:7687"},
  });
}

TEST_CASE("other schemes") {
  check({
      {"LDAP_URL", "ldaps://dir.corp", "ldap dir.corp(636) encrypted"},
      {"X", "smtp://mail:1025", "smtp mail:1025"},
      {"X", "sftp://files.partner.example:22/in", "ssh files.partner.example:22 encrypted"},
      {"X", "grpc://svc:50051", "grpc svc:50051"},
      {"X", "dns:///orders.shop:50051", "grpc orders.shop:50051"},
      {"X", "consul://consul:8500", "consul consul:8500"},
      {"X", "nats://nats", "nats nats(4222)"},
      {"X", "wss://push.example.com/feed", "websocket push.example.com(443) encrypted"},
      {"ELASTICSEARCH_URL", "http://es:9200", "elasticsearch es:9200 plaintext"},
      {"PAYMENTS", "https://API.Stripe.com./v1", "- api.stripe.com(443) encrypted"},
      {"LIST", "http://a:1,https://b:2/x", "- a:1 plaintext | - b:2 encrypted"},
      {"ETCD_INITIAL_CLUSTER", "e0=http://e0:2380,e1=http://e1:2380", "etcd e0:2380 plaintext | etcd e1:2380 plaintext"},
      {"X", "http://[fd00::1]:8080/x", "- fd00::1:8080 plaintext"},
      {"X", "https://sqs.eu-west-1.amazonaws.com/123456789012/orders",
       "sqs sqs.eu-west-1.amazonaws.com(443)#orders@eu-west-1 encrypted"},
  });
}

TEST_CASE("connection strings of ADO.NET and Azure") {
  check({
      {"ConnectionStrings__Main", "Server=tcp:sql.corp,1444;Initial Catalog=Orders;User Id=sa;Password='a;b';Encrypt=True",
       "mssql sql.corp:1444/Orders encrypted credentials"},
      {"X", "SERVER=db;DATABASE=x;UID=a;PWD=b;Encrypt=false", "mssql db(1433)/x plaintext credentials"},
      {"X", "Host=pg;Port=5433;Database=x;Username=a;Password=b;SSL Mode=Require", "postgres pg:5433/x encrypted credentials"},
      {"X", "Server=my;Port=3306;Database=x;Uid=a;Pwd=b;", "mysql my:3306/x credentials"},
      {"MYSQLCONNSTR_db", "Server=my;Database=x;Uid=a;Pwd=b;", "mysql my(3306)/x credentials"},
      {"X", "Data Source=app.db;Cache=Shared", ""},
      {"X", "Data Source=(localdb)\\v11.0;Initial Catalog=x", ""},
      {"X", "Server=db.database.windows.net;Database=x", "mssql db.database.windows.net(1433)/x"},
      {"X", "AccountEndpoint=https://x.documents.azure.com:443/;AccountKey=abc==;",
       "cosmosdb x.documents.azure.com:443 encrypted credentials"},
      {"X", "DefaultEndpointsProtocol=https;AccountName=shopfiles;AccountKey=k==;EndpointSuffix=core.windows.net",
       "azure-blob shopfiles.blob.core.windows.net encrypted credentials"},
      {"X", "Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=n;SharedAccessKey=k=;EntityPath=hub",
       "servicebus x.servicebus.windows.net(5671)#hub encrypted credentials"},
  });
}

TEST_CASE("names of cloud resources") {
  check({
      {"DB", "projects/p/instances/i/databases/d", "spanner /d#i"},
      {"T", "projects/p/topics/orders", "pubsub #orders"},
      {"Q", "arn:aws:sqs:eu-west-1:123456789012:orders", "sqs #orders@eu-west-1"},
      {"B", "arn:aws:s3:::assets/x", "s3 #assets/x"},
      {"R", "arn:aws:iam::123456789012:role/app", ""},
      {"S", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db", ""},
      {"B", "s3://assets/x", "s3 #assets"},
      {"B", "gs://assets", "gcs #assets"},
      {"B", "abfss://raw@lake.dfs.core.windows.net/x", "azure-datalake lake.dfs.core.windows.net(443)#raw encrypted"},
      {"INSTANCE_CONNECTION_NAME", "proj:europe-west3:shop", "cloud-sql #proj:europe-west3:shop@europe-west3"},
      {"INSTANCE_UNIX_SOCKET", "/cloudsql/proj:europe-west3:shop", "cloud-sql #proj:europe-west3:shop@europe-west3"},
      {"DATABASE_URL", "postgres://u:p@/db?host=/cloudsql/proj:us-east1:x",
       "postgres (5432)/db#proj:us-east1:x@us-east1 credentials"},
      {"SECRET", "projects/p/secrets/db-password", ""},
  });
}

TEST_CASE("host and port under names that say what they are") {
  check({
      {"PRODUCT_CATALOG_SERVICE_ADDR", "productcatalogservice:3550", "- productcatalogservice:3550"},
      {"KAFKA_ADDR", "kafka:9092", "kafka kafka:9092"},
      {"KAFKA_BROKERS", "k1:9092,k2:9092", "kafka k1:9092 | kafka k2:9092"},
      {"SPRING_KAFKA_BOOTSTRAP_SERVERS", "kafka-0.kafka.prod.svc.cluster.local:9092",
       "kafka kafka-0.kafka.prod.svc.cluster.local:9092"},
      {"ZOOKEEPER_CONNECT", "zk1:2181,zk2:2181/kafka", "zookeeper zk1:2181 | zookeeper zk2:2181"},
      {"REDIS_HOST", "redis", "redis redis(6379)"},
      {"PGHOST", "DB.Prod.", "postgres db.prod(5432)"},
      {"MEMCACHED_SERVERS", "m1:11211 m2:11211", "memcached m1:11211 | memcached m2:11211"},
      {"CASSANDRA_CONTACT_POINTS", "c1,c2", "cassandra c1(9042) | cassandra c2(9042)"},
      {"REDIS", "cache:6379,password=x,ssl=True", "redis cache:6379 encrypted credentials"},
      {"DB_HOST", "x.abc.eu-central-1.rds.amazonaws.com", "aws-rds x.abc.eu-central-1.rds.amazonaws.com@eu-central-1"},
      {"DB_HOST", "10.1.2.3", "- 10.1.2.3"},
      {"DB_HOST", "2001:db8::1", "- 2001:db8::1"},
      {"DB_HOST", "[2001:db8::1]:5432", "- 2001:db8::1:5432"},
      {"DB_HOST", "localhost", "- localhost loopback"},
      {"DB_ADDR", "127.0.0.1:5432", "- 127.0.0.1:5432 loopback"},
      {"DB_ADDR", "[::1]:5432", "- ::1:5432 loopback"},
      {"UPSTREAM", "api.stripe.com", "- api.stripe.com"},
      {"NEUTRAL", "orders.shop.svc.cluster.local", "- orders.shop.svc.cluster.local"},
      {"WEBHOOK_URL", "https://hooks.slack.com/services/T0/B0/x", "- hooks.slack.com(443) encrypted writes"},
      {"READER_HOST", "x.cluster-ro-abc.us-east-1.rds.amazonaws.com",
       "aws-rds x.cluster-ro-abc.us-east-1.rds.amazonaws.com@us-east-1 reads"},
      {"PUBLIC_URL", "https://shop.example.com", "- shop.example.com(443) encrypted self"},
      {"EMAIL_SERVICE_ADDR", "emailservice:5000", "- emailservice:5000"},
      {"SMTP_HOST", "mail", "smtp mail(587)"},
  });
}

TEST_CASE("unresolved parts are flagged and never guessed") {
  check({
      {"DATABASE_URL", "postgres://$(USER):$(PW)@$(DB_HOST):5432/shop", "postgres $(DB_HOST):5432/shop credentials unresolved"},
      {"API_URL", "http://${API_HOST:-api}:8080", "- ${API_HOST:-api}:8080 plaintext unresolved"},
      {"API_URL", "http://api:{{ .Values.port }}/x", "- api(80) plaintext unresolved"},
      {"REDIS_ADDR", "{{ include \"redis.name\" . }}:6379", "redis {{ include \"redis.name\" . }}:6379 unresolved"},
      {"DATABASE_URL", "$(OTHER_URL)", "- $(OTHER_URL) unresolved"},
      {"NEUTRAL", "$(OTHER)", ""},
  });
  const auto endpoints = parse_endpoints("API_URL", "http://${API_HOST:-api}:8080", ParseMode::setting);
  REQUIRE(endpoints.size() == 1);
  CHECK(endpoints[0].host.empty());
  CHECK(endpoints[0].references == std::vector<Reference>{{"API_HOST", "api"}});
}

TEST_CASE("what is no endpoint") {
  check({
      {"PORT", "8080", ""},
      {"LISTEN_ADDR", "0.0.0.0:8080", ""},
      {"BIND_ADDRESS", "10.0.0.1:80", ""},
      {"HTTP_ADDR", ":8080", ""},
      {"HTTP_ADDR", "0.0.0.0:8080", ""},
      {"DATABASE_URL", "sqlite:///data/app.db", ""},
      {"X", "jdbc:h2:mem:test", ""},
      {"X", "jdbc:sqlite:/data/x.db", ""},
      {"DB_HOST", "/var/run/postgresql", ""},
      {"DOCKER_HOST", "unix:///var/run/docker.sock", ""},
      {"EMPTY_URL", "", ""},
      {"IMAGE", "redis:7", ""},
      {"SIDECAR", "registry.example.com/team/redis:7.2", ""},
      {"RUNTIME", "python:3", ""},
      {"VERSION", "1.2.3", ""},
      {"NEUTRAL", "v1.2.3:4", ""},
      {"START", "12:30", ""},
      {"WHEN", "2024-01-31T12:30:00Z", ""},
      {"MIME", "application/json", ""},
      {"HANDLER", "com.acme.shop.Main", ""},
      {"SELECTOR", "app:web", ""},
      {"LABEL", "app.kubernetes.io/name", ""},
      {"CONTACT", "ops@example.com", ""},
      {"FROM_ADDRESS", "ops@example.com", ""},
      {"CONFIG", "/etc/app/config.yaml", ""},
      {"CONFIG_FILE", "config.yaml", ""},
      {"USER", "1000:1000", ""},
      {"FEATURE_SERVER", "true", ""},
      {"NEUTRAL", "redis", ""},
      {"NEUTRAL", "key:value", ""},
      {"HOSTS", "config.yaml", ""},
  });
}

TEST_CASE("passwords with every separator do not hide the host") {
  for (const char* password :
       {"p@ss", "p:ss", "p/ss", "p;ss", "p,ss", "p%40ss", "p@ss/w:rd", "a@b@c", "12/34", "p?ss", "p'ss", "a#b", "p ss", "$ecret"}) {
    CAPTURE(std::string(password));
    const std::string value = "postgres://user:" + std::string(password) + "@db.prod:5432/shop";
    const auto endpoints = parse_endpoints("DATABASE_URL", value, ParseMode::setting);
    REQUIRE(endpoints.size() == 1);
    CHECK(endpoints[0].host == "db.prod");
    CHECK(endpoints[0].port == 5432);
    CHECK(endpoints[0].database == "shop");
    CHECK(endpoints[0].has_credentials);
  }
}

TEST_CASE("confidence says how sure it is") {
  const auto confidence = [](const char* name, const char* value) {
    const auto endpoints = parse_endpoints(name, value, ParseMode::setting);
    REQUIRE(endpoints.size() == 1);
    return endpoints[0].confidence;
  };
  CHECK(confidence("X", "http://a") == Confidence::url);
  CHECK(confidence("X", "api.eu.mailgun.net:443") == Confidence::managed_host);
  CHECK(confidence("API_ADDR", "api:80") == Confidence::host_port);
  CHECK(confidence("API_HOST", "api") == Confidence::bare_name);
  CHECK(confidence("NEUTRAL", "api:8080") == Confidence::bare_name);
  CHECK(Confidence::bare_name < Confidence::url);
}

TEST_CASE("offsets, lines and columns point at the address") {
  const auto endpoints = parse_endpoints("X", "a:9092,b:9093", ParseMode::setting);
  REQUIRE(endpoints.size() == 2);
  CHECK(endpoints[1].offset == 7);
  CHECK(endpoints[1].column == 8);
}

TEST_CASE("a webhook's path is a credential and is not kept") {
  const auto endpoints =
      parse_endpoints("SLACK_WEBHOOK_URL", "https://hooks.slack.com/services/T0ABC/B0DEF/c4n4ryc4n4ry", ParseMode::setting);
  REQUIRE(endpoints.size() == 1);
  CHECK(endpoints[0].path.find("c4n4ry") == std::string::npos);
}
