// SPDX-License-Identifier: Apache-2.0
// What is refused, and in which words: cut, changed, newer and hostile snapshots.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "baseline/codes.h"
#include "baseline/seal.h"
#include "baseline/snapshot_codec.h"
#include "generator.h"

using namespace postern;
using namespace postern::baseline;
using namespace postern::model;

namespace {

std::vector<base::Diagnostic> troubles_of(const std::string& text) {
  base::DiagnosticSink sink;
  const auto snapshot = read_snapshot(text, Symbol("s.json"), sink);
  CHECK(snapshot.has_value() != sink.has_errors());
  return sink.all();
}

bool is_error(const std::string& text) {
  base::DiagnosticSink sink;
  return !read_snapshot(text, Symbol("s.json"), sink) && sink.has_errors();
}

bool has_code(const std::vector<base::Diagnostic>& troubles, std::string_view code) {
  return std::any_of(troubles.begin(), troubles.end(), [&](const base::Diagnostic& trouble) { return trouble.code == code; });
}

/// A well-sealed snapshot with these facts in its only file.
std::string with_facts(const std::string& facts) {
  return seal(
      "\"units\":[\n"
      R"({"application":"shop","source_root":"","target":"eu","kind":"manifests","completeness":"complete","inputs":[)"
      "\n"
      R"({"path":"a.yaml","digest":"0","facts":[)"
      "\n" +
      facts + "\n]}\n]}\n],\n\"admitted\":[]}\n");
}

std::string sample() {
  Generator generator(3);
  return write_snapshot(generator.snapshot({2, 2, 5}));
}

/// A fact or frame with one mistake, the code, where it is, and a part of the message or hint.
struct Mistake {
  const char* facts;
  const char* code;
  unsigned line;
  unsigned column;
  const char* words;
};

constexpr Mistake k_mistakes[] = {
    {R"({"fact":"entty","address":"a","kind":"service"})", k_wrong_value, 5, 9, "did you mean 'entity'?"},
    {R"({"fact":"hologram"})", k_wrong_value, 5, 9, "newer Postern"},
    {R"({"fact":7})", k_wrong_type, 5, 9, "expected a text"},
    {R"({"address":"a","kind":"service"})", k_missing_key, 5, 1, "'fact' is missing"},
    {R"("entity")", k_wrong_type, 5, 1, "expected a fact"},
    {R"({"fact":"entity","adress":"a","kind":"service"})", k_unknown_key, 5, 18, "did you mean 'address'?"},
    {R"({"fact":"entity","address":"a"})", k_missing_key, 5, 1, "'kind' is missing"},
    {R"({"fact":"entity","address":["a"],"kind":"service"})", k_wrong_type, 5, 28, "found a sequence"},
    {R"({"fact":"entity","address":"a","kind":"servce"})", k_wrong_value, 5, 39, "did you mean 'service'?"},
    {R"({"fact":"entity","address":"a","kind":"service","namespace_declared":"yes"})", k_wrong_type, 5, 70, "true or false"},
    {R"({"fact":"entity","address":"a","kind":"service","at":[1]})", k_wrong_type, 5, 54, "line, column"},
    {R"({"fact":"entity","address":"a","kind":"service","at":[1,-1]})", k_wrong_value, 5, 57, "from 0 to 4294967295"},
    {R"({"fact":"entity","address":"a","kind":"service","at":[1,1.5]})", k_wrong_type, 5, 57, "expected an integer"},
    {R"({"fact":"entity","address":"a","kind":"service","labels":[["a"]]})", k_wrong_type, 5, 59, "key and value"},
    {R"({"fact":"entity","address":"a","kind":"service","attributes":{}})", k_wrong_type, 5, 62, "expected a list"},
    {R"({"fact":"entity","address":"a","kind":"service","attributes":[{"name":"imag","value":"x"}]})", k_unknown_attribute, 5, 71,
     "did you mean 'image'?"},
    {R"({"fact":"entity","address":"a","kind":"service","attributes":[{"name":"quantum_state","value":1}]})", k_unknown_attribute,
     5, 71, "a newer Postern may have recorded it"},
    {R"({"fact":"entity","address":"a","kind":"service","attributes":[{"name":"via","value":[]}]})", k_unknown_attribute, 5, 71,
     "attribute of entities"},
    {R"({"fact":"reference","source":"a","kind":"mounts","target":"b","attributes":[{"name":"image","value":"x"}]})",
     k_unknown_attribute, 5, 85, "attribute of relations"},
    {R"({"fact":"entity","address":"a","kind":"service","attributes":[{"name":"image","value":7}]})", k_wrong_type, 5, 87,
     "a text for the attribute 'image'"},
    {R"({"fact":"entity","address":"a","kind":"service","attributes":[{"name":"replicas","value":1.5}]})", k_wrong_type, 5, 90,
     "value of an attribute"},
    {R"({"fact":"entity","address":"a","kind":"service","attributes":[{"name":"args","value":["x",1]}]})", k_wrong_type, 5, 91,
     "expected a text"},
    {R"({"fact":"entity","address":"a","kind":"service","attributes":[{"name":"args"}]})", k_missing_key, 5, 63, "'value'"},
    {R"({"fact":"mention","owner":"a","port":4294967296})", k_wrong_value, 5, 38, "from 0 to"},
    {R"({"fact":"unread"})", k_missing_key, 5, 1, "'kind'"},
    {R"({"fact":"selector","subject":"a","kind":"routes_to","selector":[{"key":"a","operator":"im"}]})", k_wrong_value, 5, 87,
     "did you mean 'in'?"},
};

}  // namespace

