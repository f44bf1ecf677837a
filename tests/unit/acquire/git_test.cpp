// SPDX-License-Identifier: Apache-2.0
// git:REF[:PATH] on real repositories: references, trees, and everything hostile that a tree or a clone may hold.
#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "scratch.h"

using namespace postern;
using namespace postern::acquire;
using testing::codes_of;
using testing::contains;
using testing::load;
using testing::options_in;
using testing::Paths;
using testing::paths_of;
using testing::Scratch;
using testing::trouble_of;

namespace {

GitRepository open(const Scratch& scratch, std::string_view folder = "") {
  return GitRepository::open(folder.empty() ? scratch.root() : scratch.at(folder), ForeignOwner::refused);
}

std::string trouble_with(const Scratch& scratch, std::string_view source, std::string_view folder = "") {
  return trouble_of([&] {
    base::DiagnosticSink sink;
    (void)load(options_in(scratch, folder), source, sink);
  });
}

/// A history of three commits: v1 (annotated tag), the middle, and HEAD on main.
struct History {
  Scratch scratch;
  std::string first, second, third;

  History() {
    scratch.git("init -q");
    scratch.write("deploy/a.yaml", "a: 1\n");
    scratch.write("deploy/k8s/b.yaml", "b: 1\n");
    scratch.write("logo.png", "png");
    first = scratch.commit("first");
    scratch.git("tag -a v1 -m release");
    scratch.write("deploy/a.yaml", "a: 2\n");
    second = scratch.commit("second");
    scratch.git("branch release/1.x");
    scratch.write("c.json", "{}");
    third = scratch.commit("third");
  }
};

}  // namespace

TEST_CASE("every accepted form of a reference names the commit that git names") {
  const History history;
  const Scratch& scratch = history.scratch;
  scratch.git("update-ref refs/remotes/origin/main " + history.second);
  scratch.git("symbolic-ref refs/remotes/origin/HEAD refs/remotes/origin/main");
  scratch.git("update-ref refs/merge-requests/7/head " + history.first);
  const GitRepository repository = open(scratch);
  const std::string names[] = {"HEAD",
                               "main",
                               "v1",
                               "release/1.x",
                               "origin/main",
                               "origin",
                               "refs/heads/main",
                               "refs/tags/v1",
                               "refs/merge-requests/7/head",
                               "HEAD~1",
                               "HEAD^",
                               "HEAD~2",
                               "HEAD^^",
                               "main^1~1",
                               "HEAD~0",
                               "HEAD^0",
                               "v1~0",
                               history.first,
                               history.second.substr(0, 7),
                               history.third.substr(0, 12),
                               history.third + "~1"};
  for (const std::string& name : names) {
    CAPTURE(name);
    CHECK(repository.resolve(name) == scratch.git("rev-parse '" + name + "^{commit}'"));
  }
  scratch.git("tag tag-of-tag v1");
  CHECK(repository.resolve("tag-of-tag") == history.first);
}

TEST_CASE("what names no commit is refused with what to do") {
  const History history;
  const Scratch& scratch = history.scratch;
  scratch.git("tag a-blob HEAD:c.json");
  const GitRepository repository = open(scratch);
  const auto trouble = [&](const std::string& name) { return trouble_of([&] { (void)repository.resolve(name); }); };
  CHECK(contains(trouble("mian"), "did you mean `main`"));
  CHECK(contains(trouble("v2"), "did you mean `v1`"));
  CHECK(contains(trouble("origin/main"), "git fetch origin"));
  CHECK(contains(trouble("HEAD~3"), "has no parent"));
  CHECK(contains(trouble("HEAD^2"), "has no parent 2"));
  CHECK(contains(trouble("HEAD~99999999999"), "only ~N and ^N"));
  CHECK(contains(trouble("HEAD^{tree}"), "only ~N and ^N"));
  CHECK(contains(trouble("HEAD~1x"), "only ~N and ^N"));
  CHECK(contains(trouble(std::string(40, '1')), "is no branch, tag or commit"));
  CHECK(contains(trouble("1111111"), "is no branch, tag or commit"));
  CHECK(contains(trouble(history.first.substr(0, 6)), "is no branch, tag or commit"));
  CHECK(contains(trouble("a-blob"), "names no commit"));
  CHECK(contains(trouble(":/first"), "is no branch"));
  CHECK(contains(trouble("main:deploy"), "is no branch"));
  CHECK(contains(trouble(""), "is no branch"));
  CHECK_FALSE(trouble(std::string("main\0x", 6)).empty());
  CHECK(contains(trouble_with(scratch, "git:nothing"), "is no branch"));
}

