// SPDX-License-Identifier: Apache-2.0
// Anchors, aliases and merge keys, and their budget.
#include <doctest/doctest.h>

#include "unit/document/read.h"

namespace postern::document {
namespace {

std::string keys_of(Node node) {
  std::string keys;
  for (const auto& [key, value] : node.entries()) keys += std::string(key.text()) + "=" + std::string(value.text()) + " ";
  return keys;
}

/// Nine anchors, each a list of nine aliases of the one before.
std::string laughs(int levels) {
  std::string text = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n";
  for (int i = 1; i < levels; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int k = 0; k < 8; ++k) text += before + ", ";
    text += before + "]\n";
  }
  return text;
}

}  // namespace

TEST_CASE("aliases are followed to their anchors") {
  const auto reading = read("a: &x {k: [1, 2]}\nb: *x\nc: &s text\n*s : 5\nd: [*x, *s]\ne: &x again\nf: *x\n");
  const Node root = reading.root();
  REQUIRE(reading.troubles().empty());
  CHECK(root["b"]["k"].at(1).as_integer() == 2);
  CHECK(root["b"] == root["a"]);
  CHECK(place(root["b"]) == "1:4");
  CHECK(root["text"].as_integer() == 5);
  CHECK(root["d"].at(0)["k"].size() == 2);
  CHECK(root["d"].at(1).text() == "text");
  CHECK(root["f"].text() == "again");
}

TEST_CASE("aliases need an anchor before them in their document, and must not stand in it") {
  CHECK(read("a: *x\n").troubles() == Troubles{"P1016 1:4"});
  CHECK(read("a: &x 1\n---\nb: *x\n").troubles() == Troubles{"P1016 3:4"});
  CHECK(read("a: &x [1, *x]\n").troubles() == Troubles{"P1017 1:11"});
  CHECK(read("&x {a: {b: *x}}\n").troubles() == Troubles{"P1017 1:12"});
}

TEST_CASE("merge keys bring in what is not there yet") {
  const std::string bases = "x: &x {a: 1, b: 2}\ny: &y {b: 3, c: 4}\n";
  CHECK(keys_of(read(bases + "z: {b: 9, <<: *x}\n").root()["z"]) == "b=9 a=1 ");
  CHECK(keys_of(read(bases + "z: {<<: *x, b: 9}\n").root()["z"]) == "b=9 a=1 ");
  CHECK(keys_of(read(bases + "z: {<<: [*x, *y], d: 0}\n").root()["z"]) == "d=0 a=1 b=2 c=4 ");
  CHECK(keys_of(read(bases + "z: {<<: [*y, *x]}\n").root()["z"]) == "b=3 c=4 a=1 ");
  CHECK(keys_of(read("z: {<<: {a: 1}, b: 2}\n").root()["z"]) == "b=2 a=1 ");
  const auto nested = read(bases + "z: &z\n  <<: *x\n  e: 5\nw:\n  <<: *z\n  a: 7\n");
  CHECK(keys_of(nested.root()["w"]) == "a=7 e=5 b=2 ");
  CHECK(nested.root()["w"].size() == 3);
  CHECK(nested.root()["w"]["b"].as_integer() == 2);
  CHECK(place(nested.root()["w"]["b"]) == "1:17");
  CHECK_FALSE(nested.root()["w"]["<<"]);
}

TEST_CASE("merge keys work in mappings with many keys") {
  std::string text = "base: &base {zz: 1, k3: 2}\nbig:\n  <<: *base\n";
  for (int i = 0; i < 40; ++i) text += "  k" + std::to_string(i) + ": own\n";
  const auto reading = read(text);
  CHECK(reading.root()["big"].size() == 41);
  CHECK(reading.root()["big"]["zz"].as_integer() == 1);
  CHECK(reading.root()["big"]["k3"].text() == "own");
}

TEST_CASE("a quoted merge key is an ordinary key, and a wrong value is refused") {
  CHECK(read("z: {'<<': {a: 1}}\n").root()["z"]["<<"]["a"].as_integer() == 1);
  CHECK(read("{\"<<\": {\"a\": 1}}", Format::json).root()["<<"]["a"].as_integer() == 1);
  CHECK(read("a: <<\n").root()["a"].text() == "<<");
  CHECK(read("z: {<<: 5}\n").troubles() == Troubles{"P1019 1:9"});
  CHECK(read("z: {<<: [{a: 1}, 5]}\n").troubles() == Troubles{"P1019 1:18"});
  CHECK(read("x: &x {a: 1}\nz: {<<: *x, <<: *x}\n").troubles() == Troubles{"P1014 2:13"});
}

TEST_CASE("aliases may not expand without bound") {
  CHECK(read(laughs(4)).troubles().empty());
  CHECK(read(laughs(9)).troubles() == Troubles{"P1018 1:1"});
  CHECK(read(laughs(40)).troubles() == Troubles{"P1018 1:1"});
}

TEST_CASE("depth counts what aliases name") {
  std::string text = "a0: &a0 [x]\n";
  for (int i = 1; i <= 70; ++i)
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [*a" + std::to_string(i - 1) + "]\n";
  CHECK(read(text).troubles() == Troubles{"P1006 64:12"});
}

TEST_CASE("merge keys may not expand without bound") {
  std::string text = "m0: &m0 {";
  for (int i = 0; i < 500; ++i) text += "k" + std::to_string(i) + ": 1, ";
  text += "}\n";
  for (int i = 1; i <= 500; ++i) text += "m" + std::to_string(i) + ": {<<: *m0}\n";
  const auto reading = read(text);
  CHECK(reading.documents.empty());
  REQUIRE(reading.troubles().size() == 1);
  CHECK(reading.troubles()[0].starts_with("P1018"));
}

}  // namespace postern::document
