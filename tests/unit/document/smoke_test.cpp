// SPDX-License-Identifier: Apache-2.0
// First contact.
#include <doctest/doctest.h>

#include <postern/document/document.h>

using namespace postern;

TEST_CASE("a mapping is read with its types and places") {
  base::DiagnosticSink sink;
  const auto documents = document::read_documents("a: 1\nb: [x, 'yes', yes]\nc: {d: null}\n", document::Format::yaml, base::Symbol("f.yaml"), {}, sink);
  REQUIRE(documents.size() == 1);
  const auto root = documents[0].root();
  CHECK(root["a"].as_integer() == 1);
  CHECK(root["b"].size() == 3);
  CHECK(root["b"].at(1).was_quoted());
  CHECK(root["c"]["d"].is_null());
  CHECK(to_string(root["c"]["d"].location()) == "f.yaml:3:8");
  CHECK_FALSE(root["z"]["y"]);
}
