// SPDX-License-Identifier: Apache-2.0
// Texts with parts that nobody knows yet: what stands around the parts is read.
#include <doctest/doctest.h>
#include <ingest/cloud/value.h>
#include <ingest/terraform/project.h>

#include "resources.h"

namespace postern::ingest::terraform {
namespace {

using namespace model::attribute;
using cloud::Draft;
using cloud::Value;
using test::Architecture;
using Strings = std::vector<std::string>;

Architecture read(const std::vector<std::pair<std::string, std::string>>& files) { return test::read_files(read_project, files); }

Value part(const std::string& address) { return Value::unknown().with_reference({address, "arn", true}); }

}  // namespace

TEST_CASE("a draft of JSON says all but its parts") {
  Draft draft;
  draft.add(Value::text(R"({"name": "a\"b", "from": ")"));
  draft.add(part("x.y"));
  draft.add(Value::text(R"(", "longer": "to )"));
  draft.add(part("x.z"));
  draft.add(Value::text(R"(/*", "number": )"));
  draft.add(part("x.n"));
  draft.add(Value::text("}"));
  const auto value = cloud::parse_json(draft);
  REQUIRE(value);
  CHECK((*value)["name"].as_text() == "a\"b");
  CHECK((*value)["from"].is_unknown());
  CHECK((*value)["from"].references().front() == cloud::Reference{"x.y", "arn", true});
  CHECK((*value)["longer"].references().front() == cloud::Reference{"x.z", "arn", false});
  CHECK((*value)["number"].references().front().address == "x.n");
  REQUIRE((*value)["longer"].draft() != nullptr);
  CHECK(cloud::text_after_part(*(*value)["longer"].draft()) == "/*");
}

TEST_CASE("drafts inside of drafts are one draft; placeholders that somebody wrote mean nothing") {
  Draft inner;
  inner.add(part("a.b"));
  inner.add(Value::text(":host::"));
  Draft outer;
  outer.add(Value::text("- k: "));
  outer.add(Value::unknown().with_draft(inner));
  outer.add(
      Value::text("\n- \xEE\x80\x80"
                  "7\xEE\x80\x81\n- \xEE\x80\x80"
                  "99999999999999999999999\xEE\x80\x81\n"));
  const auto value = cloud::parse_yaml(outer);
  REQUIRE(value);
  REQUIRE(value->items().size() == 3);
  CHECK(value->items()[0]["k"].is_unknown());
  CHECK(value->items()[0]["k"].references().front().address == "a.b");
  CHECK(value->items()[1].is_text());
  CHECK(value->items()[2].is_text());
}

TEST_CASE("templates and files beside a module are read, whatever lies around them") {
  const Architecture found = read({{"m/main.tf", R"(
resource "aws_ecs_service" "app" {
  name            = "app"
  task_definition = aws_ecs_task_definition.app.arn
}
resource "aws_ecs_task_definition" "app" {
  container_definitions = templatefile("${path.module}/tasks/app.json", { table = aws_dynamodb_table.t.name, debug = false })
}
resource "aws_dynamodb_table" "t" { name = "orders" }
resource "some_thing" "f" { text = trimspace(file("${path.module}/note.txt")) }
resource "some_thing" "outside" { text = file("${path.module}/../../etc/passwd") }
resource "some_thing" "absent" { text = file("${path.module}/absent.txt") }
)"},
                                   {"m/note.txt", " hello \n"},
                                   {"m/tasks/app.json", R"([{"name": "app", "image": "shop:1",
  "environment": [{"name": "TABLE", "value": "${table}"}%{ if debug }, {"name": "DEBUG", "value": "1"}%{ endif }]}])"}});
  CHECK(found.attribute("aws_ecs_service.app", image, {}, "app") == "shop:1");
  CHECK(found.from("aws_ecs_service.app") == Strings{"mounts aws_ecs_task_definition.app", "calls aws_dynamodb_table.t"});
  CHECK(found.attribute("some_thing.f", settings, "text") == "hello");
  CHECK(found.attribute("some_thing.outside", settings, "text") == "unknown");
  CHECK(found.attribute("some_thing.absent", settings, "text") == "unknown");
}

TEST_CASE("who gets an address from a secret calls what the secret names") {
  const Architecture found = read({{"main.tf", R"(
resource "aws_db_instance" "db" { identifier = "db" }
resource "aws_elasticache_cluster" "cache" { cluster_id = "cache" }
resource "aws_secretsmanager_secret" "s" { name = "s" }
resource "aws_secretsmanager_secret_version" "s" {
  secret_id     = aws_secretsmanager_secret.s.id
  secret_string = jsonencode({ host = "${aws_db_instance.db.address}:5432", cache = aws_elasticache_cluster.cache.cache_nodes[0].address })
}
resource "aws_ecs_service" "app" { task_definition = aws_ecs_task_definition.app.arn }
resource "aws_ecs_task_definition" "app" {
  container_definitions = jsonencode([{ name = "app", secrets = [{ name = "HOST", valueFrom = "${aws_secretsmanager_secret.s.arn}:host::" }] }])
}
)"}});
  const Strings all = found.from("aws_ecs_service.app");
  CHECK(std::count(all.begin(), all.end(), "calls aws_db_instance.db") == 1);
  CHECK(std::count(all.begin(), all.end(), "calls aws_elasticache_cluster.cache") == 0);
}

}  // namespace postern::ingest::terraform
