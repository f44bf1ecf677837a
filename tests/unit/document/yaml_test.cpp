// SPDX-License-Identifier: Apache-2.0
// The YAML reader: streams, recovery, and rules that libyaml does not know.
#include <doctest/doctest.h>

#include "unit/document/read.h"

namespace postern::document {
namespace {

std::string roots(const Reading& reading) {
  std::string all;
  for (const Document& document : reading.documents) all += std::string(document.root().text()) + "|";
  return all;
}

}  // namespace

TEST_CASE("a text without documents gives nothing, an explicit empty document a null") {
  for (const char* const text : {"", "\n\n", "# comment\n", "\xEF\xBB\xBF", "...\n", "# c\n...\n# d\n"}) {
    CAPTURE(std::string(text));
    const auto reading = read(text);
    CHECK(reading.documents.empty());
    CHECK(reading.troubles().empty());
  }
  const auto reading = read("---\n---\na\n---\n");
  REQUIRE(reading.documents.size() == 3);
  CHECK(reading.documents[0].root().is_null());
  CHECK(reading.documents[1].root().text() == "a");
  CHECK(place(reading.documents[1].root()) == "3:1");
  CHECK(reading.documents[2].root().is_null());
}

TEST_CASE("documents end at their markers") {
  CHECK(roots(read("a\n---\nb\n...\nc\n...\n---\nd\n")) == "a|b|c|d|");
  CHECK(roots(read("--- a\n... # comment\n%YAML 1.2\n--- b\n")) == "a|b|");
  CHECK(roots(read("%YAML 1.3\n%FOO bar\n--- a\n")) == "a|");
  CHECK(read("--- a\n... b\n").troubles() == Troubles{"P1012 2:4"});
  CHECK(read("k: v\n%YAML 1.2\n---\n").troubles() == Troubles{"P1012 2:1"});
  CHECK(read("%YAML 2.0\n--- a\n").troubles() == Troubles{"P1013 1:1"});
  CHECK(read("%YAML 1.2 x\n--- a\n").troubles() == Troubles{"P1012 1:1"});
}

TEST_CASE("after an error reading goes on at the next document") {
  const auto reading = read("a\n--- # second\nk: [1,\n---\nc\n---\nx: {{ y }}\nz: 1\n---\nd: *no\n---\ne\n");
  CHECK(roots(reading) == "a|c|e|");
  REQUIRE(reading.troubles().size() == 3);
  CHECK(reading.troubles()[0] == "P1012 4:1");
  CHECK(reading.troubles()[1] == "P1015 7:5");
  CHECK(reading.troubles()[2] == "P1016 10:4");
  CHECK(place(reading.documents[2].root()) == "12:1");
  CHECK(roots(read("a: 'never closed\n---\nb\n")) == "b|");
  CHECK(roots(read("\tx: 1\n---\nb\n")) == "b|");
  CHECK(roots(read("{{- if .Values.x }}\na: 1\n{{- end }}\n---\nb\n")) == "b|");
}

TEST_CASE("a file with many errors is given up, with a word") {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "--- ]\n";
  const auto reading = read(text);
  CHECK(reading.sink.error_count() == 21);
  CHECK(reading.troubles().back() == "P1007 20:5");
}

TEST_CASE("block scalars keep their text") {
  const auto reading = read("a: |\n  one\n   two\n\nb: >-\n  one\n  two\n\n  three\nc: |2+\n   x\n\nd: |\n  x: 1 # no comment\n");
  CHECK(reading.root()["a"].text() == "one\n two\n");
  CHECK(reading.root()["a"].style() == Style::literal);
  CHECK(reading.root()["b"].text() == "one two\nthree");
  CHECK(reading.root()["c"].text() == " x\n\n");
  CHECK(reading.root()["d"].text() == "x: 1 # no comment\n");
}

TEST_CASE("text that stands in the source as such is not copied, and text that does not is right all the same") {
  const auto reading =
      read("a: plain text\nb: 'it''s'\nc: \"x\\ny\"\nd: folded\n  text\ne: \"over\n  lines\"\nf: ''\ng: &k 'v' # c\n");
  CHECK(reading.root()["a"].text() == "plain text");
  CHECK(reading.root()["b"].text() == "it's");
  CHECK(reading.root()["c"].text() == "x\ny");
  CHECK(reading.root()["d"].text() == "folded text");
  CHECK(reading.root()["e"].text() == "over lines");
  CHECK(reading.root()["f"].text().empty());
  CHECK(reading.root()["f"].as_string() == "");
  CHECK(reading.root()["g"].text() == "v");
}

TEST_CASE("what libyaml accepts beyond YAML 1.2 is refused") {
  struct Row {
    const char* text;
    const char* trouble;
  };
  const Row rows[] = {
      {"k: [a,\nb]\n", "P1012 2:1"},        {"k: \"a\nb\"\n", "P1012 2:1"},
      {"k: 'a\n\tb'\n", "P1012 2:1"},       {"x:\n  - [a,\n  b]\n", "P1012 3:3"},
      {"x:\n- - [a,\n  b]\n", "P1012 3:3"}, {"k: [a]#c\n", "P1012 1:7"},
      {"k: \"v\"# c\n", "P1012 1:7"},       {"k: [a,#c\n b]\n", "P1012 1:7"},
      {"k: |#c\n  x\n", "P1012 1:5"},       {"k: !t |-#c\n  x\n", "P1012 1:9"},
      {"k: |\n    \n  x\n", "P1012 2:5"},   {"k: [-]\n", "P1012 1:5"},
      {"{?a: b}\n", "P1013 1:2"},           {"[?a]\n", "P1013 1:2"},
      {"k: &a:b c\n", "P1013 1:4"},         {"a: &a x\n*a: c\n", "P1013 2:1"},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.text));
    const auto reading = read(row.text);
    CHECK(reading.documents.empty());
    CHECK(reading.troubles() == Troubles{row.trouble});
  }
}

