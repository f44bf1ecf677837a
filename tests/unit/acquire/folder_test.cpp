// SPDX-License-Identifier: Apache-2.0
// Folders, named files and streams as sources; hostile entries.
#include <acquire/file_reading.h>
#include <acquire/folder.h>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <postern/base/digest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <thread>

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

TEST_CASE("a folder yields its wanted files, sorted by path, with digests") {
  const Scratch scratch;
  scratch.write("b.yaml", "b: 1\n");
  scratch.write("a/z.yml", "z");
  scratch.write("a-b.json", "{}");
  scratch.write("a/picture.png", "png");
  scratch.write("empty.yaml", "");
  base::DiagnosticSink sink;
  const SourceTree tree = load(options_in(scratch), ".", sink);
  CHECK(paths_of(tree) == Paths{"a-b.json", "a/z.yml", "b.yaml", "empty.yaml"});
  CHECK(*tree.files[2].bytes == "b: 1\n");
  CHECK(tree.files[2].digest == base::sha256_hex("b: 1\n"));
  CHECK(tree.files[3].bytes->empty());
  CHECK(tree.skipped == SkipCounts{.not_wanted = 1});
  CHECK(tree.description == ".");
  CHECK_FALSE(tree.in_repository);
  CHECK(sink.all().empty());
}

TEST_CASE("an empty folder yields no files") {
  const Scratch scratch;
  base::DiagnosticSink sink;
  CHECK(load(options_in(scratch), ".", sink).files.empty());
  CHECK(sink.all().empty());
}

TEST_CASE("one thread or four give the same tree, also for large files") {
  const Scratch scratch;
  for (int i = 0; i < 400; ++i)
    scratch.write("d" + std::to_string(i % 7) + "/f" + std::to_string(i) + ".yaml",
                  std::string(static_cast<std::size_t>(i) * 40, 'x'));
  scratch.write("large.yaml", std::string(3'000'000, 'y'));
  for (const std::size_t size : {65535U, 65536U, 65537U})
    scratch.write("edge" + std::to_string(size) + ".yaml", std::string(size, 'z'));
  Options options = options_in(scratch);
  base::DiagnosticSink sink;
  options.threads = 1;
  const SourceTree one = load(options, ".", sink);
  options.threads = 4;
  const SourceTree four = load(options, ".", sink);
  CHECK(one.files.size() == 404);
  CHECK(paths_of(one) == paths_of(four));
  CHECK(changed_files(one, four).empty());
  for (const InputFile& file : four.files) CHECK(file.digest == base::sha256_hex(*file.bytes));
  CHECK(four.files.back().bytes->size() == 3'000'000);
  CHECK(sink.all().empty());
}

TEST_CASE("symbolic links are never followed") {
  const Scratch scratch;
  scratch.write("in/real.yaml", "x");
  scratch.write("outside/secret.yaml", "secret");
  scratch.link("in/alias.yaml", "real.yaml");
  scratch.link("in/out.yaml", "../outside/secret.yaml");
  scratch.link("in/absolute.yaml", scratch.at("outside/secret.yaml"));
  scratch.link("in/dangling.yaml", "nothing.yaml");
  scratch.link("in/folder", "../outside");
  scratch.link("in/loop", ".");
  base::DiagnosticSink sink;
  const SourceTree tree = load(options_in(scratch), "in", sink);
  CHECK(paths_of(tree) == Paths{"real.yaml"});
  CHECK(tree.skipped.symbolic_links == 6);
  CHECK(codes_of(sink) == Paths{"P1106", "P1105", "P1106", "P1106", "P1105", "P1106"});
}

TEST_CASE("a link to a folder is said unless nothing to read lies there or it is ignored") {
  const Scratch scratch;
  scratch.write("in/own/real.yaml", "x");
  scratch.write("in/empty/readme.txt", "x");
  scratch.write("outside/secret.yaml", "secret");
  scratch.link("in/away", "../outside");
  scratch.link("in/beside", "own");
  scratch.link("in/nothing", "empty");
  Options options = options_in(scratch);
  options.wanted = [](std::string_view path) { return path.ends_with(".yaml"); };
  base::DiagnosticSink sink;
  CHECK(paths_of(load(options, "in", sink)) == Paths{"own/real.yaml"});
  CHECK(codes_of(sink) == Paths{"P1106", "P1105"});
  CHECK(sink.all().front().location.file.str() == "away");
  scratch.git("init -q", "in");
  scratch.write("in/.gitignore", "away\nbeside\n");
  base::DiagnosticSink ignored;
  (void)load(options, "in", ignored);
  CHECK_FALSE(ignored.has_errors());
}

