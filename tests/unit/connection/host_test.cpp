// SPDX-License-Identifier: Apache-2.0
// What the names of hosts say, and what they do not.
#include "connection/host.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace postern::connection;

namespace {

struct Row {
  const char* host;
  HostClass host_class;
  const char* technology;
  const char* region;
  const char* jurisdiction;
};

}  // namespace

TEST_CASE("managed services: technology, region and jurisdiction come from the name") {
  const std::vector<Row> rows{
      {"db.abc123.eu-central-1.rds.amazonaws.com", HostClass::known_vendor, "aws-rds", "eu-central-1", "DE"},
      {"db.cluster-abc.eu-west-1.rds.amazonaws.com", HostClass::known_vendor, "aws-rds", "eu-west-1", "IE"},
      {"db.abc.rds.cn-north-1.amazonaws.com.cn", HostClass::known_vendor, "aws-rds", "cn-north-1", "CN"},
      {"db.abc.cn-north-1.rds.amazonaws.com.cn", HostClass::known_vendor, "aws-rds", "cn-north-1", "CN"},
      {"d.abc.us-east-1.docdb.amazonaws.com", HostClass::known_vendor, "documentdb", "us-east-1", "US"},
      {"n.abc.us-east-1.neptune.amazonaws.com", HostClass::known_vendor, "neptune", "us-east-1", "US"},
      {"master.cache.abc.euw1.cache.amazonaws.com", HostClass::known_vendor, "redis", "eu-west-1", "IE"},
      {"x.abc.cfg.use1.cache.amazonaws.com", HostClass::known_vendor, "memcached", "us-east-1", "US"},
      {"clustercfg.x.abc.memorydb.ap-south-1.amazonaws.com", HostClass::known_vendor, "redis", "ap-south-1", "IN"},
      {"wh.abc.eu-north-1.redshift.amazonaws.com", HostClass::known_vendor, "redshift", "eu-north-1", "SE"},
      {"search-x-abc.eu-west-3.es.amazonaws.com", HostClass::known_vendor, "elasticsearch", "eu-west-3", "FR"},
      {"abc.us-west-2.aoss.amazonaws.com", HostClass::known_vendor, "elasticsearch", "us-west-2", "US"},
      {"b-1.cl.abc.c2.kafka.eu-south-1.amazonaws.com", HostClass::known_vendor, "kafka", "eu-south-1", "IT"},
      {"b-12.mq.ca-central-1.amazonaws.com", HostClass::known_vendor, "amazon-mq", "ca-central-1", "CA"},
      {"sqs.eu-west-2.amazonaws.com", HostClass::known_vendor, "sqs", "eu-west-2", "GB"},
      {"dynamodb.sa-east-1.amazonaws.com", HostClass::known_vendor, "dynamodb", "sa-east-1", "BR"},
      {"assets.s3.eu-west-1.amazonaws.com", HostClass::known_vendor, "s3", "eu-west-1", "IE"},
      {"s3.amazonaws.com", HostClass::known_vendor, "s3", "", ""},
      {"assets.s3.amazonaws.com", HostClass::known_vendor, "s3", "", ""},
      {"x.execute-api.eu-west-1.amazonaws.com", HostClass::known_vendor, "", "eu-west-1", "IE"},
      {"x.lambda-url.us-east-2.on.aws", HostClass::known_vendor, "", "us-east-2", "US"},
      {"shop.database.windows.net", HostClass::known_vendor, "mssql", "", ""},
      {"shop.postgres.database.azure.com", HostClass::known_vendor, "postgres", "", ""},
      {"shop.mysql.database.azure.com", HostClass::known_vendor, "mysql", "", ""},
      {"shop.documents.azure.com", HostClass::known_vendor, "cosmosdb", "", ""},
      {"shop.mongo.cosmos.azure.com", HostClass::known_vendor, "cosmosdb", "", ""},
      {"shop.redis.cache.windows.net", HostClass::known_vendor, "redis", "", ""},
      {"shop.blob.core.windows.net", HostClass::known_vendor, "azure-blob", "", ""},
      {"shop.servicebus.windows.net", HostClass::known_vendor, "servicebus", "", ""},
      {"shop.vault.azure.net", HostClass::known_vendor, "azure-key-vault", "", ""},
      {"shop.database.chinacloudapi.cn", HostClass::known_vendor, "mssql", "", "CN"},
      {"shop.blob.core.usgovcloudapi.net", HostClass::known_vendor, "azure-blob", "", "US"},
      {"shop-abc.westeurope-01.azurewebsites.net", HostClass::known_vendor, "", "westeurope", "NL"},
      {"shop.westeurope.azurecontainerapps.io", HostClass::known_vendor, "", "westeurope", "NL"},
      {"shop.northeurope.cloudapp.azure.com", HostClass::known_vendor, "", "northeurope", "IE"},
      {"abc.uid.europe-west3.sql.goog", HostClass::known_vendor, "cloud-sql", "europe-west3", "DE"},
      {"europe-west1-docker.pkg.dev", HostClass::known_vendor, "registry", "europe-west1", "BE"},
      {"shop-123.europe-west4.run.app", HostClass::known_vendor, "", "europe-west4", "NL"},
      {"shop-abc-uc.a.run.app", HostClass::known_vendor, "", "us-central1", "US"},
      {"c0.abc.mongodb.net", HostClass::known_vendor, "mongodb", "", ""},
      {"pkc-1.eu-central-1.aws.confluent.cloud", HostClass::known_vendor, "kafka", "eu-central-1", "DE"},
      {"pkc-1.westeurope.azure.confluent.cloud", HostClass::known_vendor, "kafka", "westeurope", "NL"},
      {"acct.eu-central-1.snowflakecomputing.com", HostClass::known_vendor, "snowflake", "eu-central-1", "DE"},
      {"acct.west-europe.azure.snowflakecomputing.com", HostClass::known_vendor, "snowflake", "westeurope", "NL"},
      {"ep-x.us-east-2.aws.neon.tech", HostClass::known_vendor, "postgres", "us-east-2", "US"},
      {"x.upstash.io", HostClass::known_vendor, "redis", "", ""},
      {"db.abc.supabase.co", HostClass::known_vendor, "postgres", "", ""},
      {"x.aivencloud.com", HostClass::known_vendor, "", "", ""},
      {"aws.connect.psdb.cloud", HostClass::known_vendor, "mysql", "", ""},
      {"s3.eu-central-1.wasabisys.com", HostClass::known_vendor, "s3", "eu-central-1", "NL"},
      {"intake.datadoghq.eu", HostClass::known_vendor, "", "", "EU"},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.host));
    const HostFacts facts = describe_host(row.host);
    CHECK(facts.host_class == row.host_class);
    CHECK(facts.technology == row.technology);
    CHECK(facts.region == row.region);
    CHECK(facts.jurisdiction == row.jurisdiction);
  }
}

