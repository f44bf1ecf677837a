// SPDX-License-Identifier: Apache-2.0
// Exports of what runs: AWS Config, Azure Resource Graph, Google Cloud Asset Inventory.
#include <doctest/doctest.h>
#include <ingest/exports/aws_config.h>
#include <ingest/exports/azure_graph.h>
#include <ingest/exports/google_assets.h>

#include <algorithm>

#include "../terraform/resources.h"

namespace postern::ingest::exports {
namespace {

using namespace model::attribute;
using test::Architecture;
using test::read_files;

constexpr const char* k_snapshot = R"({"fileVersion":"1.0","configurationItems":[
{"configurationItemStatus":"OK","awsAccountId":"1","resourceType":"AWS::RDS::DBInstance","resourceId":"db-A","resourceName":"orders","ARN":"arn:aws:rds:eu-west-1:1:db:orders","awsRegion":"eu-west-1","relationships":[],"configuration":{"dBInstanceClass":"db.t3.micro","engine":"postgres","publiclyAccessible":false,"endpoint":{"address":"orders.a.eu-west-1.rds.amazonaws.com","port":5432},"vpcSecurityGroups":[{"vpcSecurityGroupId":"sg-1"}]}},
{"configurationItemStatus":"OK","awsAccountId":"1","resourceType":"AWS::EC2::SecurityGroup","resourceId":"sg-1","resourceName":"db","awsRegion":"eu-west-1","relationships":[{"resourceType":"AWS::EC2::VPC","resourceId":"vpc-1","name":"Is contained in Vpc"}],"configuration":{"groupId":"sg-1","ipPermissions":[{"fromPort":5432,"toPort":5432,"ipProtocol":"tcp","ipv4Ranges":[{"cidrIp":"0.0.0.0/0"}]}]}},
{"configurationItemStatus":"OK","resourceType":"AWS::EC2::VPC","resourceId":"vpc-1","awsRegion":"eu-west-1","configuration":{"cidrBlock":"10.0.0.0/16"}},
{"configurationItemStatus":"OK","resourceType":"AWS::Lambda::Function","resourceId":"charge","resourceName":"charge","awsRegion":"eu-west-1","configuration":"{\"role\":\"arn:aws:iam::1:role/charge\",\"environment\":{\"variables\":{\"KEY\":\"sk_live_4eC39HqLyjWDarjtT1zdp7dc\"}}}"},
{"configurationItemStatus":"OK","resourceType":"AWS::IAM::Role","resourceId":"AROA","resourceName":"charge","ARN":"arn:aws:iam::1:role/charge","awsRegion":"global","configuration":{"rolePolicyList":[{"policyDocument":"%7B%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22s3%3A%2A%22%2C%22Resource%22%3A%22%2A%22%7D%5D%7D"}]}},
{"configurationItemStatus":"OK","resourceType":"AWS::S3::Bucket","resourceId":"data","resourceName":"data","awsRegion":"eu-west-1","configuration":{"name":"data"},"supplementaryConfiguration":{"BucketPolicy":{"policyText":"{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"*\"}}"},"BucketVersioningConfiguration":"{\"status\":\"Enabled\"}"}},
{"configurationItemStatus":"ResourceDeleted","resourceType":"AWS::SQS::Queue","resourceId":"gone"},
{"configurationItemStatus":"OK","resourceType":"AWS::Config::ResourceCompliance","resourceId":"x"}
]})";

std::vector<std::string> sorted(std::vector<std::string> texts) {
  std::sort(texts.begin(), texts.end());
  return texts;
}

}  // namespace

