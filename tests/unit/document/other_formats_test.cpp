// SPDX-License-Identifier: Apache-2.0
// Tables, XML and JSON values one after the other: the trees that they become.
#include <doctest/doctest.h>
#include <postern/document/document.h>

#include <string>

namespace postern::document {
namespace {

/// The tree as JSON without escapes; the code of the first error where there is none.
std::string shape(const Node& node) {
  std::string text;
  if (node.is_sequence()) {
    for (const Node item : node.items()) text += (text.empty() ? "" : ",") + shape(item);
    return '[' + text + ']';
  }
  if (!node.is_mapping()) return std::string(node.text());
  for (const Entry entry : node.entries())
    text += (text.empty() ? "" : ",") + std::string(entry.key.text()) + ':' + shape(entry.value);
  return '{' + text + '}';
}

std::string read(std::string text, Format format) {
  base::DiagnosticSink sink;
  const Documents documents = read_documents(std::move(text), format, base::Symbol("f"), {}, sink);
  return documents.empty() ? sink.all().front().code : shape(documents.front().root());
}

TEST_CASE("values one after the other are a sequence") {
  CHECK(read("{\"a\":1}\n{\"a\":2}\n", Format::json_lines) == "[{a:1},{a:2}]");
  CHECK(read("{\"a\":\n1}{\"a\":[2]} 3", Format::json_lines) == "[{a:1},{a:[2]},3]");
  CHECK(read("{\"a\":1}\n{\"a\":", Format::json_lines) == "P1010");
  CHECK(read("{\"a\":1},{\"a\":2}", Format::json_lines) == "P1010");
}

TEST_CASE("a table has columns and rows") {
  CHECK(read("a,b\n1,2\n3\n", Format::csv) == "{columns:[a,b],rows:[{a:1,b:2},{a:3}]}");
  CHECK(read("\xEF\xBB\xBF\"a\";\"b\"\r\n\"x;\"\"y\"\"\nz\";2\r\n", Format::csv) == "{columns:[a,b],rows:[{a:x;\"y\"\nz,b:2}]}");
  CHECK(read("a,a\n1,2\n", Format::csv) == "{columns:[a,a (2)],rows:[{a:1,a (2):2}]}");
  CHECK(read("a,b\n", Format::csv) == "{columns:[a,b],rows:[]}");
  CHECK(read("a,b\n\"1,2\n", Format::csv) == "P1023");
}

TEST_CASE("an element is its text, or what it holds by name") {
  CHECK(read("<r a='1'><x>t &amp; u</x><n:y/><x b='2'>v</x></r>", Format::xml) == "{r:{@a:1,x:[t & u,{@b:2,#text:v}],y:}}");
  CHECK(read("<r><x>1</r>", Format::xml) == "P1024");
  CHECK(read("text", Format::xml) == "P1024");
  std::string deep;
  for (int level = 0; level < 100; ++level) deep += "<a>";
  for (int level = 0; level < 100; ++level) deep += "</a>";
  CHECK(read(deep, Format::xml) == "P1006");
  // An entity of the document's own is never expanded.
  CHECK(read("<!DOCTYPE r [<!ENTITY e 'x'>]><r>&e;</r>", Format::xml) == "{r:&e;}");
}

TEST_CASE("places are those of the text") {
  base::DiagnosticSink sink;
  const Documents documents = read_documents("<r>\n  <x>1</x>\n</r>", Format::xml, base::Symbol("f"), {}, sink);
  REQUIRE(documents.size() == 1);
  const base::Location location = documents.front().root()["r"]["x"].location();
  CHECK(location.line == 2);
  CHECK(location.column == 3);
}

}  // namespace
}  // namespace postern::document