TEST_CASE("vendors match at label boundaries, the longest suffix first") {
  CHECK(describe_host("api.stripe.com").vendor == "Stripe");
  CHECK(describe_host("api.stripe.com").category == "payments");
  CHECK(describe_host("API.STRIPE.COM.").vendor == "Stripe");
  CHECK(describe_host("notstripe.com").vendor.empty());
  CHECK(describe_host("stripe.com.evil.example").vendor.empty());
  CHECK(describe_host("graph.microsoft.com").vendor == "Microsoft Graph");
  CHECK(describe_host("bedrock-runtime.us-east-1.amazonaws.com").vendor == "Amazon Bedrock");
  CHECK(describe_host("bedrock-runtime.us-east-1.amazonaws.com").region == "us-east-1");
  CHECK(describe_host("x.y.amazonaws.com").vendor == "AWS");
  CHECK(describe_host("maps.googleapis.com").category == "maps-geo");
}

TEST_CASE("classes of hosts") {
  const std::vector<std::pair<const char*, HostClass>> rows{
      {"localhost", HostClass::loopback},
      {"127.0.0.1", HostClass::loopback},
      {"::1", HostClass::loopback},
      {"0.0.0.0", HostClass::loopback},
      {"10.1.2.3", HostClass::private_ip},
      {"172.31.0.1", HostClass::private_ip},
      {"172.32.0.1", HostClass::public_ip},
      {"192.168.1.1", HostClass::private_ip},
      {"100.64.0.1", HostClass::private_ip},
      {"8.8.8.8", HostClass::public_ip},
      {"169.254.169.254", HostClass::link_local},
      {"fd00::1", HostClass::private_ip},
      {"fe80::1", HostClass::link_local},
      {"2001:db8::1", HostClass::public_ip},
      {"::ffff:10.0.0.1", HostClass::private_ip},
      {"redis", HostClass::cluster_local},
      {"redis.prod", HostClass::cluster_local},
      {"redis.prod.svc", HostClass::cluster_local},
      {"a.b.svc.cluster.local", HostClass::cluster_local},
      {"db.corp.internal", HostClass::cluster_local},
      {"host.docker.internal", HostClass::cluster_local},
      {"shop.example.com", HostClass::outside},
      {"orders.shop", HostClass::outside},
      {"", HostClass::invalid},
      {"a b", HostClass::invalid},
      {"-x.com", HostClass::invalid},
      {"1.2.3.4.5", HostClass::invalid},
      {"metadata.google.internal", HostClass::link_local},
  };
  for (const auto& [host, host_class] : rows) {
    CAPTURE(std::string(host));
    CHECK(std::string(to_string(describe_host(host).host_class)) == to_string(host_class));
  }
  CHECK(describe_host("169.254.169.254").metadata_service);
  CHECK(describe_host("db:5432").host_class == HostClass::cluster_local);
  CHECK(describe_host("[fd00::1]:80").host_class == HostClass::private_ip);
}

