// SPDX-License-Identifier: Apache-2.0
// Variables in texts, and files of variables.
#include <doctest/doctest.h>
#include <ingest/compose_file/variables.h>

#include <string>

namespace postern::ingest::compose_file {
namespace {

Variables sample() {
  Variables variables;
  variables.set("A", "one");
  variables.set("EMPTY", "");
  return variables;
}

std::string filled(std::string_view text) {
  const Variables::Filled result = sample().fill(text);
  std::string shown = result.text;
  for (const std::string& name : result.unknown) shown += " ?" + name;
  for (const std::string& name : result.required) shown += " !" + name;
  return shown + (result.malformed ? " malformed" : "");
}

TEST_CASE("variables are filled in") {
  CHECK(filled("$A-${A}") == "one-one");
  CHECK(filled("$A.b") == "one.b");
  CHECK(filled("$$A $${A}") == "$A ${A}");
  CHECK(filled("costs $5, 100$") == "costs $5, 100$");
  CHECK(filled("${A:-x}${A-x}") == "oneone");
  CHECK(filled("${B:-x}${B-x}${EMPTY:-x}[${EMPTY-x}]") == "xxx[]");
  CHECK(filled("${B:-${C:-$A}}") == "one");
  CHECK(filled("${A:+other}[${B:+other}][${EMPTY:+other}][${EMPTY+other}]") == "other[][][other]");
}

TEST_CASE("what has no value stays, and is told") {
  CHECK(filled("$B ${C}") == "${B} ${C} ?B ?C");
  CHECK(filled("${B:?say it}") == "${B} ?B !B");
  CHECK(filled("${A:-$B}") == "one");
  CHECK(filled("${B+$C}") == "");
}

TEST_CASE("what is malformed stays as it is") {
  for (const char* text : {"${A", "${}", "${A:}", "${A:=x}", "${A!x}", "${1}", "${A:-${B"}) {
    CAPTURE(text);
    CHECK(filled(text).ends_with("malformed"));
    CHECK(filled(text).starts_with(text));
  }
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += "${B:-";
  CHECK(filled(deep + "x" + std::string(100, '}')).ends_with("malformed"));
}

std::string assigned(std::string_view text, Filling filling = Filling::filled) {
  std::string shown;
  for (const Assignment& row : read_assignments(text, sample(), filling)) {
    shown += std::to_string(row.line) + " " + row.name + "=" + row.value.value_or("(none)") + "\n";
  }
  return shown;
}

TEST_CASE("files of variables") {
  CHECK(assigned("# comment\n\nX=1\nexport Y = two words # note\nZ\n=no\nbad name=1\n") == "3 X=1\n4 Y=two words\n5 Z=(none)\n");
  CHECK(assigned("X='$A # kept'\nY=\"$A\\n${X}\"\nW=$Y") == "1 X=$A # kept\n2 Y=one\n$A # kept\n3 W=one\n$A # kept\n");
  CHECK(assigned("X=\"a\nb\"\nY=1") == "1 X=a\nb\n3 Y=1\n");
  CHECK(assigned("X=\"$A\" # c", Filling::raw) == "1 X=\"$A\" # c\n");
  CHECK(assigned("X=a#b\r\nY=\r\n") == "1 X=a#b\n2 Y=\n");
}

TEST_CASE("values that double one another are bounded") {
  std::string text = "V0=" + std::string(1024, 'x') + "\n";
  for (int i = 1; i < 64; ++i) {
    const std::string before = "$V" + std::to_string(i - 1);
    text += "V" + std::to_string(i) + "=" + before + before + "\n";
  }
  std::size_t size = 0;
  for (const Assignment& row : read_assignments(text, {}, Filling::filled)) size += row.value.value_or("").size();
  CHECK(size < (std::size_t{32} << 20U));
}

}  // namespace
}  // namespace postern::ingest::compose_file
