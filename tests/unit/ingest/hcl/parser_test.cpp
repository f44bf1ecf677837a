// SPDX-License-Identifier: Apache-2.0
// The syntax of HCL: what is read, what is refused, and that nothing hostile costs more than it is long.
#include <doctest/doctest.h>
#include <ingest/hcl/parser.h>

#include <string>

namespace postern::ingest::hcl {
namespace {

std::size_t errors_of(const std::string& text) {
  std::vector<SyntaxError> errors;
  (void)parse_file(text, errors);
  return errors.size();
}

std::string repeated(const std::string& piece, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += piece;
  return text;
}

}  // namespace

TEST_CASE("blocks, labels and attributes keep their order and places") {
  std::vector<SyntaxError> errors;
  const Body body = parse_file("a = 1\n# comment\nresource \"x\" y {\n  b = [1, 2,\n    3]\n  inner {}\n}\n", errors);
  REQUIRE(errors.empty());
  REQUIRE(body.attributes.size() == 1);
  REQUIRE(body.blocks.size() == 1);
  const Block& block = body.blocks.front();
  CHECK(block.type == "resource");
  CHECK(block.labels == std::vector<std::string>{"x", "y"});
  CHECK(block.line == 3);
  REQUIRE(block.body.attributes.size() == 1);
  CHECK(block.body.attributes.front().value->kind == ExpressionKind::tuple);
  CHECK(block.body.attributes.front().value->parts.size() == 3);
  CHECK(block.body.blocks.size() == 1);
}

TEST_CASE("what is no HCL is refused at its place, and the rest is read") {
  std::vector<SyntaxError> errors;
  const Body body = parse_file("a = 1, b = 2\nc = 3\n", errors);
  REQUIRE(errors.size() == 1);
  CHECK(errors.front().line == 1);
  CHECK(errors.front().column == 6);
  CHECK(body.find("c") != nullptr);
  for (const char* text :
       {"a {", "a { b = 1, c = 2 }\n", "a = \n", "a = 1\na = 2\n", "a = \"x\n", "a = <<EOT\nx\n", "a = \"\\q\"\n", "a = (1\n",
        "a = {b}\n", "a = \"${\"\n", "\"a\" = 1\n", "a = [1 2]\n", "a = \"%{ if x }y\"\n"}) {
    CAPTURE(text);
    CHECK(errors_of(text) != 0);
  }
}

TEST_CASE("heredocs lose the indentation that all lines have") {
  std::vector<SyntaxError> errors;
  const Body body = parse_file("a = <<-EOT\n    one\n      two\n  EOT\nb = <<EOT\n  x\nEOT\n", errors);
  REQUIRE(errors.empty());
  CHECK(body.find("a")->parts.front()->text == "one\n  two\n");
  CHECK(body.find("b")->parts.front()->text == "  x\n");
}

TEST_CASE("every form of expression is read") {
  const std::string text = R"(
a = var.x != null && length(var.y) > 0 ? { "k" = 1, (var.z) : 2 } : {}
b = [for k, v in var.m : "${k}-${v}" if v != ""]
c = { for x in var.l : x.name => x... }
d = aws_x.y[*].id
e = aws_x.y.*.name[0]
f = "%{ for i in var.l ~} ${i} %{ endfor ~}%{ if a }x%{ else }y%{ endif }"
g = concat(var.a..., [])
h = -(1 + 2) * 3 % 4
i = provider::aws::arn_parse("x").region
j = module.m["k"].out.0
)";
  CHECK(errors_of(text) == 0);
}

TEST_CASE("nesting and chains end with an error, not with the stack") {
  CHECK(errors_of("a = " + repeated("[", 100'000)) != 0);
  CHECK(errors_of("a = " + repeated("(", 5'000) + "1" + repeated(")", 5'000) + "\n") != 0);
  CHECK(errors_of("a = 1" + repeated(" + 1", 100'000) + "\n") != 0);
  CHECK(errors_of("a = x" + repeated(".y", 100'000) + "\n") != 0);
  CHECK(errors_of("a = " + repeated("!", 100'000) + "x\n") != 0);
  CHECK(errors_of(repeated("a {\n", 10'000)) != 0);
  CHECK(errors_of("a = " + repeated("\"${", 10'000)) != 0);
  CHECK(errors_of(repeated("a = (\n", 2'000)) != 0);
}

TEST_CASE("bytes of any kind do no harm") {
  for (int c = 0; c < 256; ++c) {
    const std::string byte(1, static_cast<char>(c));
    (void)errors_of("a = " + byte + "\n");
    (void)errors_of("a = \"" + byte + "${" + byte + "}\"\n" + byte + " {\n");
  }
}

}  // namespace postern::ingest::hcl
