// SPDX-License-Identifier: Apache-2.0
// Intrinsic functions, conditions, SAM, and templates that are told apart.
#include <doctest/doctest.h>
#include <ingest/cloudformation/project.h>

#include <algorithm>

#include "../terraform/resources.h"

namespace postern::ingest::cloudformation {
namespace {

using namespace model::attribute;
using test::Architecture;

Architecture read(const std::vector<std::pair<std::string, std::string>>& files) { return test::read_files(read_project, files); }

constexpr const char* k_template = R"(AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Stage: {Type: String, Default: test}
  Key: {Type: String}
Mappings:
  Sizes: {test: {Class: db.t3.micro}, prod: {Class: db.r6g.large}}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  Never: !Equals [a, b]
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: "sts:AssumeRole"}]}}
  Table:
    Type: AWS::DynamoDB::Table
    Properties: {TableName: !Sub "orders-${Stage}"}
  Database:
    Type: AWS::RDS::DBInstance
    Properties:
      DBInstanceClass: !FindInMap [Sizes, !Ref Stage, Class]
      Engine: postgres
      MultiAZ: !If [IsProd, true, false]
      KmsKeyId: !Ref Key
      PubliclyAccessible: "true"
  Function:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: !Join ["-", [orders, !Ref Stage]]
      Role: !GetAtt Role.Arn
      Environment:
        Variables:
          TableName: !Ref Table
          DB_URL: !Sub "postgres://${Database.Endpoint.Address}:5432/orders"
          STAGE: !Ref Stage
  OnlyProd:
    Type: AWS::SQS::Queue
    Condition: IsProd
  NeverThere:
    Type: AWS::SQS::Queue
    Condition: Never
)";

}  // namespace

TEST_CASE("a template is evaluated as far as it can be before deployment") {
  const Architecture found = read({{"t.yaml", k_template}});
  CHECK(found.entities.at("Table").name.str() == "orders-test");
  CHECK(found.attribute("Database", instance_class) == "db.t3.micro");
  CHECK(found.attribute("Database", multi_zone) == "false");
  CHECK(found.attribute("Database", encryption_key) == "unknown");
  CHECK(found.attribute("Database", public_access) == "true");
  CHECK(found.attribute("OnlyProd", condition) == "IsProd (not by default)");
  CHECK_FALSE(found.entities.contains("NeverThere"));
  CHECK(found.attribute("Function", environment, "STAGE") == "test");
  std::vector<std::string> edges = found.from("Function");
  std::sort(edges.begin(), edges.end());
  CHECK(edges == std::vector<std::string>{"assumes Role", "calls Database", "calls Table"});
}

TEST_CASE("one template in two spellings counts once, two templates are told apart") {
  const std::string json = R"({"AWSTemplateFormatVersion":"2010-09-09","Resources":{"Queue":{"Type":"AWS::SQS::Queue"}}})";
  const std::string yaml = "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  Queue:\n    Type: AWS::SQS::Queue\n";
  CHECK(read({{"a/q.json", json}, {"a/q.yaml", yaml}}).entities.contains("Queue"));
  const Architecture two = read({{"a/one.json", json}, {"a/two.yaml", yaml}});
  CHECK(two.entities.contains("one:Queue"));
  CHECK(two.entities.contains("two:Queue"));
}

TEST_CASE("events of SAM functions let requests in") {
  const Architecture found = read({{"sam.yaml", R"(Transform: AWS::Serverless-2016-10-31
Globals: {Function: {Environment: {Variables: {LEVEL: info}}}}
Resources:
  Hello:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler
      Events: {Get: {Type: Api, Properties: {Path: /hello, Method: get}}}
)"}});
  CHECK(found.entities.at("ServerlessRestApi").kind == model::EntityKind::gateway);
  CHECK(found.attribute("Hello", environment, "LEVEL") == "info");
  std::vector<std::string> edges = found.from("Hello.Get");
  std::sort(edges.begin(), edges.end());
  CHECK(edges == std::vector<std::string>{"configures ServerlessRestApi", "routes_to Hello"});
}

TEST_CASE("hostile templates come to an end") {
  std::string deep = "Resources:\n  A:\n    Type: AWS::SQS::Queue\n    Properties:\n      QueueName: ";
  for (int i = 0; i < 50; ++i) deep += "{'Fn::Join': ['', [";
  CHECK_NOTHROW(read({{"t.yaml", deep}}));
  const Architecture circle = read({{"t.yaml",
                                     "AWSTemplateFormatVersion: x\nConditions: {A: !Condition B, B: !Condition A}\nResources:\n  "
                                     "Q: {Type: 'AWS::SQS::Queue', Condition: A}\n"}});
  CHECK(circle.attribute("Q", condition) == "A");
  for (const char* argument : {"!Ref []", "!GetAtt {a: b}", "!Select [9, [a]]", "!Sub ['${', {}]", "!If [x]", "!FindInMap []",
                               "!Join []", "!Split [',']", "!Cidr x"}) {
    CAPTURE(argument);
    CHECK_NOTHROW(read(
        {{"t.yaml", std::string("Resources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties: {QueueName: ") + argument + "}\n"}}));
  }
}

}  // namespace postern::ingest::cloudformation
