// SPDX-License-Identifier: Apache-2.0
// The reader of plain block YAML against libyaml: the same trees, locations and diagnostics, whatever the text.
#include "document/block_reader.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "unit/document/both_readers.h"
#include "unit/document/random_yaml.h"

namespace postern::document {
namespace {

namespace fs = std::filesystem;

/// How many bytes of a text the reader of plain block YAML takes itself before it meets a document that it leaves to libyaml.
std::size_t bytes_taken(const std::string& text, const Limits& limits = {}) {
  const auto source = std::make_shared<const Source>(text, base::Symbol("file"));
  base::DiagnosticSink sink;
  Reporter reporter(*source, limits.errors, sink);
  TreeBuilder builder(source, limits, reporter);
  Documents documents;
  return BlockReader(source->text(), text.size(), builder, reporter, documents).read(0);
}

struct Totals {
  std::size_t files = 0;
  std::size_t bytes = 0;
  std::size_t taken = 0;
};

void compare_file(const fs::path& path, Totals& totals) {
  std::ifstream stream(path, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  INFO(path.string());
  CHECK(difference_of_readers(text) == "");
  ++totals.files;
  totals.bytes += text.size();
  totals.taken += bytes_taken(text);
}

/// Compares all files of YAML below a folder, or all files when `any_name`.
Totals compare_folder(const fs::path& folder, bool any_name = false) {
  constexpr std::uintmax_t k_longest = 2U << 20U;
  Totals totals;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string extension = entry.path().extension().string();
    const bool is_wanted = any_name || extension == ".yaml" || extension == ".yml";
    if (is_wanted && entry.is_regular_file() && entry.file_size() <= k_longest) compare_file(entry.path(), totals);
  }
  return totals;
}

fs::path shared_folder() {
  const char* const set = std::getenv("POSTERN_SHARED");
  return set != nullptr ? set : POSTERN_SOURCE_DIR "/../shared";
}

std::string manifest(std::size_t number, const std::string& value) {
  return "---\nkind: Service\nmetadata:\n  name: s" + std::to_string(number) +
         "\nspec:\n  ports:\n  - name: http\n    port: 80\n  note: " + value + "\n";
}

}  // namespace

TEST_CASE("manifests in plain block YAML are read without libyaml") {
  const char* const texts[] = {
      "a: 1\nb:\n  c: x y\n  d:\n  - 1\n  - e: f\n    g: h\n  -\n    i: j\n",
      "# comment\n---\n- a\n- - b\n  - c\n-\n- 'd'\n---\n---\nx: {}\ny: [a, \"b\", {c: d}]  # why\n",
      "a: |\n  text\n   more\n\n  # none\n\nb: |-\n  x\nc: |+\n  y\n\n",
      "a: \"x\\ny\"\n\"b c\": http://host:80/p\nd: yes\ne: --flag=1\n",
      "key:\n  value\nlast:",
  };
  for (const std::string text : texts) {
    CHECK(bytes_taken(text) == text.size());
    CHECK(difference_of_readers(text) == "");
  }
}

TEST_CASE("what is an error, rare or ambiguous is left to libyaml, with the document that it is in") {
  const char* const texts[] = {
      "a: b\n  c\n",   "a: &x b\n",        "a: *x\n",      "a: !t b\n",         "? a\n",        "%YAML 1.2\n---\na\n",
      "a:\tb\n",       "a: b: c\n",        "a: b\nc\n",    "<<: {}\n",          "a: >\n  b\n",  "a: |2\n  b\n",
      "a: [b,\n c]\n", "a: 1\r\nb: 2\r\n", "a: 1\na: 2\n", "- a\nb: c\n",       "a: 1\n- b\n",  "a: 1\n b: 2\n",
      "a: \"x\ny\"\n", "a: \"\\u20ac\"\n", "a: [b: c]\n",  "a: |\n\n   \n b\n", "a: |\nb: 1\n", "--- a\n",
      "a: 'it''s'\n",  "a : b\n",          "a: {{ b }}\n", "a: `b`\n",
  };
  for (const std::string text : texts) {
    INFO(text);
    CHECK(bytes_taken(text) == 0);
    CHECK(bytes_taken("x: y\n---\n" + text) < 5 + 4 + text.size());
    CHECK(difference_of_readers(text) == "");
    CHECK(difference_of_readers("x: y\n---\n" + text + "---\nlast: yes\n") == "");
    CHECK(difference_of_readers("x: y\n" + text + "...\nlast: yes\n") == "");
  }
}

TEST_CASE("a byte-order mark changes nothing") {
  for (const std::string text : {"...\n", "---\na: 1\n", "a: 1\n...\nb: 2\n", "a: 1\nb: 2\n", "... x\n", "%YAML 1.2\n---\na\n"}) {
    INFO(text);
    CHECK(difference_of_readers("\xEF\xBB\xBF" + text) == "");
  }
}

TEST_CASE("limits hold over the documents of both readers") {
  const std::string text = manifest(1, "plain") + manifest(2, "&odd x") + manifest(3, "plain") + manifest(4, "dup\nspec: 1");
  Limits limits;
  for (limits.nodes = 1; limits.nodes < 80; ++limits.nodes) CHECK(difference_of_readers(text, limits) == "");
  limits = {};
  for (limits.depth = 1; limits.depth < 8; ++limits.depth) CHECK(difference_of_readers(text, limits) == "");
  limits = {};
  limits.duplicate_keys = DuplicateKeys::warn;
  CHECK(difference_of_readers(text, limits) == "");
}

TEST_CASE("odd documents in a large file do not keep the others from the fast reader, nor change what is reported") {
  std::string text;
  for (std::size_t i = 0; i < 4000; ++i) text += manifest(i, i % 7 == 0 ? "&odd yes" : i % 1000 == 999 ? "\"open" : "0777");
  CHECK(bytes_taken(text) == 0);
  CHECK(difference_of_readers(text) == "");
}

TEST_CASE("random YAML, right and spoiled, is read alike by both readers") {
  std::size_t bytes = 0;
  std::size_t taken = 0;
  for (std::uint32_t seed = 0; seed < 3000; ++seed) {
    INFO("seed " << seed);
    RandomYaml random(seed);
    const std::string text = random.text();
    bytes += text.size();
    taken += bytes_taken(text);
    REQUIRE(difference_of_readers(text) == "");
    for (int i = 0; i < 5; ++i) REQUIRE(difference_of_readers(random.spoiled(text)) == "");
  }
  CHECK(taken > bytes / 10);  // otherwise this would compare libyaml with itself
  CHECK(taken < bytes);
}

TEST_CASE("every YAML file of this repository is read alike by both readers") {
  std::size_t files = 0;
  for (const char* const folder : {"examples", "tests", "policies", "knowledge"}) {
    files += compare_folder(fs::path(POSTERN_SOURCE_DIR) / folder).files;
  }
  CHECK(files > 50);
}

TEST_CASE("published manifests and suites are read alike by both readers") {
  const fs::path shared = shared_folder();
  if (!fs::exists(shared)) {
    MESSAGE("skipped: shared data not found");
    return;
  }
  const Totals corpora = compare_folder(shared / "corpora");
  const Totals pairs = compare_folder(shared / "pairs");
  CHECK(compare_folder(shared / "suites" / "yaml-test-suite", true).files > 300);
  MESSAGE("taken of the corpora: " << corpora.taken << " of " << corpora.bytes << " bytes");
  CHECK(corpora.taken + pairs.taken > (corpora.bytes + pairs.bytes) / 8);
}

}  // namespace postern::document
