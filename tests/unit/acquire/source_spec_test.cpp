// SPDX-License-Identifier: Apache-2.0
// What may be named as a source.
#include <acquire/source_spec.h>
#include <doctest/doctest.h>

#include "scratch.h"

using namespace postern;
using namespace postern::acquire;
using testing::contains;

TEST_CASE("sources are recognised by their prefix") {
  struct Row {
    const char* text;
    SourceKind kind;
    const char* path;
    const char* reference;
  };
  const Row rows[] = {
      {".", SourceKind::path, ".", ""},
      {"deploy/", SourceKind::path, "deploy/", ""},
      {"./odd:name.yaml", SourceKind::path, "./odd:name.yaml", ""},
      {"a/b:c", SourceKind::path, "a/b:c", ""},
      {"-", SourceKind::standard_input, "", ""},
      {"none", SourceKind::none, "", ""},
      {"snapshot:state.json", SourceKind::snapshot, "state.json", ""},
      {"git:HEAD", SourceKind::git, "", "HEAD"},
      {"git:origin/main:deploy//./k8s/", SourceKind::git, "deploy/k8s", "origin/main"},
      {"git:HEAD~2:a:b", SourceKind::git, "a:b", "HEAD~2"},
      {"git:refs/merge-requests/7/head", SourceKind::git, "", "refs/merge-requests/7/head"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const SourceSpec spec = parse_source(row.text);
    CHECK(spec.kind == row.kind);
    CHECK(spec.path == row.path);
    CHECK(spec.reference == row.reference);
    CHECK(spec.text == row.text);
  }
}

TEST_CASE("what is not a source is refused with what to write instead") {
  struct Row {
    std::string text;
    const char* says;
  };
  const Row rows[] = {
      {"", "a source is missing"},
      {"gti:main:deploy", "did you mean `git:main:deploy`"},
      {"Git:main", "did you mean `git:main`"},
      {"snapshots:x", "did you mean `snapshot:x`"},
      {"https://example.org/x.yaml", "`https:` is not a kind of source"},
      {"git:", "names no git reference"},
      {"git::path", "names no git reference"},
      {"git:HEAD:../x", "holds `..`"},
      {"git:HEAD:a/../../x", "holds `..`"},
      {"git:HEAD:/etc/passwd", "starts with a slash"},
      {"git:--upload-pack=x", "is not a git reference"},
      {"git:main@{yesterday}", "is not a git reference"},
      {"git:a..b", "is not a git reference"},
      {"git:a b", "is not a git reference"},
      {"git:*", "is not a git reference"},
      {"snapshot:", "names no file"},
      {"store:production", "git:REF[:PATH], snapshot:FILE, a folder, or none"},
      {std::string("a\0b", 3), "NUL"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const std::string said = testing::trouble_of<UsageError>([&] { (void)parse_source(row.text); });
    CHECK_MESSAGE(contains(said, row.says), said);
  }
}

TEST_CASE("codes are sorted, unique and explained") {
  std::string_view previous;
  for (const base::CodeRow& row : code_rows()) {
    CHECK(row.code > previous);
    CHECK(row.code.substr(0, 3) == "P11");
    CHECK(row.explanation.size() > row.title.size());
    previous = row.code;
  }
}