TEST_CASE("what looks like that and is fine is read") {
  for (const char* const text : {"k: [\n  a\n]\n",
                                 "k: {\n  a: 1\n}\n",
                                 "x:\n- [a,\n b]\n",
                                 "[a,\nb]\n",
                                 "\"a\nb\"\n",
                                 "k: \"a\n\n \tb\"\n",
                                 "k: [a, # c\n# c\n b] # c\n",
                                 "k: a#b\n",
                                 "k: | # c\n  x\n",
                                 "k: |2\n     \n  x\n",
                                 "k: |\n\n \n  x\n",
                                 "k: &s\n  - [a,\n   b]\n",
                                 "k: &m\n  a: [b,\n   c]\n",
                                 "x: &s\n- [a,\n b]\n",
                                 "? [x,\n  y]\n: z\n",
                                 "[? a : b]\n",
                                 "k: !t\n  |\n  x\n",
                                 "k: &a\n  # > c\n  >\n  x\n",
                                 "[-a, -1, --]\n",
                                 "a: &a x\n*a : c\n",
                                 "[&a x, *a]\n",
                                 "{k: &a x}\n",
                                 "k: 'a\n  # b'\n",
                                 "- # c\n- a\n",
                                 "k:\t v\n",
                                 "k: v \t\n",
                                 "k: [\n  'a',\n  ]\n"}) {
    CAPTURE(std::string(text));
    const auto reading = read(text);
    const bool only_keys = !reading.troubles().empty() && reading.troubles()[0].starts_with("P1015");
    CHECK((reading.troubles().empty() || only_keys));
  }
}

TEST_CASE("white space without a line break at the end does not change a block scalar") {
  CHECK(read("- |+\n   ").root().at(0).text() == "\n");
  CHECK(read("foo: |\n  x\n   ").root()["foo"].text() == "x\n \n");
  CHECK(read("foo: |\n  x").root()["foo"].text() == "x");
}

}  // namespace postern::document
