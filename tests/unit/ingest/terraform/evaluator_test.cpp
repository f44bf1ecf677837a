// SPDX-License-Identifier: Apache-2.0
// What can be known of modules without a provider, and what must stay unknown.
#include <doctest/doctest.h>
#include <ingest/terraform/project.h>

#include <algorithm>

#include "resources.h"

namespace postern::ingest::terraform {
namespace {

using namespace model::attribute;
using test::Architecture;

Architecture read(const std::vector<std::pair<std::string, std::string>>& files, const ProjectSettings& settings = {}) {
  return test::read_files(read_project, files, settings);
}

/// The value that one expression has as an argument of a resource.
std::string value_of(const std::string& expression) {
  const Architecture found = read({{"main.tf",
                                    "variable \"unset\" {}\nlocals {\n  l = [\"a\", \"b\"]\n  m = { x = 1, y = 2 }\n}\nresource "
                                    "\"some_thing\" \"t\" {\n  v = " +
                                        expression + "\n}\n"}});
  const std::string text = found.attribute("some_thing.t", settings, "v");
  return found.diagnostics.has_errors() ? found.diagnostics.all().front().message : text;
}

}  // namespace

TEST_CASE("functions and operators over what is known") {
  CHECK(value_of("1 + 2 * 3") == "7");
  CHECK(value_of("\"${upper(\"a\")}-${length(local.l)}\"") == "A-2");
  CHECK(value_of("join(\",\", [for x in local.l : \"<${x}>\" if x != \"b\"])") == "<a>");
  CHECK(value_of("join(\",\", keys(merge(local.m, { z = 3 })))") == "x,y,z");
  CHECK(value_of("lookup(local.m, \"q\", \"none\")") == "none");
  CHECK(value_of("try(local.m.q, local.m.x)") == "1");
  CHECK(value_of("element(local.l, 3)") == "b");
  CHECK(value_of("cidrsubnet(\"10.0.0.0/16\", 8, 3)") == "10.0.3.0/24");
  CHECK(value_of("format(\"%s-%03d\", \"a\", 7)") == "a-007");
  CHECK(value_of("replace(\"a.b\", \".\", \"-\")") == "a-b");
  CHECK(value_of("coalesce(\"\", \"x\")") == "x");
  CHECK(value_of("jsonencode({ a = [1, true] })") == R"({"a":[1,true]})");
  CHECK(value_of("local.l[*] == local.l ? \"same\" : \"other\"") == "same");
  CHECK(value_of("<<-EOT\n    %{ for x in local.l ~}\n    ${x};\n    %{ endfor ~}\n  EOT") != "unknown");
}

TEST_CASE("what nobody knows is unknown, and never guessed") {
  for (const char* expression :
       {"var.unset", "file(\"x\")", "timestamp()", "uuid()", "\"a-${var.unset}\"", "var.unset ? 1 : 2", "local.nothing",
        "var.unset[0].x", "length(var.unset)", "data.aws_ami.x.id", "sum(var.unset)", "1 / 0"}) {
    CAPTURE(expression);
    const std::string value = value_of(expression);
    CHECK((value == "unknown" || value.starts_with("from ")));
  }
  CHECK(value_of("var.unset ? \"a\" : \"a\"") == "a");
}

TEST_CASE("variables get values from files in Terraform's order, then from the environment") {
  const std::string main = "variable \"size\" { default = \"small\" }\nresource \"some_thing\" \"t\" {\n  v = var.size\n}\n";
  CHECK(read({{"main.tf", main}}).attribute("some_thing.t", settings, "v") == "small");
  CHECK(read({{"main.tf", main}, {"terraform.tfvars", "size = \"medium\"\n"}}).attribute("some_thing.t", settings, "v") ==
        "medium");
  CHECK(read({{"main.tf", main}, {"terraform.tfvars", "size = \"medium\"\n"}, {"z.auto.tfvars.json", R"({"size":"large"})"}})
            .attribute("some_thing.t", settings, "v") == "large");
  CHECK(read({{"main.tf", main}, {"prod.tfvars", "size = \"huge\"\n"}}).attribute("some_thing.t", settings, "v") == "small");
  ProjectSettings environment;
  environment.values = {"prod.tfvars"};
  CHECK(read({{"main.tf", main}, {"prod.tfvars", "size = \"huge\"\n"}}, environment).attribute("some_thing.t", settings, "v") ==
        "huge");
  CHECK(read({{"main.tf", main}, {"terraform.tfvars", "size = \"$${SIZE}\"\n"}}).attribute("some_thing.t", settings, "v") ==
        "unknown");
}

TEST_CASE("instances have keys; what depends on an unknown number has a condition") {
  const Architecture found = read({{"main.tf", R"(
variable "on" {}
variable "maybe" { default = false }
resource "aws_sqs_queue" "counted" { count = 2 }
resource "aws_sqs_queue" "keyed" {
  for_each = { a = "x", b = "y" }
  name     = each.value
}
resource "aws_sqs_queue" "none" { count = 0 }
resource "aws_sqs_queue" "perhaps" { count = var.on ? 1 : 0 }
resource "aws_sqs_queue" "optional" { count = var.maybe ? 1 : 0 }
)"}});
  CHECK(found.entities.contains("aws_sqs_queue.counted[1]"));
  CHECK(found.attribute("aws_sqs_queue.keyed[\"b\"]", resource_type) == "aws_sqs_queue");
  CHECK(found.entities.at("aws_sqs_queue.keyed[\"b\"]").name.str() == "y");
  CHECK_FALSE(found.entities.contains("aws_sqs_queue.none"));
  CHECK(found.attribute("aws_sqs_queue.perhaps", condition) == "count = var.on ? 1 : 0");
  CHECK(found.attribute("aws_sqs_queue.optional", condition) == "count = var.maybe ? 1 : 0 (none by default)");
  CHECK(found.entities.size() == 6);
}

TEST_CASE("modules of the tree are followed, others are one entity") {
  const Architecture found = read({{"live/main.tf", R"(
module "data" {
  source = "../modules/data"
  name   = "orders"
}
module "search" {
  source         = "terraform-aws-modules/opensearch/aws"
  engine_version = "OpenSearch_2.11"
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  environment {
    variables = {
      TABLE  = module.data.table
      SEARCH = "https://${module.search.domain_endpoint}"
      LEVEL  = "info"
    }
  }
}
)"},
                                   {"modules/data/main.tf", R"(
variable "name" {}
resource "aws_dynamodb_table" "this" { name = var.name }
output "table" { value = aws_dynamodb_table.this.name }
)"}});
  CHECK(found.entities.at("module.data.aws_dynamodb_table.this").name.str() == "orders");
  CHECK(found.entities.at("module.search").kind == model::EntityKind::datastore);
  CHECK(found.attribute("module.search", engine_version) == "OpenSearch_2.11");
  const std::vector<std::string> edges = found.from("aws_lambda_function.f");
  CHECK(std::find(edges.begin(), edges.end(), "calls module.data.aws_dynamodb_table.this") != edges.end());
  CHECK(std::find(edges.begin(), edges.end(), "calls module.search") != edges.end());
  CHECK(found.attribute("aws_lambda_function.f", environment, "LEVEL") == "info");
  CHECK(found.attribute("aws_lambda_function.f", environment, "TABLE").empty());
}

TEST_CASE("roots that would declare the same are told apart, and only those") {
  const std::string same = "resource \"aws_vpc\" \"main\" {}\n";
  const Architecture found =
      read({{"env/prod/main.tf", same}, {"env/test/main.tf", same}, {"tools/main.tf", "resource \"aws_vpc\" \"tools\" {}\n"}});
  CHECK(found.entities.contains("env.prod:aws_vpc.main"));
  CHECK(found.entities.contains("env.test:aws_vpc.main"));
  CHECK(found.entities.contains("aws_vpc.tools"));
}

TEST_CASE("a moved block keeps what it was called") {
  const Architecture found =
      read({{"main.tf", "resource \"aws_vpc\" \"new\" {}\nmoved {\n  from = aws_vpc.old\n  to   = aws_vpc.new\n}\n"}});
  REQUIRE(found.entities.contains("aws_vpc.new"));
  const auto& aliases = found.entities.at("aws_vpc.new").aliases;
  CHECK(
      std::any_of(aliases.begin(), aliases.end(), [](const model::Alias& alias) { return alias.text.str() == "was:aws_vpc.old"; }));
}

TEST_CASE("a secret that somebody wrote is found, one that comes from elsewhere is not") {
  const Architecture found = read({{"main.tf", R"(
resource "random_password" "p" { length = 16 }
resource "aws_db_instance" "written" { password = "Sup3r-s3cret-Passw0rd" }
resource "aws_db_instance" "made" { password = random_password.p.result }
)"}});
  CHECK(found.attribute("aws_db_instance.written", plaintext_secrets) == "[password]");
  CHECK(found.attribute("aws_db_instance.written", settings, "password") == "(secret)");
  CHECK(found.attribute("aws_db_instance.made", plaintext_secrets).empty());
}

TEST_CASE("circles and growth come to an end") {
  const Architecture circle =
      read({{"main.tf", "locals {\n  a = local.b\n  b = local.a\n}\nresource \"some_thing\" \"t\" {\n  v = local.a\n}\n"},
            {"m/main.tf", "module \"again\" {\n  source = \"../m\"\n}\nmodule \"up\" {\n  source = \"../\"\n}\n"}});
  CHECK(circle.attribute("module.up.some_thing.t", settings, "v") != "(no entity)");
  std::string doubling = "locals {\n  l0 = \"xxxxxxxxxxxxxxxxxxxx\"\n";
  for (int i = 1; i < 40; ++i)
    doubling +=
        "  l" + std::to_string(i) + " = \"${local.l" + std::to_string(i - 1) + "}${local.l" + std::to_string(i - 1) + "}\"\n";
  const Architecture grown = read({{"main.tf", doubling + "}\nresource \"some_thing\" \"t\" {\n  v = local.l39\n}\n"}});
  CHECK(grown.attribute("some_thing.t", settings, "v") == "unknown");
  const Architecture many = read({{"main.tf", "resource \"some_thing\" \"t\" {\n  count = 1000000000\n}\n"}});
  CHECK(many.entities.size() == 1);
}

TEST_CASE("the spelling in JSON is the same language") {
  const Architecture found = read({{"main.tf.json", R"({
    "variable": {"name": {"default": "orders"}},
    "resource": {"aws_sqs_queue": {"q": {"name": "${var.name}-queue", "kms_master_key_id": "${aws_kms_key.k.arn}"}}, "aws_kms_key": {"k": {}}}})"}});
  CHECK(found.entities.at("aws_sqs_queue.q").name.str() == "orders-queue");
  CHECK(found.from("aws_kms_key.k") == std::vector<std::string>{"protects aws_sqs_queue.q"});
}

TEST_CASE("a file that is no HCL is an error, and the rest counts") {
  const Architecture found = read({{"a.tf", "resource \"aws_vpc\" {{{\n"}, {"b.tf", "resource \"aws_vpc\" \"v\" {}\n"}});
  CHECK(found.diagnostics.has_errors());
  CHECK(found.entities.contains("aws_vpc.v"));
}

}  // namespace postern::ingest::terraform
