// SPDX-License-Identifier: Apache-2.0
// Services of the Serverless Framework: variables, functions, events, templates, several services.
#include <doctest/doctest.h>
#include <ingest/cloudformation/project.h>
#include <ingest/serverless/project.h>

#include <algorithm>

#include "../terraform/resources.h"

namespace postern::ingest::serverless {
namespace {

using namespace model::attribute;
using test::Architecture;

Architecture read(const std::vector<std::pair<std::string, std::string>>& files) { return test::read_files(read_project, files); }

std::vector<std::string> sorted(std::vector<std::string> texts) {
  std::sort(texts.begin(), texts.end());
  return texts;
}

constexpr const char* k_service = R"(service: orders
custom:
  table: orders-${self:provider.stage}
  hosts: {dev: "https://dev.example.com", prod: "https://prod.example.com"}
  shared: ${file(shared.yml):names}
provider:
  name: aws
  stage: ${opt:stage, 'dev'}
  environment: {ORDERS_TABLE: "${self:custom.table}"}
  iam: {role: {statements: [{Effect: Allow, Action: "dynamodb:*", Resource: !GetAtt Orders.Arn}]}}
functions:
  pay-out:
    handler: pay.handler
    environment:
      HOST: ${self:custom.hosts.${self:provider.stage}}
      QUEUE: ${self:custom.shared.queue}
      FROM_ENVIRONMENT: ${env:SECRET_WORD}
      FALLBACK: ${env:LEVEL, 'info'}
      PARAMETER: ${ssm:/orders/key}
      REGION: ${AWS::Region}
      ITSELF: ${self:custom.nothing, self:custom.table}
    events:
      - httpApi: {method: post, path: /pay, authorizer: {name: users}}
      - http: GET pay/{id}
      - sqs: {arn: !GetAtt Jobs.Arn}
      - sns: order-events
      - schedule: rate(1 hour)
  hook: {handler: hook.handler, url: true}
resources:
  - Resources:
      Orders: {Type: AWS::DynamoDB::Table, Properties: {TableName: "${self:custom.table}"}}
  - ${file(jobs.yml)}
)";
constexpr const char* k_shared = "names: {queue: jobs}\n";
constexpr const char* k_jobs = "Resources:\n  Jobs: {Type: AWS::SQS::Queue, Properties: {QueueName: '${self:service}-jobs'}}\n";

}  // namespace

TEST_CASE("variables are filled in as far as the files tell") {
  const Architecture found = read({{"serverless.yml", k_service}, {"shared.yml", k_shared}, {"jobs.yml", k_jobs}});
  const std::string address = "orders:PayDashoutLambdaFunction";
  REQUIRE(found.entities.contains(address));
  CHECK(found.entities.at(address).name.str() == "pay-out");
  CHECK(found.entities.at("orders:Jobs").name.str() == "orders-jobs");
  CHECK(found.entities.at("orders:Orders").name.str() == "orders-dev");
  CHECK(found.attribute(address, environment, "HOST") == "https://dev.example.com");
  CHECK(found.attribute(address, environment, "QUEUE") == "jobs");
  CHECK(found.attribute(address, environment, "FALLBACK") == "info");
  CHECK(found.attribute(address, environment, "ITSELF") == "orders-dev");
  CHECK(found.attribute(address, environment, "REGION") == "${AWS::Region}");
  CHECK(found.attribute(address, environment, "FROM_ENVIRONMENT") == "unknown");
  CHECK(found.attribute(address, environment, "PARAMETER") == "unknown");
  CHECK(found.diagnostics.all().empty());
}

TEST_CASE("events lead from and to functions") {
  const Architecture found = read({{"serverless.yml", k_service}, {"shared.yml", k_shared}, {"jobs.yml", k_jobs}});
  CHECK(sorted(found.from("orders:PayDashoutLambdaFunction")) ==
        std::vector<std::string>{"assumes orders:IamRoleLambdaExecution", "calls orders:Jobs", "calls orders:Orders"});
  CHECK(sorted(found.from("orders:SNSTopicOrderDashevents")) == std::vector<std::string>{"calls orders:PayDashoutLambdaFunction"});
  CHECK(sorted(found.from("orders:HttpApiRoutePostPay")) ==
        std::vector<std::string>{"configures orders:HttpApi", "routes_to orders:PayDashoutLambdaFunction"});
  CHECK(found.attribute("orders:HttpApi", authentication, "POST /pay") == "[authorizer users]");
  CHECK(found.attribute("orders:ApiGatewayRestApi", paths) == "[GET /pay/{id} -> pay-out]");
  CHECK(found.attribute("orders:HookLambdaFunction", public_access) == "true");
  CHECK(found.attribute("orders:PayDashoutEventsRuleSchedule1", schedule) == "rate(1 hour)");
  CHECK(found.attribute("orders:IamRoleLambdaExecution", policy_statements) == "[Allow actions=dynamodb:* resources=Orders]");
}

