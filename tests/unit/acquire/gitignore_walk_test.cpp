// SPDX-License-Identifier: Apache-2.0
// .gitignore files in a walk: nesting, parents, nested repositories, and that a tracked file cannot be hidden.
#include <doctest/doctest.h>

#include "scratch.h"

using namespace postern;
using namespace postern::acquire;
using testing::codes_of;
using testing::load;
using testing::options_in;
using testing::Paths;
using testing::paths_of;
using testing::Scratch;

TEST_CASE("the walk leaves out what git would not add") {
  const Scratch scratch;
  scratch.git("init -q");
  scratch.write(".gitignore", "node_modules/\n*.tmp.yaml\n/top.yaml\n**/out/*\n!**/out/keep.yaml\n");
  scratch.write("deploy/.gitignore", "!wanted.tmp.yaml\nlocal.yaml\n/sub/*.yml\n");
  scratch.write("deploy/sub/.gitignore", "!back.yml\n# comment\n");
  for (const char* path :
       {"a.yaml", "top.yaml", "deploy/top.yaml", "node_modules/x.yaml", "deploy/node_modules/y/z.yaml", "b.tmp.yaml",
        "deploy/wanted.tmp.yaml", "deploy/other.tmp.yaml", "deploy/local.yaml", "local.yaml", "deploy/sub/a.yml",
        "deploy/sub/back.yml", "deploy/sub/local.yaml", "deploy/out/x.yaml", "deploy/out/keep.yaml", "sub/a.yml"}) {
    scratch.write(path, path);
  }
  base::DiagnosticSink sink;
  const SourceTree tree = load(options_in(scratch), ".", sink);
  const std::string listed = scratch.git("ls-files --others --exclude-standard -- '*.yaml' '*.yml'");
  Paths expected;
  for (std::size_t start = 0; start < listed.size();) {
    const std::size_t end = std::min(listed.find('\n', start), listed.size());
    expected.push_back(listed.substr(start, end - start));
    start = end + 1;
  }
  CHECK(expected.size() == 7);
  CHECK(paths_of(tree) == expected);
  CHECK(codes_of(sink) == Paths{"P1112"});

  SUBCASE("patterns of parent folders hold for a source below") {
    const SourceTree below = load(options_in(scratch), "deploy/sub", sink);
    CHECK(paths_of(below) == Paths{"back.yml"});
    CHECK(below.root == "deploy/sub");
  }
  SUBCASE("disregarded when asked") {
    Options options = options_in(scratch);
    options.ignore_files = IgnoreFiles::disregarded;
    CHECK(load(options, ".", sink).files.size() == 16);
  }
}

TEST_CASE("a .gitignore cannot hide a tracked file") {
  const Scratch scratch;
  scratch.git("init -q");
  scratch.write("deploy/app.yaml", "x");
  scratch.write("deploy/nested/more.yaml", "x");
  scratch.write(".hg/hidden.yaml", "x");
  scratch.commit();
  scratch.write(".gitignore", "*\n");
  scratch.write("deploy/untracked.yaml", "x");
  scratch.write(".svn/untracked.yaml", "x");
  base::DiagnosticSink sink;
  const SourceTree tree = load(options_in(scratch), ".", sink);
  CHECK(paths_of(tree) == Paths{".hg/hidden.yaml", "deploy/app.yaml", "deploy/nested/more.yaml"});
  CHECK(tree.skipped.ignored_files == 1);
  CHECK(tree.skipped.ignored_folders == 1);
  CHECK(paths_of(load(options_in(scratch), "deploy", sink)) == Paths{"app.yaml", "nested/more.yaml"});
}

TEST_CASE("outside of a repository a .gitignore hides nothing") {
  const Scratch scratch;
  scratch.write(".gitignore", "*.yaml\n");
  scratch.write("a.yaml", "x");
  scratch.write("deploy/.gitignore", "*\n");
  scratch.write("deploy/b.yaml", "x");
  base::DiagnosticSink sink;
  const SourceTree tree = load(options_in(scratch), ".", sink);
  CHECK(paths_of(tree) == Paths{"a.yaml", "deploy/b.yaml"});
  CHECK(codes_of(sink).empty());
}

TEST_CASE("an unreadable index means that nothing is ignored") {
  const Scratch scratch;
  scratch.git("init -q");
  scratch.write("a.yaml", "x");
  scratch.commit();
  scratch.write(".gitignore", "*\n");
  scratch.write("b.yaml", "x");
  scratch.write(".git/index", "DIRC broken");
  base::DiagnosticSink sink;
  CHECK(paths_of(load(options_in(scratch), ".", sink)) == Paths{"a.yaml", "b.yaml"});
  CHECK(codes_of(sink) == Paths{"P1114"});
}

TEST_CASE("a nested repository has its own rules and its own index") {
  const Scratch scratch;
  scratch.git("init -q");
  scratch.write(".gitignore", "*.yaml\n");
  scratch.write("inner/a.yaml", "x");
  scratch.write("inner/b.json", "x");
  scratch.write("inner/c.yaml", "x");
  scratch.git("init -q", "inner");
  scratch.commit("inner", "inner");
  scratch.write("inner/.gitignore", "b.json\nc.yaml\nd.yaml\n");
  scratch.write("inner/d.yaml", "x");
  base::DiagnosticSink sink;
  CHECK(paths_of(load(options_in(scratch), ".", sink)) == Paths{"inner/a.yaml", "inner/b.json", "inner/c.yaml"});
}

TEST_CASE("a .gitignore that is a link or too large is not applied") {
  const Scratch scratch;
  scratch.git("init -q");
  scratch.write("rules", "*\n");
  scratch.write("a/x.yaml", "x");
  scratch.link("a/.gitignore", "../rules");
  scratch.write("b/x.yaml", "x");
  scratch.write("b/.gitignore", std::string(1'100'000, '*') + "\n*\n");
  base::DiagnosticSink sink;
  CHECK(paths_of(load(options_in(scratch), ".", sink)) == Paths{"a/x.yaml", "b/x.yaml"});
  CHECK(codes_of(sink) == Paths{"P1111", "P1111"});
}