TEST_CASE("a tag cannot take the place of a branch") {
  const History history;
  const Scratch& scratch = history.scratch;
  scratch.git("update-ref refs/remotes/origin/main " + history.second);
  scratch.git("tag origin/main HEAD");
  const GitRepository repository = open(scratch);
  const std::string said = trouble_of([&] { (void)repository.resolve("origin/main"); });
  CHECK(contains(said, "refs/tags/origin/main and refs/remotes/origin/main"));
  CHECK(repository.resolve("refs/remotes/origin/main") == history.second);
  // A branch that is called like the start of an id, or like a whole id.
  scratch.git("branch " + history.first.substr(0, 7) + " HEAD");
  CHECK(contains(trouble_of([&] { (void)repository.resolve(history.first.substr(0, 7)); }), "is ambiguous"));
  scratch.git("update-ref refs/heads/" + history.first + " HEAD");
  CHECK(repository.resolve(history.first) == history.first);
}

TEST_CASE("a commit's files are read with their committed bytes") {
  const History history;
  base::DiagnosticSink sink;
  const SourceTree tree = load(options_in(history.scratch), "git:HEAD~1", sink);
  CHECK(paths_of(tree) == Paths{"deploy/a.yaml", "deploy/k8s/b.yaml"});
  CHECK(*tree.files[0].bytes == "a: 2\n");
  CHECK(tree.files[0].blob == history.scratch.git("rev-parse HEAD~1:deploy/a.yaml"));
  CHECK(tree.commit == history.second);
  CHECK(tree.skipped == SkipCounts{.not_wanted = 1});
  CHECK(tree.root.empty());
  CHECK(tree.description == "git:HEAD~1");
  CHECK(sink.all().empty());
  const SourceTree below = load(options_in(history.scratch, "deploy"), "git:v1:deploy/", sink);
  CHECK(paths_of(below) == Paths{"a.yaml", "k8s/b.yaml"});
  CHECK(*below.files[0].bytes == "a: 1\n");
  CHECK(below.root == "deploy");
  const SourceTree file = load(options_in(history.scratch), "git:HEAD:deploy/k8s/b.yaml", sink);
  CHECK(paths_of(file) == Paths{"b.yaml"});
  CHECK(file.root == "deploy/k8s");
  CHECK(paths_of(load(options_in(history.scratch), "git:HEAD:logo.png", sink)) == Paths{"logo.png"});
}

TEST_CASE("paths that lead nowhere are refused") {
  const History history;
  CHECK(contains(trouble_with(history.scratch, "git:HEAD:deplyo"), "did you mean `deploy`"));
  CHECK(contains(trouble_with(history.scratch, "git:HEAD:deploy/x/y"), "holds nothing at `deploy/x/y`"));
  CHECK(contains(trouble_with(history.scratch, "git:HEAD:c.json/x"), "below a file"));
  CHECK(contains(trouble_of<UsageError>([&] {
                   base::DiagnosticSink sink;
                   (void)open(history.scratch).load("HEAD", "deploy/../../x", {}, sink);
                 }),
                 "holds `..`"));
}

TEST_CASE("two commits and the folder compare by content; equal blobs are read once") {
  const History history;
  base::DiagnosticSink sink;
  Acquirer acquirer(options_in(history.scratch));
  const SourceTree before = acquirer.load(parse_source("git:v1"), sink);
  CHECK(acquirer.repository().blobs_read() == 2);
  const SourceTree after = acquirer.load(parse_source("git:HEAD"), sink);
  CHECK(acquirer.repository().blobs_read() == 4);
  CHECK(before.files[1].bytes.get() == after.files[2].bytes.get());
  CHECK(changed_files(before, after) ==
        std::vector<ChangedFile>{{"c.json", FileChange::added}, {"deploy/a.yaml", FileChange::modified}});
  CHECK(changed_files(after, before) ==
        std::vector<ChangedFile>{{"c.json", FileChange::removed}, {"deploy/a.yaml", FileChange::modified}});
  const SourceTree folder = acquirer.load(parse_source("."), sink);
  CHECK(changed_files(after, folder).empty());
  CHECK(folder.in_repository);
  CHECK(sink.all().empty());
}