TEST_CASE("the three spellings of a service are one name") {
  const ClusterName name{"redis", "prod"};
  CHECK(describe_host("redis.prod").cluster_name == name);
  CHECK(describe_host("redis.prod.svc").cluster_name == name);
  CHECK(describe_host("Redis.prod.svc.cluster.local.").cluster_name == name);
  CHECK(describe_host("redis-0.redis.prod.svc.cluster.local").cluster_name == name);
  CHECK(describe_host("redis").cluster_name == ClusterName{"redis", ""});
  CHECK(describe_host("orders.shop").cluster_name == ClusterName{"orders", "shop"});
  CHECK_FALSE(describe_host("www.example.com").cluster_name);
}

TEST_CASE("load balancers, private links and readers") {
  CHECK(describe_host("lb-1.eu-west-1.elb.amazonaws.com").public_load_balancer);
  CHECK_FALSE(describe_host("internal-lb-1.eu-west-1.elb.amazonaws.com").public_load_balancer);
  CHECK(describe_host("internal-lb-1.eu-west-1.elb.amazonaws.com").private_link);
  CHECK(describe_host("lb-1.elb.eu-west-1.amazonaws.com").public_load_balancer);
  CHECK(describe_host("vpce-1.sqs.eu-west-1.vpce.amazonaws.com").private_link);
  CHECK(describe_host("db.cluster-ro-abc.eu-west-1.rds.amazonaws.com").read_only);
}

TEST_CASE("regions and their law") {
  CHECK(find_region("aws", "eu-west-1a")->country == "IE");
  CHECK(find_region("gcp", "europe-west4-b")->country == "NL");
  CHECK(find_region("aws", "EU-CENTRAL-2")->protection == DataProtection::adequate);
  CHECK(find_region("azure", "norwayeast")->protection == DataProtection::eea);
  CHECK(find_region("aws", "us-east-1")->protection == DataProtection::partial);
  CHECK_FALSE(find_region("aws", "nowhere-1"));
  CHECK(find_region("westeurope")->provider == "azure");
  CHECK(find_region("eu-west-1")->country == "IE");  // London at a smaller provider
  CHECK(describe_host("x.eu-west-1.rds.amazonaws.com").protection == DataProtection::eu);
}
