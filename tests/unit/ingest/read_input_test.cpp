// SPDX-License-Identifier: Apache-2.0
// Whole files: what is an input, what is passed over, what is trouble.
#include <doctest/doctest.h>
#include <ingest/codes.h>
#include <ingest/registry.h>

#include <algorithm>
#include <string>

#include "fact_text.h"

namespace postern::ingest {
namespace {

using test::read;
using test::troubles_of;

constexpr std::string_view k_account = "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: a}\n";

TEST_CASE("formats and codes are tables in order") {
  const auto rows = formats();
  CHECK(std::is_sorted(rows.begin(), rows.end(), [](const FormatRow& a, const FormatRow& b) { return a.id < b.id; }));
  const auto table = codes();
  CHECK(std::is_sorted(table.begin(), table.end(), [](const auto& a, const auto& b) { return a.code < b.code; }));
  for (const base::CodeRow& row : table) {
    CHECK(row.code.starts_with("P12"));
    CHECK_FALSE(row.explanation.empty());
  }
}

TEST_CASE("documents are counted by what became of them") {
  const test::Reading reading = read(std::string(k_account) + "---\n# nothing\n---\nfoo: bar\n---\n" + std::string(k_account));
  CHECK(reading.file.outcome == ReadOutcome::read);
  CHECK(reading.file.documents == 2);
  CHECK(reading.file.unrecognised_documents == 1);
  CHECK(reading.file.format == "kubernetes");
  CHECK(reading.file.input.path.view() == "a.yaml");
  CHECK(reading.file.input.digest == "digest");
  CHECK(reading.file.input.facts.size() == 2);
}

TEST_CASE("files of other kinds are unrecognised, in silence") {
  for (const char* text : {"services: {web: {image: x}}\n", "on: push\njobs: {}\n", "[1, 2]", "just text", "flag: yes\n"}) {
    CAPTURE(text);
    const test::Reading reading = read(text);
    CHECK(reading.file.outcome == ReadOutcome::unrecognised);
    CHECK(reading.sink.all().empty());
  }
  CHECK(read("# only a comment\n").file.outcome == ReadOutcome::nothing);
  CHECK(read("---\n---\n").file.outcome == ReadOutcome::nothing);
}

TEST_CASE("an empty file is trouble: it may be what is left of an input") {
  for (const char* name : {"a.yaml", "a.json"}) {
    for (const char* text : {"", " \n\t\n"}) {
      const test::Reading reading = read(text, name);
      CHECK(reading.file.outcome == ReadOutcome::failed);
      REQUIRE(reading.sink.all().size() == 1);
      CHECK(reading.sink.all()[0].code == "P1207");
      CHECK(reading.sink.has_errors());
    }
  }
}

TEST_CASE("broken YAML is always an error") {
  for (const char* text : {"a: [1, 2", "a: b: c\n", "\tkey: x\n", "a: 1\na: 2\n"}) {
    CAPTURE(text);
    const test::Reading reading = read(text);
    CHECK(reading.file.outcome == ReadOutcome::failed);
    CHECK(reading.sink.has_errors());
  }
  const test::Reading nul = read(std::string_view("apiVersion: v1\0kind: Pod\n", 25));
  CHECK(nul.sink.has_errors());
  CHECK(read("\xff\xfe\x00\x01").sink.has_errors());
}

TEST_CASE("what could be read of a broken file is kept, and the error as well") {
  const test::Reading reading = read(std::string(k_account) + "---\nb: [\n---\n" + std::string(k_account));
  CHECK(reading.file.outcome == ReadOutcome::read);
  CHECK(reading.file.documents == 2);
  CHECK(reading.sink.has_errors());
}

TEST_CASE("broken JSON is an error unless nothing hints at an input") {
  const std::string padding(400, ' ');
  CHECK(read("{\"apiVersion\": \"v1\"," + padding, "a.json").sink.has_errors());
  CHECK(read("{\"\\u0061piVersion\": 1,," + padding, "a.json").sink.has_errors());
  CHECK(read("{\"kin", "a.json").sink.has_errors());
  CHECK_FALSE(read("{rating: 5}\n{rating: 4}\n", "a.json").sink.has_errors());
  const test::Reading settings = read("{ // a comment\n\"compilerOptions\": {}" + padding + "}", "tsconfig.json");
  CHECK_FALSE(settings.sink.has_errors());
  CHECK(settings.file.outcome == ReadOutcome::failed);
  REQUIRE(settings.sink.all().size() == 1);
  CHECK(settings.sink.all()[0].code == "P1213");
}

TEST_CASE("templates that cannot be parsed are named for what they are") {
  CHECK(troubles_of("{{- if .Values.x }}\napiVersion: v1\n{{- end }}\n") ==
        "\nP1203 error 0:0 the file holds template expressions and cannot be read as it is\n");
}

TEST_CASE("a file over the limit is an error at once") {
  ReadFile file;
  base::DiagnosticSink sink;
  document::Limits limits;
  limits.file_bytes = 100;
  file = read_input("a.yaml", std::string(101, 'x'), "", limits, sink);
  CHECK(file.outcome == ReadOutcome::failed);
  CHECK(sink.has_errors());
}

}  // namespace
}  // namespace postern::ingest