TEST_CASE("attributes, filters and line endings never change what is read") {
  const Scratch scratch;
  scratch.git("init -q");
  scratch.write("a.yaml", "a: 1\n");
  scratch.write("b.yaml", "b: 1\r\n");
  scratch.commit();
  scratch.write(".gitattributes", "* text eol=crlf working-tree-encoding=UTF-16 filter=evil\n");
  scratch.git("config filter.evil.smudge 'touch " + scratch.at("executed") + "'");
  scratch.git("config filter.evil.process 'touch " + scratch.at("executed") + "'");
  scratch.git("config core.fsmonitor 'touch " + scratch.at("executed") + "'");
  scratch.git("config core.autocrlf true");
  base::DiagnosticSink sink;
  const SourceTree tree = load(options_in(scratch), "git:HEAD", sink);
  CHECK(*tree.files[0].bytes == "a: 1\n");
  CHECK(*tree.files[1].bytes == "b: 1\r\n");
  scratch.write(".gitignore", "a.yaml\n");
  (void)load(options_in(scratch), ".", sink);
  CHECK_FALSE(std::filesystem::exists(scratch.at("executed")));
}

TEST_CASE("links, submodules and LFS pointers of a commit are data") {
  const Scratch scratch;
  scratch.git("init -q");
  scratch.write("real.yaml", "x");
  scratch.link("alias.yaml", "real.yaml");
  scratch.link("out.yaml", "/etc/passwd");
  scratch.link("folder", "..");
  scratch.write("deep/a.yaml", "x");
  scratch.link("part/away", "../deep");
  scratch.write("part/b.yaml", "x");
  scratch.write("large.yaml", "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n");
  scratch.git("add -A");
  scratch.git("update-index --add --cacheinfo 160000," + std::string(40, '1') + ",module");
  scratch.git("commit -q -m links");
  base::DiagnosticSink sink;
  const SourceTree tree = load(options_in(scratch), "git:HEAD", sink);
  CHECK(paths_of(tree) == Paths{"deep/a.yaml", "part/b.yaml", "real.yaml"});
  CHECK(tree.skipped.symbolic_links == 4);
  CHECK(tree.skipped.submodules == 1);
  CHECK(codes_of(sink) == Paths{"P1113", "P1107", "P1105", "P1106", "P1105"});
  base::DiagnosticSink part;
  (void)load(options_in(scratch), "git:HEAD:part", part);
  CHECK(codes_of(part) == Paths{"P1106"});
  CHECK(contains(trouble_with(scratch, "git:HEAD:folder"), "symbolic link"));
  CHECK(contains(trouble_with(scratch, "git:HEAD:folder/etc"), "symbolic link"));
  CHECK(contains(trouble_with(scratch, "git:HEAD:module"), "submodule"));
}

TEST_CASE("names that no folder can hold are refused") {
  const Scratch scratch;
  scratch.git("init -q");
  const std::string blob = scratch.git("hash-object -w --stdin", "", "x");
  std::string raw_id;
  for (std::size_t i = 0; i < blob.size(); i += 2) raw_id += static_cast<char>(std::stoi(blob.substr(i, 2), nullptr, 16));
  std::string tree_bytes;
  for (const char* name : {"..", ".GIT", "a.yaml", "bad\xFF.yaml", "up/../x.yaml"})
    tree_bytes += std::string("100644 ") + name + '\0' + raw_id;
  const std::string tree_id = scratch.git("hash-object -w --literally -t tree --stdin", "", tree_bytes);
  const std::string commit = scratch.git("commit-tree -m hostile " + tree_id);
  scratch.git("update-ref refs/heads/main " + commit);
  base::DiagnosticSink sink;
  const SourceTree tree = load(options_in(scratch), "git:main", sink);
  CHECK(paths_of(tree) == Paths{"a.yaml"});
  CHECK(codes_of(sink) == Paths{"P1116", "P1116", "P1116", "P1116"});
}