TEST_CASE("a template that a service takes is not read again, one that it does not take is") {
  const std::vector<std::pair<std::string, std::string>> files = {
      {"other.yml", "Resources: {Bucket: {Type: AWS::S3::Bucket}}\n# ${file(never.yml)}\n"},
      {"never.yml", "Resources: {Topic: {Type: AWS::SNS::Topic}}\n"},
      {"serverless.yml", std::string(k_service) + "# ${file(other.yml)}\n"},
      {"shared.yml", k_shared},
      {"jobs.yml", k_jobs}};
  const Architecture templates = test::read_files(cloudformation::read_project, files);
  CHECK(templates.entities.contains("Bucket"));
  CHECK(templates.entities.contains("Topic"));
  CHECK_FALSE(templates.entities.contains("Jobs"));
}

TEST_CASE("what is missing is unknown and said; code is only unknown") {
  const Architecture found = read({{"serverless.yml", R"(service: {name: a}
provider: {name: aws}
functions:
  f:
    handler: h
    environment: {A: "${file(gone.yml):a}", B: "${file(code.js):b}", C: "${file(../outside.yml):c, 'c'}"}
)"}});
  CHECK(found.attribute("a:FLambdaFunction", environment, "A") == "unknown");
  CHECK(found.attribute("a:FLambdaFunction", environment, "B") == "unknown");
  CHECK(found.attribute("a:FLambdaFunction", environment, "C") == "c");
  REQUIRE(found.diagnostics.all().size() == 2);
  CHECK(found.diagnostics.all().front().code == "P1280");
}

TEST_CASE("two services of one name are told apart by their folders") {
  const std::string text = "service: a\nprovider: {name: aws}\nfunctions: {f: {handler: h}}\n";
  const Architecture found = read({{"one/serverless.yml", text}, {"two/serverless.yml", text}});
  CHECK(found.entities.contains("one.serverless.yml:a:FLambdaFunction"));
  CHECK(found.entities.contains("two.serverless.yml:a:FLambdaFunction"));
}

TEST_CASE("functions of Azure and Google") {
  const Architecture azure = read({{"serverless.yml", R"(service: a
provider: {name: azure, region: West Europe, environment: {LEVEL: info}}
functions:
  open: {handler: o.f, events: [{http: true, methods: [GET], authLevel: anonymous}]}
  keyed: {handler: k.f, events: [{http: true, authLevel: function}]}
)"}});
  CHECK(azure.entities.at("a:functions.open").kind == model::EntityKind::function);
  CHECK(azure.attribute("a:functions.open", public_access) == "true");
  CHECK(azure.attribute("a:functions.open", environment, "LEVEL") == "info");
  const Architecture google = read({{"serverless.yml", R"(service: g
provider: {name: google, runtime: nodejs20}
functions:
  work: {handler: w, events: [{event: {eventType: p, resource: projects/x/topics/orders}}]}
)"}});
  CHECK(google.attribute("g:functions.work", settings, "triggers") == "event projects/x/topics/orders");
  CHECK(google.attribute("g:functions.work", public_access).empty());
}

TEST_CASE("hostile services come to an end") {
  std::string laughs = "service: a\nprovider: {name: aws}\ncustom:\n  x0: y\n";
  for (int i = 1; i < 40; ++i) {
    const std::string below = "${self:custom.x" + std::to_string(i - 1) + "}";
    laughs += "  x" + std::to_string(i) + ": ['" + below + "', '" + below + "']\n";
    laughs += "  t" + std::to_string(i) + ": '${self:custom.t" + std::to_string(i - 1) + ", \"a\"}${self:custom.t" +
              std::to_string(i - 1) + ", \"a\"}'\n";
  }
  CHECK_NOTHROW(
      read({{"serverless.yml", laughs + "functions: {f: {handler: '${self:custom.x39}', name: '${self:custom.t39}'}}\n"}}));
  for (const char* text :
       {"${self:custom.a}", "${self:}", "${file(serverless.yml)}", "${self:custom.${self:custom.a}}", "${", "${}", "${file(",
        "${file(a.yml}", "${opt:a,}", "${,}", "${self:custom.a, self:custom.a}", "${param:x}"}) {
    CAPTURE(text);
    CHECK_NOTHROW(read({{"serverless.yml", std::string("service: a\nprovider: {name: aws}\ncustom: {a: '") + text +
                                               "'}\nfunctions: {f: {handler: '" + text + "', events: ['" + text + "', {http: '" +
                                               text + "'}]}}\nresources: '" + text + "'\n"}}));
  }
}

}  // namespace postern::ingest::serverless