TEST_CASE("each mistake in a fact is an error with its place and what to do") {
  for (const Mistake& mistake : k_mistakes) {
    CAPTURE(mistake.facts);
    const auto troubles = troubles_of(with_facts(mistake.facts));
    REQUIRE_FALSE(troubles.empty());
    CHECK(troubles.size() <= 2);  // a misspelt key is also one that is missing
    const base::Diagnostic& trouble = troubles.front();
    CHECK(trouble.severity == base::Severity::error);
    CHECK(trouble.code == mistake.code);
    CHECK(to_string(trouble.location) == "s.json:" + std::to_string(mistake.line) + ":" + std::to_string(mistake.column));
    CHECK((trouble.message + " / " + trouble.hint).find(mistake.words) != std::string::npos);
  }
}

TEST_CASE("a snapshot that is cut anywhere is an error") {
  const std::string text = sample();
  for (std::size_t turn = 0; turn < 100; ++turn) CHECK(is_error(text.substr(0, turn * text.size() / 100)));
  for (std::size_t cut = 1; cut < 40; ++cut) CHECK(is_error(text.substr(0, text.size() - cut)));
  const auto troubles = troubles_of(text.substr(0, text.size() / 2));
  CHECK(has_code(troubles, k_corrupt));
}

TEST_CASE("a snapshot with one changed, lost, doubled or added byte is an error") {
  const std::string text = sample();
  REQUIRE_FALSE(is_error(text));
  const std::size_t header = header_size() + 20;
  for (std::size_t turn = 0; turn < header + 600; ++turn) {
    // every byte of the header, then places all over the rest
    const std::size_t at = turn < header ? turn : header + (turn - header) * (text.size() - header) / 600;
    CAPTURE(at);
    std::string flipped = text;
    flipped[at] = static_cast<char>(flipped[at] ^ 1 << turn % 7);
    REQUIRE(is_error(flipped));
    REQUIRE(is_error(std::string(text).erase(at, 1)));
    REQUIRE(is_error(std::string(text).insert(at, 1, text[at])));
  }
  CHECK(is_error(text + "\n"));
  CHECK(is_error(" " + text));
  CHECK(is_error("\xef\xbb\xbf" + text));
  CHECK(has_code(troubles_of(text + " "), k_corrupt));
}

TEST_CASE("converted line ends are told from other damage") {
  std::string converted;
  for (const char c : sample()) converted += c == '\n' ? std::string("\r\n") : std::string(1, c);
  const auto troubles = troubles_of(converted);
  REQUIRE(troubles.size() == 1);
  CHECK(troubles.front().code == k_corrupt);
  CHECK(troubles.front().hint.find(".gitattributes") != std::string::npos);
}

TEST_CASE("a merge conflict is shown where it is, and the baseline is corrupt") {
  std::string text = sample();
  text.insert(text.find("{\"fact\""), "<<<<<<< HEAD\n");
  const auto troubles = troubles_of(text);
  CHECK(has_code(troubles, k_corrupt));
  CHECK(std::any_of(troubles.begin(), troubles.end(), [](const auto& trouble) { return trouble.location.line == 5; }));
}

TEST_CASE("a newer schema version says which Postern to use, whatever else the file holds") {
  std::string text = sample();
  const std::string version = "\"schema_version\":1";
  text.replace(text.find(version), version.size(), "\"schema_version\":2");
  auto troubles = troubles_of(text);
  REQUIRE(troubles.size() == 1);
  CHECK(troubles.front().code == k_newer_version);
  CHECK(to_string(troubles.front().location).starts_with("s.json:1:"));
  CHECK(troubles.front().hint.find("newer one") != std::string::npos);
  CHECK(has_code(troubles_of(text.substr(0, 200)), k_newer_version));
}