TEST_CASE("a tree bomb ends at the limit of entries") {
  const Scratch scratch;
  scratch.git("init -q");
  const std::string blob = scratch.git("hash-object -w --stdin", "", "x");
  std::string lines = "100644 blob " + blob + "\tf.yaml\n";
  std::string id = scratch.git("mktree", "", lines);
  for (int level = 0; level < 12; ++level) {
    lines.clear();
    for (int i = 0; i < 10; ++i) lines += "040000 tree " + id + "\td" + std::to_string(i) + "\n";
    id = scratch.git("mktree", "", lines);
  }
  scratch.git("update-ref refs/heads/main " + scratch.git("commit-tree -m bomb " + id));
  Options options = options_in(scratch);
  options.limits.entries = 50'000;
  base::DiagnosticSink sink;
  CHECK(load(options, "git:main", sink).files.empty());
  CHECK(codes_of(sink) == Paths{"P1102"});
  options.limits.depth = 5;
  options.limits.entries = 2'000'000;
  base::DiagnosticSink deep;
  CHECK(load(options, "git:main:d0/d0/d0/d0", deep).files.empty());
  CHECK(codes_of(deep) == Paths(100, "P1109"));
}

TEST_CASE("limits hold for committed files, too") {
  const History history;
  Options options = options_in(history.scratch);
  base::DiagnosticSink sink;
  SUBCASE("one file") {
    options.limits.file_bytes = 4;
    CHECK(paths_of(load(options, "git:HEAD", sink)) == Paths{"c.json"});
    CHECK(codes_of(sink) == Paths{"P1101", "P1101"});
  }
  SUBCASE("all bytes") {
    options.limits.total_bytes = 11;
    CHECK(load(options, "git:HEAD", sink).files.empty());
    CHECK(codes_of(sink) == Paths{"P1103"});
  }
  SUBCASE("files") {
    options.limits.files = 2;
    CHECK(load(options, "git:HEAD", sink).files.empty());
    CHECK(codes_of(sink) == Paths{"P1102"});
  }
}

TEST_CASE("a missing or damaged blob is an error") {
  const History history;
  const std::string blob = history.scratch.git("rev-parse HEAD:c.json");
  const std::string file = history.scratch.at(".git/objects/" + blob.substr(0, 2) + "/" + blob.substr(2));
  std::filesystem::permissions(file, std::filesystem::perms::owner_all);
  base::DiagnosticSink sink;
  SUBCASE("missing") { std::filesystem::remove(file); }
  SUBCASE("damaged") { std::ofstream(file, std::ios::binary) << "not zlib"; }
  CHECK(paths_of(load(options_in(history.scratch), "git:HEAD", sink)) == Paths{"deploy/a.yaml", "deploy/k8s/b.yaml"});
  CHECK(codes_of(sink) == Paths{"P1115"});
}

TEST_CASE("a shallow clone says what to fetch") {
  const History history;
  const Scratch scratch;
  scratch.git("clone -q --depth 1 file://" + history.scratch.root() + " clone");
  REQUIRE(scratch.status() == 0);
  const GitRepository repository = open(scratch, "clone");
  CHECK(repository.is_shallow());
  CHECK(repository.head_commit() == history.third);
  CHECK(repository.resolve("origin/main") == history.third);
  for (const std::string& name : {std::string("HEAD~1"), history.first, std::string("v1"), std::string("origin/release/1.x")}) {
    CHECK(contains(trouble_with(scratch, "git:" + name, "clone"), "shallow clone"));
  }
  base::DiagnosticSink sink;
  CHECK(load(options_in(scratch, "clone"), "git:HEAD", sink).files.size() == 3);
  scratch.git("fetch -q origin release/1.x", "clone");
  CHECK(open(scratch, "clone").resolve("FETCH_HEAD") == history.second);
  CHECK_FALSE(open(history.scratch).is_shallow());
}

TEST_CASE("bare repositories, linked work trees, packed objects and partial clones are read") {
  const History history;
  const Scratch scratch;
  base::DiagnosticSink sink;
  scratch.git("clone -q --bare " + history.scratch.root() + " shop.git");
  CHECK(load(options_in(scratch, "shop.git"), "git:v1:deploy", sink).files.size() == 2);
  history.scratch.git("worktree add -q " + scratch.at("linked") + " v1");
  CHECK(paths_of(load(options_in(scratch, "linked/deploy"), "git:HEAD", sink)) == Paths{"deploy/a.yaml", "deploy/k8s/b.yaml"});
  scratch.write("linked/.gitignore", "*\n");
  CHECK(load(options_in(scratch, "linked"), "deploy", sink).files.size() == 2);
  history.scratch.git("gc -q --prune=now");
  history.scratch.git("pack-refs --all");
  CHECK(load(options_in(history.scratch), "git:v1", sink).files.size() == 2);
  history.scratch.git("config uploadpack.allowFilter true");
  scratch.git("clone -q --filter=blob:none --no-checkout file://" + history.scratch.root() + " partial");
  base::DiagnosticSink missing;
  CHECK(load(options_in(scratch, "partial"), "git:HEAD", missing).files.empty());
  CHECK(codes_of(missing) == Paths{"P1115", "P1115", "P1115"});
}

