// SPDX-License-Identifier: Apache-2.0
// The JSON reader: strictness, strings, places of errors.
#include <doctest/doctest.h>

#include "unit/document/read.h"

namespace postern::document {
namespace {

Reading read_json(std::string text) { return read(std::move(text), Format::json); }

}  // namespace

TEST_CASE("JSON values are read with their places") {
  const auto reading = read_json(" {\"a\": [1, -2.5e3, true, null, \"x\"],\n  \"b\": {}}\n");
  const Node root = reading.root();
  REQUIRE(reading.troubles().empty());
  CHECK(place(root) == "1:2");
  CHECK(root["a"].at(0).as_integer() == 1);
  CHECK(root["a"].at(1).as_number() == -2500.0);
  CHECK(root["a"].at(2).as_boolean() == true);
  CHECK(root["a"].at(3).is_null());
  CHECK(root["a"].at(4).as_string() == "x");
  CHECK(place(root["a"].at(4)) == "1:32");
  CHECK(root["b"].size() == 0);
  CHECK(place(root["b"]) == "2:8");
  CHECK(read_json("\"s\"").root().text() == "s");
}

TEST_CASE("strings are unescaped") {
  const auto reading = read_json(R"(["a\"\\\/\b\f\n\r\tz", "\u00e4\u20ac\ud83d\ude00", "\u0000", "\\", "\\\"", ""])");
  REQUIRE(reading.troubles().empty());
  CHECK(reading.root().at(0).text() == "a\"\\/\b\f\n\r\tz");
  CHECK(reading.root().at(1).text() == "\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80");
  CHECK(reading.root().at(2).text() == std::string_view("\0", 1));
  CHECK(reading.root().at(3).text() == "\\");
  CHECK(reading.root().at(4).text() == "\\\"");
  CHECK(reading.root().at(5).text().empty());
}

TEST_CASE("what is not JSON is rejected where it goes wrong") {
  struct Row {
    const char* text;
    const char* trouble;
  };
  const Row rows[] = {
      {"", "P1010 1:1"},
      {" ", "P1010 1:1"},
      {"[1,]", "P1010 1:4"},
      {"{\"a\":1,}", "P1010 1:8"},
      {"[1 2]", "P1010 1:4"},
      {"{\"a\" 1}", "P1010 1:6"},
      {"{a:1}", "P1010 1:2"},
      {"[01]", "P1010 1:2"},
      {"[+1]", "P1010 1:2"},
      {"[1.]", "P1010 1:2"},
      {"[.5]", "P1010 1:2"},
      {"[NaN]", "P1010 1:2"},
      {"[1}", "P1010 1:3"},
      {"{\"a\":1]", "P1010 1:7"},
      {"[\n1", "P1010 2:2"},
      {"]", "P1010 1:1"},
      {"[1]\n[2]", "P1011 2:1"},
      {"1 //c", "P1011 1:3"},
      {"[\"\\x\"]", "P1010 1:3"},
      {"[\"\\ud800\"]", "P1010 1:3"},
      {"[\"\\ude00\\ud83d\"]", "P1010 1:3"},
      {"[\"a\nb\"]", "P1010 1:4"},
      {"[\"a", "P1010 1:2"},
      {"[\"a\\\"", "P1010 1:2"},
      {"truefalse", "P1010 1:1"},
      {"[1\"a\"]", "P1010 1:2"},
      {"[\"a\"b]", "P1010 1:5"},
      {"{\"a\":}", "P1010 1:6"},
      {"[,1]", "P1010 1:2"},
      {"{,}", "P1010 1:2"},
      {":", "P1010 1:1"},
      {"{[1]:2}", "P1010 1:2"},
      {"\xEF\xBB\xBF", "P1010 1:1"},
      {"['a']", "P1010 1:2"},
      {"[1,2]]", "P1011 1:6"},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.text));
    const auto reading = read_json(row.text);
    CHECK(reading.documents.empty());
    CHECK(reading.troubles() == Troubles{row.trouble});
  }
}

TEST_CASE("a byte-order mark is skipped and does not move places out of the file") {
  const auto reading = read_json("\xEF\xBB\xBF[1,\n 2]");
  CHECK(reading.root().size() == 2);
  CHECK(place(reading.root().at(1)) == "2:2");
}

TEST_CASE("detection goes by name, then by content") {
  const auto detect = [](std::string text, const char* file) {
    Reading reading;
    reading.documents = read_documents(std::move(text), Format::detect, base::Symbol(file), {}, reading.sink);
    return reading;
  };
  CHECK(detect("{a: 1}", "x").root()["a"].as_integer() == 1);
  CHECK(detect("{\"a\": 1}", "x").root()["a"].style() == Style::plain);
  CHECK(detect("{a: 1}", "x.json").troubles() == Troubles{"P1010 1:2"});
  CHECK(detect("{\"a\": 1, \"a\": 2}", "x").troubles() == Troubles{"P1014 1:10"});
  CHECK(detect("[1]\n", "x.yaml").root().size() == 1);
  CHECK(detect("{\"a\": \"\\ud83d\\ude00\"}", "x").root()["a"].text() == "\xF0\x9F\x98\x80");
  CHECK(detect("a: 1\n", "x").root()["a"].as_integer() == 1);
}

}  // namespace postern::document
