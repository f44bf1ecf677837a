// SPDX-License-Identifier: Apache-2.0
// What bills of materials say, and what is said about damaged ones.
#include <doctest/doctest.h>

#include <string>
#include <variant>

#include "../fact_text.h"

namespace postern::ingest {
namespace {

using test::read;

/// The diagnostics of a text without columns.
std::string troubles_of(std::string_view text) {
  std::string result;
  const test::Reading reading = read(text, "a.json");
  for (const base::Diagnostic& one : reading.sink.all())
    result += one.code + " " + to_string(one.severity) + " " + std::to_string(one.location.line) + ": " + one.message + "\n";
  return result;
}

const model::SbomFact& sbom_of(const test::Reading& reading) { return std::get<model::SbomFact>(reading.file.input.facts.at(0)); }

/// One row a line: purl version licences type scope directness through.
std::string rows_of(std::string_view text) {
  const test::Reading reading = read(text, "a.json");
  std::string result;
  for (const model::Library& row : sbom_of(reading).libraries) {
    std::string licences = row.licences.str();
    for (char& c : licences) c = c == '\n' ? '|' : c;
    result += row.purl.str() + ' ' + row.version.str() + ' ' + licences + ' ' + to_string(row.type) + ' ' + to_string(row.scope) +
              ' ' + to_string(row.directness) + ' ' + row.introduced_by.str() + '\n';
  }
  return result;
}

std::string cyclonedx(const std::string& rest) { return R"({"bomFormat": "CycloneDX", "specVersion": "1.5")" + rest + "}"; }
std::string spdx(const std::string& rest) {
  return R"({"spdxVersion": "SPDX-2.3", "SPDXID": "SPDXRef-DOCUMENT", "name": "d")" + rest + "}";
}

TEST_CASE("CycloneDX: components at any depth, licences, scope, and through which direct one each comes") {
  CHECK(rows_of(cyclonedx(R"(, "metadata": {"component": {"bom-ref": "root", "name": "cart", "type": "application"}},
    "components": [
      {"bom-ref": "b", "type": "library", "name": "b", "version": "2", "purl": "pkg:npm/b@2", "scope": "optional",
       "licenses": [{"license": {"id": "MIT"}}, {"license": {"name": "Own, of 1999"}}],
       "components": [{"bom-ref": "c", "type": "framework", "name": "c", "version": "3"}]},
      {"bom-ref": "lock", "type": "application", "name": "package-lock.json"},
      {"bom-ref": "a", "type": "library", "name": "a", "purl": "pkg:npm/a@1", "licenses": [{"expression": "MIT OR ISC"}]},
      {"type": "file", "name": "/etc/passwd"}],
    "dependencies": [{"ref": "root", "dependsOn": ["lock"]}, {"ref": "lock", "dependsOn": ["b"]}, {"ref": "b", "dependsOn": ["c", "a"]}])")) ==
        "framework:c 3  framework unknown transitive b\n"
        "pkg:npm/a 1 MIT OR ISC library unknown transitive b\n"
        "pkg:npm/b 2 MIT|Own, of 1999 library optional direct \n");
}

TEST_CASE("CycloneDX: which image it is about, as several generators write it") {
  const auto images = [](const std::string& component) {
    const test::Reading reading =
        read(cyclonedx(R"(, "metadata": {"component": )" + component + R"(}, "components": [])"), "a.json");
    std::string text;
    for (const model::Symbol image : sbom_of(reading).images) text += image.str() + ' ';
    for (const model::Symbol digest : sbom_of(reading).digests) text += '#' + digest.str() + ' ';
    return text;
  };
  CHECK(images(R"({"type": "container", "name": "ghcr.io/s/cart:1", "version": "sha256:12"})") == "ghcr.io/s/cart:1 #sha256:12 ");
  CHECK(images(R"({"type": "application", "name": "x", "purl": "pkg:oci/cart@sha256%3A12?repository_url=ghcr.io/s/cart&tag=1"})") ==
        "ghcr.io/s/cart:1@sha256:12 #sha256:12 ");
  CHECK(images(R"({"type": "application", "name": "x", "purl": "pkg:oci/cart@sha256:12?repository_url=ghcr.io/s"})") ==
        "ghcr.io/s/cart@sha256:12 #sha256:12 ");
  CHECK(
      images(
          R"({"type": "application", "name": "x", "properties": [{"name": "aquasecurity:trivy:RepoDigest", "value": "s/cart@sha256:12"}]})") ==
      "s/cart@sha256:12 #sha256:12 ");
  CHECK(images(R"({"type": "application", "name": "x", "bom-ref": "pkg:docker/s/cart@1"})") == "s/cart:1 ");
}

TEST_CASE("SPDX: packages, concluded before declared licences, both directions of dependencies") {
  CHECK(rows_of(spdx(R"(, "packages": [
      {"SPDXID": "r", "name": "whole", "versionInfo": "1"},
      {"SPDXID": "a", "name": "a", "versionInfo": "1", "licenseConcluded": "MIT", "licenseDeclared": "ISC",
       "externalRefs": [{"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": "pkg:npm/a@1"}]},
      {"SPDXID": "b", "name": "b", "versionInfo": "2", "licenseConcluded": "NOASSERTION", "licenseDeclared": "ISC"}],
    "relationships": [
      {"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": "r"},
      {"spdxElementId": "r", "relationshipType": "DEPENDS_ON", "relatedSpdxElement": "a"},
      {"spdxElementId": "b", "relationshipType": "DEV_DEPENDENCY_OF", "relatedSpdxElement": "a"}])")) ==
        "library:b 2 ISC library excluded transitive a\n"
        "pkg:npm/a 1 MIT library unknown direct \n");
}

TEST_CASE("damage is located, said, and makes what is missing unknown") {
  const auto is_complete = [](const std::string& text) { return sbom_of(read(text, "a.json")).complete; };
  const std::string wrong =
      cyclonedx(R"(, "components": [{"type": "library", "name": "a", "version": 7}, "b", {"type": "library"}])");
  CHECK(troubles_of(wrong) ==
        "P1201 error 1: 'version' of a component is integer, expected a string\n"
        "P1201 error 1: a component is string, expected an object\n"
        "P1202 error 1: a component has neither 'name' nor 'purl'\n");
  CHECK_FALSE(is_complete(wrong));
  CHECK(troubles_of(cyclonedx("")) == "P1220 warning 1: the bill of materials lists no components\n");
  CHECK_FALSE(is_complete(cyclonedx("")));
  CHECK(troubles_of(R"({"bomFormat": "CycloneDX", "specVersion": "2.0", "components": [{"type": "library", "name": "a"}]})") ==
        "P1217 error 1: specVersion '2.0' is not known, expected 1.2 to 1.7\n");
  CHECK(troubles_of(R"({"spdxVersion": "SPDX-3.0", "packages": []})").starts_with("P1217 error 1: "));
}

TEST_CASE("oddities are warnings, and nothing is lost by them") {
  const std::string odd = cyclonedx(R"(, "components": [
    {"type": "library", "bom-ref": "x", "name": "a", "purl": "a-purl-1"}, {"type": "library", "bom-ref": "x", "name": "b"},
    {"type": "gadget", "name": "c"}], "dependencies": [{"ref": "x", "dependsOn": ["y"]}])");
  CHECK(troubles_of(odd) ==
        "P1221 warning 2: 'a-purl-1' is not a package URL\n"
        "P1218 warning 2: the reference 'x' stands for two components\n"
        "P1222 warning 3: component type 'gadget' is not known\n"
        "P1219 warning 3: a dependency names 'y', which no component has as its reference\n");
  CHECK(sbom_of(read(odd, "a.json")).complete);
  CHECK(sbom_of(read(odd, "a.json")).libraries.size() == 3);
}

TEST_CASE("a forgotten bomFormat is said; a document that is cut off is a bill of materials all the same") {
  CHECK(troubles_of(R"({"specVersion": "1.5", "components": [{"type": "library", "name": "a"}]})") ==
        "P1202 warning 1: 'bomFormat' is missing, expected 'CycloneDX'\n");
  const test::Reading cut = read(R"({"bomFormat": "CycloneDX", "components": [{"name")", "a.json");
  CHECK(cut.file.outcome == ReadOutcome::failed);
  CHECK(cut.file.kind == model::InputKind::sbom);
  CHECK_FALSE(sbom_of(cut).complete);
}

TEST_CASE("the same trouble a thousand times is said five times and counted") {
  std::string components;
  for (int i = 0; i < 1000; ++i) components += std::string(i == 0 ? "" : ",") + R"({"type": "library", "name": 1})";
  const test::Reading reading = read(cyclonedx(", \"components\": [" + components + "]"), "a.json");
  CHECK(reading.sink.all().size() < 20);
}

}  // namespace
}  // namespace postern::ingest