TEST_CASE("a folder that looks like a bare repository cannot take the place of the work tree around it") {
  const History history;
  history.scratch.git("clone -q --bare " + history.scratch.root() + " decoy");
  history.scratch.git("update-ref refs/heads/main " + history.first, "decoy");
  CHECK(GitRepository::open(history.scratch.at("decoy"), ForeignOwner::refused).resolve("main") == history.third);
}

TEST_CASE("another user's repository is refused unless that is allowed") {
  if (::geteuid() != 0) {
    MESSAGE("skipped: only root can give a file away");
    return;
  }
  const History history;
  const std::string root = history.scratch.root();
  SUBCASE("the git folder") { REQUIRE(::chown((root + "/.git").c_str(), 12345, 12345) == 0); }
  SUBCASE("the work tree") { REQUIRE(::chown(root.c_str(), 12345, 12345) == 0); }
  const std::string said = trouble_with(history.scratch, "git:HEAD");
  CHECK(contains(said, "belongs to another user"));
  CHECK(contains(said, "--allow-foreign-owner"));
  Options options = options_in(history.scratch);
  options.foreign_owner = ForeignOwner::allowed;
  base::DiagnosticSink sink;
  CHECK(load(options, "git:HEAD", sink).files.size() == 3);
}

TEST_CASE("formats that cannot be read are named") {
  const Scratch scratch;
  scratch.git("init -q --object-format=sha256");
  scratch.write("a.yaml", "x");
  scratch.commit();
  CHECK(contains(trouble_with(scratch, "git:HEAD"), "uses the object format sha256"));
  base::DiagnosticSink sink;
  CHECK(paths_of(load(options_in(scratch), ".", sink)) == Paths{"a.yaml"});
  const Scratch tables;
  tables.git("init -q");
  tables.git("config core.repositoryFormatVersion 1");
  tables.git("config extensions.refStorage reftable");
  CHECK(contains(trouble_with(tables, "git:HEAD"), "keeps its references as reftable"));
}

TEST_CASE("without a repository, and without a commit, it says so") {
  const Scratch scratch;
  CHECK(contains(trouble_with(scratch, "git:HEAD"), "there is no git repository around"));
  scratch.git("init -q");
  CHECK(contains(trouble_with(scratch, "git:HEAD"), "has no commit here"));
  CHECK_FALSE(open(scratch).head_commit().has_value());
  CHECK(find_repository_root(scratch.at("some/file.yaml")) == scratch.root());
}

TEST_CASE("merge base and name") {
  const History history;
  const Scratch& scratch = history.scratch;
  scratch.git("checkout -q -b feature HEAD~1");
  scratch.write("feature.yaml", "x");
  scratch.commit("feature");
  const GitRepository repository = open(scratch);
  CHECK(repository.merge_base("main", "HEAD") == history.second);
  scratch.git("checkout -q --orphan alone");
  scratch.commit("alone");
  CHECK_FALSE(open(scratch).merge_base("main", "HEAD").has_value());
  CHECK(repository.name() == std::filesystem::path(scratch.root()).filename().string());
  struct Row {
    const char* url;
    const char* name;
  };
  const Row rows[] = {{"https://user:token@git.example.org/group/shop.git", "shop"},
                      {"https://git.example.org/group/shop/", "shop"},
                      {"git@git.example.org:shop.git", "shop"},
                      {"git@git.example.org:group/shop", "shop"},
                      {"ssh://git@git.example.org:2222/group/shop.git", "shop"},
                      {"/srv/git/shop.git/", "shop"},
                      {"../shop", "shop"}};
  scratch.git("remote add origin x");
  for (const Row& row : rows) {
    CAPTURE(row.url);
    scratch.git(std::string("config remote.origin.url '") + row.url + "'");
    CHECK(open(scratch).name() == row.name);
  }
  scratch.git("config remote.origin.url https://user:token@git.example.org");
  CHECK_FALSE(contains(open(scratch).name(), "token"));
}
