// SPDX-License-Identifier: Apache-2.0
// Nodes: kinds, look-ups, iteration, places.
#include <doctest/doctest.h>

#include "unit/document/read.h"

namespace postern::document {

TEST_CASE("values are found by key and index, and missing ones can be looked into") {
  const auto reading = read("a: 1\nb: [x, 'yes', yes]\nc: {d: null, e: 2.5}\n");
  const Node root = reading.root();
  CHECK(root["a"].as_integer() == 1);
  CHECK(root["b"].size() == 3);
  CHECK(root["b"].at(1).was_quoted());
  CHECK_FALSE(root["b"].at(2).was_quoted());
  CHECK_FALSE(root["b"].at(3));
  CHECK(root["c"]["d"].is_null());
  CHECK(root["c"]["e"].as_number() == 2.5);
  const Node missing = root["z"]["y"].at(7);
  CHECK_FALSE(missing);
  CHECK_FALSE(missing.is_null());
  CHECK(missing.text().empty());
  CHECK(missing.items().begin() == missing.items().end());
  CHECK(missing.location() == base::Location{});
}

TEST_CASE("entries and items come in source order") {
  const auto reading = read("z: 1\na: [3, [4, 5], 6]\nm: {}\n");
  std::string keys;
  for (const auto& [key, value] : reading.root().entries()) keys += std::string(key.text()) + to_string(value.kind()) + " ";
  CHECK(keys == "zinteger asequence mmapping ");
  std::string items;
  for (const Node item : reading.root()["a"].items()) items += item.is_sequence() ? "s" : std::string(item.text());
  CHECK(items == "3s6");
}

TEST_CASE("every node knows its line and column, in bytes") {
  const auto reading =
      read("\xEF\xBB\xBF# c\n\xC3\xA4: b\nlist:\n  - \xC3\xB6\xC3\xB6: |\n      text\n  - {k: &x !t 'v', \xE2\x82\xAC: 1}\n");
  const Node root = reading.root();
  CHECK(place(root) == "2:1");
  CHECK(place(root["\xC3\xA4"]) == "2:5");
  CHECK(place(root["list"]) == "4:3");
  CHECK(place(root["list"].at(0)) == "4:5");
  CHECK(place(root["list"].at(0)["\xC3\xB6\xC3\xB6"]) == "4:11");
  CHECK(place(root["list"].at(1)) == "6:5");
  CHECK(place(root["list"].at(1)["k"]) == "6:9");
  CHECK(place(root["list"].at(1)["\xE2\x82\xAC"]) == "6:25");
  CHECK(root.location().file.str() == "file");
}

TEST_CASE("lines end with CRLF, LF or CR") {
  const auto reading = read("a: 1\r\nb:\r\n  - x\r\n  - |\r\n    one\r\n    two\r\n");
  CHECK(place(reading.root()["b"].at(0)) == "3:5");
  CHECK(reading.root()["b"].at(1).text() == "one\ntwo\n");
  CHECK(place(read("a: 1\rb: 2\r").root()["b"]) == "2:4");
  CHECK(place(read("{\r\n\"a\":\r[1]\n}", Format::json).root()["a"].at(0)) == "3:2");
}

TEST_CASE("look-ups in large mappings find every key") {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "key" + std::to_string(i * 7) + ": " + std::to_string(i) + "\n";
  const auto reading = read(text);
  for (int i = 0; i < 1000; ++i) REQUIRE(reading.root()["key" + std::to_string(i * 7)].as_integer() == i);
  CHECK_FALSE(reading.root()["key1"]);
  CHECK_FALSE(reading.root()[""]);
}

TEST_CASE("a document lives as long as a copy of it") {
  const Document copy = [] { return read("a: \"x\\ty\"\n").documents.front(); }();
  CHECK(copy.root()["a"].text() == "x\ty");
  CHECK(copy.file().str() == "file");
  CHECK(copy.node_count() == 3);
}

TEST_CASE("tags are kept and core tags are honoured") {
  const auto reading = read("a: !Ref b\nc: !!str 12\nd: !!int '12'\ne: !GetAtt [x, y]\nf: ! 12\ng: &q ! 12\nh: !!float 3\n");
  const Node root = reading.root();
  CHECK(root["a"].tag() == "!Ref");
  CHECK(root["a"].as_string() == "b");
  CHECK(root["c"].as_string() == "12");
  CHECK(root["d"].as_integer() == 12);
  CHECK(root["e"].tag() == "!GetAtt");
  CHECK(root["e"].at(1).text() == "y");
  CHECK(root["e"].at(1).tag().empty());
  CHECK(root["f"].as_string() == "12");
  CHECK(root["g"].as_string() == "12");
  CHECK(root["h"].kind() == Kind::number);
  CHECK(read("a: !!int x\n").troubles() == Troubles{"P1020 1:4"});
  CHECK(read("a: !!map [x]\n").troubles() == Troubles{"P1020 1:4"});
}

}  // namespace postern::document
