// SPDX-License-Identifier: Apache-2.0
// Types of plain scalars.
#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "unit/document/read.h"

namespace postern::document {
namespace {

struct Row {
  const char* text;
  Kind kind;
};

Kind kind_of(const std::string& text) { return read("v: " + text + "\n").root()["v"].kind(); }

}  // namespace

TEST_CASE("plain scalars have the types of the core schema") {
  const Row rows[] = {
      {"", Kind::null},
      {"~", Kind::null},
      {"null", Kind::null},
      {"NULL", Kind::null},
      {"nUll", Kind::string},
      {"true", Kind::boolean},
      {"False", Kind::boolean},
      {"tRue", Kind::string},
      {"yes", Kind::string},
      {"on", Kind::string},
      {"0", Kind::integer},
      {"-12", Kind::integer},
      {"+12", Kind::integer},
      {"010", Kind::integer},
      {"0o17", Kind::integer},
      {"0x1F", Kind::integer},
      {"0b1", Kind::string},
      {"1_000", Kind::string},
      {"12:30", Kind::string},
      {"-0x1", Kind::string},
      {"1.5", Kind::number},
      {".5", Kind::number},
      {"5.", Kind::number},
      {"1e3", Kind::number},
      {"-1.5E-3", Kind::number},
      {".inf", Kind::number},
      {"-.INF", Kind::number},
      {"+.Inf", Kind::number},
      {".NaN", Kind::number},
      {"-.nan", Kind::string},
      {"1.2.3", Kind::string},
      {"1e", Kind::string},
      {".", Kind::string},
      {"+", Kind::string},
      {"0x", Kind::string},
      {"0o8", Kind::string},
      {"-.", Kind::string},
      {"1e+", Kind::string},
      {".e3", Kind::string},
      {"'1'", Kind::string},
      {"\"true\"", Kind::string},
      {"2001-12-14", Kind::string},
      {"99999999999999999999", Kind::number},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.text));
    CHECK(std::string(to_string(kind_of(row.text))) == to_string(row.kind));
  }
}

TEST_CASE("numbers have their values") {
  const Node root =
      read("[010, 0o17, 0x1F, +7, -0, 9223372036854775807, -9223372036854775808, 0xFFFFFFFFFFFFFFFF]\n").documents[0].root();
  (void)root;
  const auto reading = read("[010, 0o17, 0x1F, +7, -0, 9223372036854775807, -9223372036854775808]\n");
  const std::int64_t expected[] = {
      10, 15, 31, 7, 0, std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min()};
  std::size_t i = 0;
  for (const Node item : reading.root().items()) CHECK(item.as_integer() == expected[i++]);
  const auto floats = read("[1.5, .5, 5., -1e3, .inf, -.inf, 1e400, 3]\n");
  CHECK(floats.root().at(0).as_number() == 1.5);
  CHECK(floats.root().at(1).as_number() == 0.5);
  CHECK(floats.root().at(2).as_number() == 5.0);
  CHECK(floats.root().at(3).as_number() == -1000.0);
  CHECK(std::isinf(*floats.root().at(4).as_number()));
  CHECK(*floats.root().at(5).as_number() < 0);
  CHECK_FALSE(floats.root().at(6).as_number());
  CHECK(floats.root().at(7).as_number() == 3.0);
  CHECK(std::isnan(*read(".nan").root().as_number()));
}

TEST_CASE("an integer beyond 64 bits keeps its digits and is warned about, without showing it") {
  for (const Format format : {Format::yaml, Format::json}) {
    const auto reading = read("[9223372036854775808]", format);
    const Node value = reading.root().at(0);
    CHECK(value.kind() == Kind::number);
    CHECK_FALSE(value.as_integer());
    CHECK(value.text() == "9223372036854775808");
    REQUIRE(reading.troubles() == Troubles{"P1021 1:2"});
    CHECK(reading.sink.all()[0].severity == base::Severity::warning);
    CHECK(reading.sink.all()[0].message.find("92233") == std::string::npos);
  }
}

TEST_CASE("what YAML 1.1 reads differently is warned about, a few times a file") {
  for (const char* const text : {"yes", "No", "ON", "off", "010", "1_000", "12:30", "190:20:30", "0b11", "0o17", "0x1_0"}) {
    CAPTURE(std::string(text));
    const auto reading = read(std::string("v: ") + text + "\n");
    CHECK(reading.troubles() == Troubles{"P1022 1:4"});
    CHECK_FALSE(reading.sink.has_errors());
  }
  for (const char* const text :
       {"y", "n", "'yes'", "yess", "8080:80", "1.2.3", "0", "10", "0x1F", "09:99", "a_b", "!!str yes", "_1"}) {
    CAPTURE(std::string(text));
    CHECK(read(std::string("v: ") + text + "\n").troubles().empty());
  }
  CHECK(read("[yes, yes, yes, yes, yes, yes]").troubles().size() == 3);
}

}  // namespace postern::document