TEST_CASE("configuration items of AWS are resources in the words of templates") {
  const Architecture found = read_files(read_aws_config, {{"snapshot.json", k_snapshot}});
  CHECK(found.entities.size() == 7);
  CHECK(found.attribute("AWS::RDS::DBInstance/orders", instance_class) == "db.t3.micro");
  CHECK(found.attribute("AWS::RDS::DBInstance/orders", public_access) == "false");
  CHECK(found.attribute("AWS::RDS::DBInstance/orders", deletion_protection).empty());
  CHECK(found.attribute("AWS::EC2::SecurityGroup/db", source_ranges) == "[0.0.0.0/0 5432/TCP]");
  CHECK(found.attribute("AWS::IAM::Role/charge", policy_statements) == "[Allow actions=s3:* resources=*]");
  CHECK(found.attribute("AWS::IAM::Role/charge", declared_region).empty());
  CHECK(found.attribute("AWS::S3::Bucket/data", public_access) == "true");
  CHECK(found.attribute("AWS::S3::Bucket/data", versioned) == "true");
  CHECK(found.attribute("AWS::Lambda::Function/charge", plaintext_secrets) == "[KEY]");
  CHECK(found.from("AWS::Lambda::Function/charge") == std::vector<std::string>{"assumes AWS::IAM::Role/charge"});
  CHECK(sorted(found.from("AWS::EC2::SecurityGroup/db")) ==
        std::vector<std::string>{"protects AWS::RDS::DBInstance/orders", "runs_in AWS::EC2::VPC/vpc-1"});
  CHECK(found.diagnostics.all().empty());
}

TEST_CASE("answers to queries are texts; what has no configuration is said") {
  const Architecture found = read_files(read_aws_config, {{"answer.json", R"({"Results":[
"{\"resourceId\":\"jobs\",\"resourceName\":\"jobs\",\"resourceType\":\"AWS::SQS::Queue\",\"awsRegion\":\"eu-west-1\",\"accountId\":\"1\",\"configuration\":{\"QueueName\":\"jobs\"}}",
"{\"resourceId\":\"jobs\",\"resourceType\":\"AWS::SQS::Queue\",\"awsRegion\":\"us-east-1\",\"accountId\":\"2\"}",
"{not json"],"QueryInfo":{"SelectFields":[]}})"}});
  CHECK(found.entities.contains("AWS::SQS::Queue/jobs@1.eu-west-1"));
  CHECK(found.entities.contains("AWS::SQS::Queue/jobs@2.us-east-1"));
  REQUIRE(found.diagnostics.all().size() == 1);
  CHECK(found.diagnostics.all().front().code == "P1281");
}

TEST_CASE("rows of Azure are resources in the words of templates") {
  const Architecture found = read_files(read_azure_graph, {{"graph.json", R"({"count":4,"data":[
{"id":"/subscriptions/s/resourceGroups/g/providers/Microsoft.Web/sites/web","name":"web","type":"microsoft.web/sites","location":"westeurope","properties":{"serverFarmId":"/subscriptions/s/resourcegroups/G/providers/microsoft.web/serverFarms/plan","virtualNetworkSubnetId":"/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/net/subnets/app"}},
{"id":"/subscriptions/s/resourceGroups/g/providers/Microsoft.Web/serverfarms/plan","name":"plan","type":"microsoft.web/serverfarms","location":"westeurope","properties":{}},
{"id":"/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/net","name":"net","type":"microsoft.network/virtualnetworks","location":"westeurope","properties":{}},
{"id":"/subscriptions/s/resourceGroups/g/providers/Microsoft.Sql/servers/a/databases/b","name":"b","type":"microsoft.sql/servers/databases","properties":{}},
{"id":"/subscriptions/s/resourceGroups/g/providers/Microsoft.Sql/servers/a","name":"a","type":"microsoft.sql/servers"}]})"}});
  CHECK(found.entities.contains("Microsoft.Network/virtualNetworks/net"));
  CHECK(found.entities.at("Microsoft.Sql/servers/databases/a/b").name.str() == "b");
  CHECK(sorted(found.from("Microsoft.Web/sites/web")) ==
        std::vector<std::string>{"runs_in Microsoft.Network/virtualNetworks/net", "runs_in Microsoft.Web/serverfarms/plan"});
  CHECK(found.from("Microsoft.Sql/servers/databases/a/b") == std::vector<std::string>{"runs_in Microsoft.Sql/servers/a"});
  REQUIRE(found.diagnostics.all().size() == 1);
  CHECK(found.diagnostics.all().front().code == "P1281");
}

