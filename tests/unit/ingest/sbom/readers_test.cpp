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

/// `bom` in XML with these parts.
std::string cyclonedx_xml(const std::string& rest, const std::string& version = "1.6") {
  return "<?xml version=\"1.0\"?>\n<bom xmlns=\"http://cyclonedx.org/schema/bom/" + version + "\" version=\"1\">\n" + rest +
         "</bom>";
}

std::string troubles_in(std::string_view text, std::string_view path) {
  std::string result;
  const test::Reading reading = read(text, path);
  for (const base::Diagnostic& one : reading.sink.all()) result += one.code + " " + to_string(one.severity) + '\n';
  return result;
}

TEST_CASE("CycloneDX in XML: components in components, licences of each kind, what needs what") {
  CHECK(rows_of(cyclonedx_xml(R"(<metadata><component type="application" bom-ref="r"><name>shop</name></component></metadata>
    <components><component type="library" bom-ref="a"><group>g</group><name>a</name><version>1</version><scope>optional</scope>
      <licenses><license><id>MIT</id></license><license><name>Of the house</name></license></licenses>
      <components><component type="library" bom-ref="b"><name>b</name><version>2</version>
        <licenses><expression>MIT OR ISC</expression></licenses><purl>pkg:npm/b@2</purl></component></components></component>
    </components>
    <dependencies><dependency ref="r"><dependency ref="a"/></dependency><dependency ref="a"><dependency ref="b"/></dependency>
    </dependencies>)")) ==
        "library:g/a 1 MIT|Of the house library optional direct \n"
        "pkg:npm/b 2 MIT OR ISC library unknown transitive g/a\n");
  CHECK(troubles_in(cyclonedx_xml("<components/>", "1.0"), "a.xml") == "P1220 warning\n");
  CHECK(troubles_in(cyclonedx_xml("<components><component type=\"library\"/></components>"), "a.xml") ==
        "P1202 error\nP1220 warning\n");
  CHECK(troubles_in(cyclonedx_xml("<components><component type=\"library\"><name>a</name></component></components>", "2.0"),
                    "a.xml") == "P1217 error\n");
}

TEST_CASE("XML that is cut off is a bill of materials all the same; other XML is none") {
  const test::Reading cut = read("<bom xmlns=\"http://cyclonedx.org/schema/bom/1.6\"><components><component", "a.xml");
  CHECK(cut.file.outcome == ReadOutcome::failed);
  CHECK_FALSE(sbom_of(cut).complete);
  CHECK(read("<project><components/></project>", "pom.xml").file.input.facts.empty());
  CHECK(read("<bom><components/></bom>", "a.xml").file.input.facts.empty());
}

TEST_CASE("tags and values: texts over lines, sections, and what is damaged") {
  const std::string head = "# by hand\nSPDXVersion: SPDX-2.3\nSPDXID: SPDXRef-DOCUMENT\n";
  CHECK(rows_of(head + "DocumentComment: <text>one\nPackageName: none\n</text>\nPackageName: a\nSPDXID: SPDXRef-a\r\n"
                       "PackageVersion: 1\nPackageLicenseDeclared: ISC\nPackageLicenseConcluded: NOASSERTION\n"
                       "ExternalRef: PACKAGE-MANAGER purl pkg:npm/a@1\nFileName: ./x\nSPDXID: SPDXRef-x\nLicenseConcluded: MIT\n"
                       "PackageName: b\nSPDXID: SPDXRef-b\nRelationship: SPDXRef-b DEV_DEPENDENCY_OF SPDXRef-a\n") ==
        "library:b   library excluded unknown \n"
        "pkg:npm/a 1 ISC library unknown unknown \n");
  CHECK(troubles_in(head + "PackageName: a\nSPDXID: a\nPackageComment: <text>never\nends\n", "a.spdx") == "P1201 error\n");
  CHECK(troubles_in(head + "PackageName: a\nSPDXID: a\nsome words\n", "a.spdx") == "P1201 error\n");
  CHECK(troubles_in(head, "a.spdx") == "P1220 warning\n");
  CHECK(troubles_in("SPDXVersion: SPDX-9\nPackageName: a\nSPDXID: a\n", "a.spdx") == "P1217 error\n");
}

TEST_CASE("SPDX 3: sets of licences, even such as hold themselves, and scopes of relationships") {
  const auto graph = [](const std::string& rest) {
    return R"({"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph": [
      {"type": "software_Package", "spdxId": "a", "name": "a", "software_packageVersion": "1"},
      {"type": "Relationship", "spdxId": "l", "relationshipType": "hasConcludedLicense", "from": "a", "to": ["s"]})" +
           rest + "]}";
  };
  CHECK(rows_of(graph(R"(, {"type": "expandedlicensing_DisjunctiveLicenseSet", "spdxId": "s", "expandedlicensing_member":
      ["https://spdx.org/licenses/MIT", "https://spdx.org/licenses/ISC"]},
    {"type": "software_Package", "spdxId": "b", "name": "b", "software_packageUrl": "pkg:npm/b@2"},
    {"type": "LifecycleScopedRelationship", "spdxId": "d", "relationshipType": "dependsOn", "from": "a", "to": ["b"], "scope": "test"})")) ==
        "library:a 1 MIT OR ISC library unknown unknown \n"
        "pkg:npm/b 2  library excluded unknown \n");
  std::string members;
  for (int i = 0; i < 100; ++i) members += std::string(i == 0 ? "" : ",") + "\"s\"";
  CHECK(rows_of(graph(R"(, {"type": "expandedlicensing_ConjunctiveLicenseSet", "spdxId": "s", "expandedlicensing_member": [)" +
                      members + "]}")) == "library:a 1  library unknown unknown \n");
}

TEST_CASE("Syft: the image in both places where it has stood, the distribution of old packages") {
  const auto syft = [](const std::string& rest) {
    return R"({"descriptor": {"name": "syft"}, "distro": {"name": "debian", "version": "12"}, "artifacts": [
      {"id": "1", "name": "zlib1g", "version": "1.2.13", "type": "deb", "licenses": ["Zlib"], "purl": "pkg:deb/debian/zlib1g@1.2.13"}],)" +
           rest + "}";
  };
  for (const char* place : {"target", "metadata"}) {
    const test::Reading reading =
        read(syft(R"("schema": {"version": "9.0.0"}, "source": {"type": "image", ")" + std::string(place) +
                  R"(": {"userInput": "s/cart:1", "manifestDigest": "sha256:12", "tags": ["s/cart:1"]}})"),
             "a.json");
    CHECK(sbom_of(reading).images.size() == 1);
    CHECK(sbom_of(reading).digests.at(0).str() == "sha256:12");
    CHECK(sbom_of(reading).libraries.at(0).qualifiers.str() == "distro=debian-12");
    CHECK(reading.sink.all().empty());
  }
  CHECK(troubles_in(syft(R"("schema": {"version": "99.0.0"}, "source": {})"), "a.json") == "P1217 warning\n");
}

}  // namespace
}  // namespace postern::ingest