TEST_CASE("a named link is followed, but not out of its git work tree") {
  const Scratch scratch;
  scratch.write("plain/releases/12/a.yaml", "x");
  scratch.link("plain/current", "releases/12");
  scratch.write("repository/deploy/a.yaml", "x");
  scratch.git("init -q", "repository");
  scratch.link("repository/inside", "deploy");
  scratch.link("repository/outside", "../plain");
  scratch.link("repository/outside.yaml", "../plain/releases/12/a.yaml");
  base::DiagnosticSink sink;
  CHECK(paths_of(load(options_in(scratch), "plain/current", sink)) == Paths{"a.yaml"});
  CHECK(load(options_in(scratch, "repository"), "inside", sink).root == "deploy");
  for (const char* source : {"outside", "outside/", "outside.yaml"}) {
    CHECK(contains(trouble_of([&] { (void)load(options_in(scratch, "repository"), source, sink); }),
                   "leads out of the git work tree"));
  }
}

TEST_CASE("FIFOs, sockets and devices are never opened") {
  const Scratch scratch;
  scratch.write("a.yaml", "x");
  REQUIRE(::mkfifo(scratch.at("pipe.yaml").c_str(), 0600) == 0);
  REQUIRE(::mkfifo(scratch.at("pipe").c_str(), 0600) == 0);
  const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string path = scratch.at("socket.yaml");
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  REQUIRE(::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  base::DiagnosticSink sink;
  const SourceTree tree = load(options_in(scratch), ".", sink);
  ::close(socket);
  CHECK(paths_of(tree) == Paths{"a.yaml"});
  CHECK(tree.skipped.special == 3);
  CHECK(codes_of(sink) == Paths{"P1108", "P1108"});
  CHECK(contains(trouble_of([&] { (void)load(options_in(scratch), "pipe.yaml", sink); }), "neither a folder nor a regular file"));
}

TEST_CASE("a file that turns into a FIFO or a link after the walk is not followed and does not block") {
  const Scratch scratch;
  REQUIRE(::mkfifo(scratch.at("pipe").c_str(), 0600) == 0);
  scratch.link("link", "pipe");
  const auto folder = platform::open_folder(scratch.root());
  CHECK(platform::read_file_in(folder, "pipe", 100).status == platform::ReadStatus::special);
  CHECK(platform::read_file_in(folder, "link", 100).status == platform::ReadStatus::symbolic_link);
  CHECK(platform::read_file_in(folder, ".", 100).status == platform::ReadStatus::special);
  scratch.link("folder", ".");
  CHECK_FALSE(platform::open_folder_below(folder, "folder"));
}

TEST_CASE("limits are errors, never silent") {
  const Scratch scratch;
  scratch.write("a.yaml", std::string(100, 'a'));
  scratch.write("b.yaml", std::string(101, 'b'));
  scratch.write("d/e/f/c.yaml", "c");
  Options options = options_in(scratch);
  base::DiagnosticSink sink;
  SUBCASE("one file") {
    options.limits.file_bytes = 100;
    const SourceTree tree = load(options, ".", sink);
    CHECK(paths_of(tree) == Paths{"a.yaml", "d/e/f/c.yaml"});
    CHECK(tree.skipped.too_large == 1);
    CHECK(codes_of(sink) == Paths{"P1101"});
  }
  SUBCASE("all bytes") {
    options.limits.total_bytes = 201;
    CHECK(load(options, ".", sink).files.empty());
    CHECK(codes_of(sink) == Paths{"P1103"});
  }
  SUBCASE("number of files") {
    options.limits.files = 2;
    CHECK(load(options, ".", sink).files.empty());
    CHECK(codes_of(sink) == Paths{"P1102"});
  }
  SUBCASE("number of entries") {
    options.limits.entries = 4;
    CHECK(load(options, ".", sink).files.empty());
    CHECK(codes_of(sink) == Paths{"P1102"});
  }
  SUBCASE("depth") {
    options.limits.depth = 2;
    CHECK(paths_of(load(options, ".", sink)) == Paths{"a.yaml", "b.yaml"});
    CHECK(codes_of(sink) == Paths{"P1109"});
  }
  SUBCASE("exactly at the limits") {
    options.limits = {.file_bytes = 101, .total_bytes = 202, .files = 3, .entries = 6, .depth = 3};
    CHECK(load(options, ".", sink).files.size() == 3);
    CHECK(sink.all().empty());
  }
}

TEST_CASE("unreadable files and folders are errors") {
  if (::geteuid() == 0) {
    MESSAGE("skipped: root may read everything");
    return;
  }
  const Scratch scratch;
  scratch.write("a.yaml", "x");
  scratch.write("closed/b.yaml", "x");
  ::chmod(scratch.at("a.yaml").c_str(), 0);
  ::chmod(scratch.at("closed").c_str(), 0);
  base::DiagnosticSink sink;
  const SourceTree tree = load(options_in(scratch), ".", sink);
  ::chmod(scratch.at("closed").c_str(), 0700);
  CHECK(tree.skipped.unreadable == 2);
  CHECK(codes_of(sink) == Paths{"P1110", "P1104"});
}

TEST_CASE("a file that vanished between walk and read is an error") {
  const Scratch scratch;
  scratch.write("a.yaml", "x");
  const auto root = platform::open_folder(scratch.root());
  SourceTree tree;
  base::DiagnosticSink sink;
  read_files(root, {{"a.yaml", 0}, {"gone.yaml", 0}, {"gone/b.yaml", 5}}, {}, tree, sink);
  CHECK(paths_of(tree) == Paths{"a.yaml"});
  CHECK(codes_of(sink) == Paths{"P1104", "P1104"});
}

TEST_CASE("hostile names are kept as data or refused, never obeyed") {
  const Scratch scratch;
  scratch.write("new\nline.yaml", "x");
  scratch.write("-rf.yaml", "x");
  scratch.write("$(touch x).yaml", "x");
  scratch.write("bad\xFFname.yaml", "x");
  base::DiagnosticSink sink;
  const SourceTree tree = load(options_in(scratch), ".", sink);
  CHECK(paths_of(tree) == Paths{"$(touch x).yaml", "-rf.yaml", "new\nline.yaml"});
  REQUIRE(codes_of(sink) == Paths{"P1116"});
  CHECK(sink.all()[0].location.file.str() == "bad\\xffname.yaml");
}

TEST_CASE("named files are read whatever their names are and whatever .gitignore says") {
  const Scratch scratch;
  scratch.git("init -q");
  scratch.write(".gitignore", "*.out\nbuild/\n");
  scratch.write("build/plan.out", "plan");
  base::DiagnosticSink sink;
  const SourceTree tree = load(options_in(scratch), "build/plan.out", sink);
  CHECK(paths_of(tree) == Paths{"plan.out"});
  CHECK(tree.root == "build");
  CHECK(tree.in_repository);
  CHECK(contains(trouble_of([&] { (void)load(options_in(scratch), "build/nothing", sink); }), "`build/nothing` cannot be opened"));
}

TEST_CASE("a snapshot is one file, never a folder") {
  const Scratch scratch;
  scratch.write("state.json", "{}");
  base::DiagnosticSink sink;
  CHECK(paths_of(load(options_in(scratch), "snapshot:state.json", sink)) == Paths{"state.json"});
  CHECK(contains(trouble_of([&] { (void)load(options_in(scratch), "snapshot:.", sink); }), "not a regular file"));
  CHECK(load(options_in(scratch), "none", sink).files.empty());
}

TEST_CASE("a Git LFS pointer is named, not read as a manifest") {
  const Scratch scratch;
  scratch.write("a.yaml", "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n");
  base::DiagnosticSink sink;
  CHECK(load(options_in(scratch), ".", sink).files.empty());
  CHECK(codes_of(sink) == Paths{"P1107"});
}

TEST_CASE("a stream is read up to the limit") {
  const auto read = [](std::size_t bytes, std::uint64_t limit, base::DiagnosticSink& sink) {
    int ends[2] = {-1, -1};
    REQUIRE(::pipe(ends) == 0);
    std::thread writer([&] {
      const std::string text(bytes, 's');
      for (std::size_t done = 0; done < bytes;) {
        const ssize_t wrote = ::write(ends[1], text.data() + done, std::min<std::size_t>(bytes - done, 50'000));
        if (wrote <= 0) break;
        done += static_cast<std::size_t>(wrote);
      }
      ::close(ends[1]);
    });
    Options options;
    options.limits.file_bytes = limit;
    SourceTree tree = load_stream(ends[0], options, sink);
    char rest[4096];
    while (::read(ends[0], rest, sizeof rest) > 0) {
    }
    writer.join();
    ::close(ends[0]);
    return tree;
  };
  base::DiagnosticSink sink;
  const SourceTree tree = read(300'000, 300'000, sink);
  REQUIRE(paths_of(tree) == Paths{"stdin"});
  CHECK(tree.files[0].bytes->size() == 300'000);
  CHECK(sink.all().empty());
  CHECK(read(300'001, 300'000, sink).files.empty());
  CHECK(codes_of(sink) == Paths{"P1101"});
}