TEST_CASE("assets of Google are resources in the words of Terraform, one a line or in a list") {
  const std::string service =
      R"({"name":"//run.googleapis.com/projects/p/locations/l/services/web","assetType":"run.googleapis.com/Service","resource":{"data":{"spec":{"template":{"spec":{"serviceAccountName":"web@p.iam.gserviceaccount.com","containers":[{"image":"gcr.io/p/web:1","env":[{"name":"TOPIC","value":"projects/p/topics/orders"}]}]}}}},"location":"europe-west1"}})";
  const std::string grant =
      R"({"name":"//run.googleapis.com/projects/p/locations/l/services/web","assetType":"run.googleapis.com/Service","iamPolicy":{"bindings":[{"role":"roles/run.invoker","members":["allUsers"]}]}})";
  const std::string topic =
      R"({"name":"//pubsub.googleapis.com/projects/p/topics/orders","assetType":"pubsub.googleapis.com/Topic","resource":{"data":{"name":"projects/p/topics/orders"}}})";
  const std::string firewall =
      R"({"name":"//compute.googleapis.com/projects/p/global/firewalls/ssh","assetType":"compute.googleapis.com/Firewall","resource":{"data":{"allowed":[{"IPProtocol":"tcp","ports":["22"]}],"sourceRanges":["0.0.0.0/0"]}}})";
  const std::string project =
      R"({"name":"//cloudresourcemanager.googleapis.com/projects/1","assetType":"cloudresourcemanager.googleapis.com/Project","resource":{"data":{}}})";
  std::string lines;
  std::string list;
  for (const std::string& row : {service, grant, topic, firewall, project}) {
    lines += row + "\n\n";
    list += (list.empty() ? "[" : ",") + row;
  }
  for (const auto& [path, text] :
       {std::pair<std::string, std::string>{"assets.json", lines}, {"assets.ndjson", lines}, {"a.json", list + "]"}}) {
    CAPTURE(path);
    const Architecture found = read_files(read_google_assets, {{path, text}});
    CHECK(found.entities.size() == 4);
    CHECK(found.attribute("google_cloud_run_service/web", public_access) == "true");
    CHECK(found.attribute("google_cloud_run_service/web", image, {}, "main") == "gcr.io/p/web:1");
    CHECK(found.from("google_cloud_run_service/web") == std::vector<std::string>{"calls google_pubsub_topic/orders"});
    CHECK(found.attribute("google_compute_firewall/ssh", source_ranges) == "[0.0.0.0/0 22/TCP]");
    CHECK(found.diagnostics.all().empty());
  }
  CHECK(read_files(read_google_assets, {{"assets.json", lines}}).entities.at("google_pubsub_topic/orders").location.line == 5);
}

TEST_CASE("the same resource exported twice counts once, and other JSON is left alone") {
  const Architecture twice = read_files(read_aws_config, {{"a.json", k_snapshot}, {"b.json", k_snapshot}});
  CHECK(twice.entities.contains("AWS::RDS::DBInstance/orders"));
  CHECK(read_files(read_aws_config, {{"a.json", R"({"resourceType":"AWS::X","configurationItems":7})"}}).entities.empty());
  CHECK(read_files(read_azure_graph, {{"a.json", R"({"id":"/subscriptions/","type":"x","data":[{"id":1}]})"}}).entities.empty());
  for (const char* id :
       {"/subscriptions/", "/subscriptions/a/providers", "/subscriptions/a/providers/b/c", "/subscriptions/a/providers/b/c/"}) {
    CAPTURE(id);
    CHECK_NOTHROW(read_files(read_azure_graph, {{"a.json", std::string(R"([{"type":"a/b","id":")") + id + "\"}]"}}));
  }
}

}  // namespace postern::ingest::exports
