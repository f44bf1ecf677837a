// SPDX-License-Identifier: Apache-2.0
// What is refused as too much, as ambiguous, or as no text.
#include <doctest/doctest.h>
#include <postern/document/codes.h>

#include "unit/document/read.h"

namespace postern::document {
namespace {

std::string repeat(const std::string& text, std::size_t times) {
  std::string all;
  all.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

}  // namespace

TEST_CASE("bytes that are no text are refused in both formats") {
  for (const Format format : {Format::yaml, Format::json, Format::detect}) {
    CHECK(read(std::string("\"a\0b\"", 5), format).troubles() == Troubles{"P1001 1:3"});
    CHECK(read("\n\"a\xFF\"", format).troubles() == Troubles{"P1002 2:3"});
    CHECK(read("\"\xC0\xAF\"", format).troubles() == Troubles{"P1002 1:2"});
    CHECK(read("\"\xED\xA0\x80\"", format).troubles() == Troubles{"P1002 1:2"});
    CHECK(read(std::string("\xFF\xFE\x61\x00", 4), format).troubles() == Troubles{"P1002 1:1"});
    CHECK(read(std::string("\xFE\xFF\x00\x61", 4), format).troubles() == Troubles{"P1002 1:1"});
  }
}

TEST_CASE("characters that YAML does not allow or reads in two ways are refused") {
  for (const char* const text :
       {"a: \x1B[0m", "a: \x7F", "a: \xC2\x85", "a: \xE2\x80\xA8", "a: \xE2\x80\xA9", "a: \xEF\xBB\xBF", "a: \xEF\xBF\xBE"}) {
    CHECK(read(text).troubles() == Troubles{"P1003 1:4"});
  }
  CHECK(read("a: \xC2\xA0\xF0\x9F\x98\x80\xEE\x80\x80 \tx\n").troubles().empty());
  for (std::size_t before = 0; before < 10; ++before) {
    CHECK(read(std::string(before, 'a') + "\x01" + "zzzzzzzzzz").troubles() == Troubles{"P1003 1:" + std::to_string(before + 1)});
    CHECK(read(std::string(before, '\n') + "\x7F" + "\n\n\n\n\n\n\n").troubles() ==
          Troubles{"P1003 " + std::to_string(before + 1) + ":1"});
  }
  CHECK(read("[\"\x7F\xE2\x80\xA8\"]", Format::json).troubles().empty());
}

TEST_CASE("files over the limit are not read") {
  Limits limits;
  limits.file_bytes = 10;
  const auto reading = read("a: 12345678", Format::yaml, limits);
  CHECK(reading.documents.empty());
  CHECK(reading.troubles() == Troubles{"P1004 0:0"});
  CHECK(read("a: 1234567", Format::yaml, limits).troubles().empty());
}

TEST_CASE("the number of values of a file is limited, over all its documents") {
  Limits limits;
  limits.nodes = 4;
  CHECK(read("[1, 2, 3]", Format::json, limits).troubles().empty());
  CHECK(read("[1, 2, 3, 4]", Format::json, limits).troubles() == Troubles{"P1005 1:11"});
  CHECK(read("[1]\n---\n[2]\n---\n[3]\n", Format::yaml, limits).troubles() == Troubles{"P1005 5:1"});
}

TEST_CASE("depth is limited to 64, the root being 1") {
  for (const Format format : {Format::yaml, Format::json}) {
    CHECK(read(repeat("[", 64) + repeat("]", 64), format).troubles().empty());
    CHECK(read(repeat("[", 65) + repeat("]", 65), format).troubles() == Troubles{"P1006 1:65"});
    CHECK(read(repeat("{\"a\":", 65) + "1" + repeat("}", 65), format).documents.empty());
  }
  CHECK(read(repeat("- ", 65) + "a").troubles() == Troubles{"P1006 1:129"});
}

TEST_CASE("hostile texts are refused at once") {
  for (const Format format : {Format::yaml, Format::json}) {
    CHECK(read(repeat("[", 40'000), format).documents.empty());
    CHECK(read(repeat("{\"a\":", 40'000), format).documents.empty());
  }
  CHECK(read(repeat("- ", 40'000)).documents.empty());
  CHECK(read(repeat("? ", 40'000)).documents.empty());
  CHECK(read(repeat("{? ", 40'000)).documents.empty());
  CHECK(read(repeat("--- " + repeat("[", 100) + "\n", 5'000)).troubles().back().starts_with("P1007"));
  CHECK(read(repeat("%TAG !a! b\n", 40'000)).documents.empty());
}

TEST_CASE("a key given twice is refused, whatever its escapes, quotes and level") {
  CHECK(read("a: 1\nb: 2\na: 3\n").troubles() == Troubles{"P1014 3:1"});
  CHECK(read("a: 1\n\"\\x61\": 3\n").troubles() == Troubles{"P1014 2:1"});
  CHECK(read("1: 1\n'1': 3\n").troubles() == Troubles{"P1014 2:1"});
  CHECK(read("x:\n  - {a: 1, a: 2}\n").troubles() == Troubles{"P1014 2:12"});
  CHECK(read(R"({"a": 1, "\u0061": 2})", Format::json).troubles() == Troubles{"P1014 1:10"});
  CHECK(read("a: {b: 1}\nc: {b: 1}\n").troubles().empty());
  const auto both = read("a: 1\na: 2\nb: 1\nb: 2\n---\nc: 1\n");
  CHECK(both.troubles() == Troubles{"P1014 2:1", "P1014 4:1"});
  REQUIRE(both.documents.size() == 1);
  CHECK(both.root()["c"].as_integer() == 1);
}

TEST_CASE("duplicates are found in large mappings, at the later of the two") {
  std::string text;
  for (int i = 0; i < 400'000; ++i) text += "k" + std::to_string(i) + ": 1\n";
  CHECK(read(text).troubles().empty());
  CHECK(read(text + "k7: 2\n").troubles() == Troubles{"P1014 400001:1"});
}

TEST_CASE("the grammar of JSON can be measured with keys given twice") {
  Limits limits;
  limits.duplicate_keys = DuplicateKeys::warn;
  const auto reading = read(R"({"a": 1, "a": 2})", Format::json, limits);
  CHECK(reading.documents.size() == 1);
  CHECK(reading.troubles() == Troubles{"P1014 1:10"});
  CHECK_FALSE(reading.sink.has_errors());
}

TEST_CASE("keys must be scalars") {
  CHECK(read("? [a]\n: 1\n").troubles() == Troubles{"P1015 1:3"});
  CHECK(read("{{a: 1}: 1}\n").troubles() == Troubles{"P1015 1:2"});
  CHECK(read("a: &a [x]\n*a : 1\n").troubles() == Troubles{"P1015 2:1"});
  CHECK(read("a: {{ x }}\n").sink.all()[0].hint == "this looks like a template: render it first");
  CHECK(read("? |\n  block\n: 1\n").root()["block\n"].as_integer() == 1);
}

TEST_CASE("the table of codes is complete, ascending and says what to do") {
  std::string_view last;
  for (const base::CodeRow& row : codes()) {
    CHECK(row.code > last);
    CHECK(row.code.size() == 5);
    CHECK(row.title.size() > 5);
    CHECK(row.explanation.size() > 40);
    last = row.code;
  }
  CHECK(codes().size() == 23);
}

}  // namespace postern::document