TEST_CASE("what is no snapshot is called so") {
  for (const char* text : {"", "{}", "[]", "7", "apiVersion: v1\nkind: Service\n", R"({"format":"other","schema_version":1})",
                           R"({"format":"postern-snapshot"})", R"({"format":"postern-snapshot","schema_version":"1"})"}) {
    CAPTURE(text);
    CHECK(has_code(troubles_of(text), k_not_a_snapshot));
  }
}

TEST_CASE("units and files stand once and in order") {
  const auto frame = [](const std::string& first, const std::string& second) {
    const auto unit = [](const std::string& name) {
      return R"({"application":")" + name +
             R"(","source_root":"","target":"","kind":"manifests","completeness":"complete","inputs":[]})";
    };
    return seal("\"units\":[" + unit(first) + ",\n" + unit(second) + "],\"admitted\":[]}");
  };
  CHECK(troubles_of(frame("a", "b")).empty());
  CHECK(has_code(troubles_of(frame("a", "a")), k_repeated));
  CHECK(has_code(troubles_of(frame("b", "a")), k_wrong_order));
  CHECK(troubles_of(frame("b", "a")).front().location.line == 3);
  const auto files = [](const std::string& first, const std::string& second) {
    const auto file = [](const std::string& path) { return R"({"path":")" + path + R"(","digest":"0","facts":[]})"; };
    return seal(R"("units":[{"application":"a","source_root":"","target":"","kind":"sbom","completeness":"partial","inputs":[)" +
                file(first) + "," + file(second) + R"(]}],"admitted":[]})");
  };
  CHECK(troubles_of(files("a", "b")).empty());
  CHECK(has_code(troubles_of(files("a", "a")), k_repeated));
  CHECK(has_code(troubles_of(files("b", "a")), k_wrong_order));
}

TEST_CASE("mistakes in the frame are errors") {
  CHECK(has_code(troubles_of(seal(R"("units":[]})")), k_missing_key));
  CHECK(has_code(troubles_of(seal(R"("units":{},"admitted":[]})")), k_wrong_type));
  CHECK(has_code(troubles_of(seal(R"("units":[7],"admitted":[]})")), k_wrong_type));
  CHECK(has_code(troubles_of(seal(R"("units":[],"admited":[]})")), k_unknown_key));
  CHECK(has_code(troubles_of(seal(R"("units":[],"admitted":[{}]})")), k_missing_key));
  CHECK(is_error(seal(R"("units":[],"units":[],"admitted":[]})")));
  CHECK(is_error(seal(R"("units":[],"format":"postern-snapshot","admitted":[]})")));
}

TEST_CASE("hostile snapshots cost no more than they weigh") {
  const std::string deep(100'000, '[');
  CHECK(is_error(seal("\"units\":" + deep)));
  CHECK(is_error(with_facts(deep)));
  std::string many;
  for (int i = 0; i < 50'000; ++i) many += R"({"fact":"enttiy_of_a_long_name"},)" + std::string("\n");
  const auto troubles = troubles_of(with_facts(many + R"({"fact":"x"})"));
  CHECK(troubles.size() == 21);
  CHECK(troubles.back().code == k_too_many_errors);
  std::string keys;
  for (int i = 0; i < 50'000; ++i) keys += ",\"key" + std::to_string(i) + "\":1";
  CHECK(troubles_of(with_facts(R"({"fact":"entity")" + keys + "}")).size() == 21);
  const std::string name(1'000'000, 'x');
  const auto long_name = troubles_of(with_facts(R"({"fact":")" + name + "\"}"));
  REQUIRE(long_name.size() == 1);
  CHECK(long_name.front().message.size() < 200);
}

TEST_CASE("bytes that are no text are refused") {
  CHECK(is_error(std::string(1000, '\0')));
  CHECK(is_error("\xff\xfe{\0}\0"));
  CHECK(is_error(with_facts("{\"fact\":\"unread\",\"kind\":\"\xc3\x28\"}")));
  CHECK(is_error(with_facts(R"({"fact":"unread","kind":"\ud800"})")));
}

TEST_CASE("the codes are in ascending order, of this part, and explained") {
  std::string_view before = "P4100";
  for (const base::CodeRow& row : codes()) {
    CHECK(row.code > before);
    CHECK(row.code.substr(0, 3) == "P41");
    CHECK(row.explanation.size() > 40);
    before = row.code;
  }
  CHECK(codes().size() == 11);
}
