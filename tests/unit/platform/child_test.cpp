// SPDX-License-Identifier: Apache-2.0
// Work in a child process: answers, crashes, endless work.
#include <doctest/doctest.h>
#include <platform/child.h>
#include <unistd.h>

#include <cstdlib>
#include <stdexcept>
#include <string>

namespace postern::platform {
namespace {

using namespace std::chrono_literals;

TEST_CASE("a child hands back what it worked out, whole, whatever the bytes are") {
  const std::string large(3'000'000, '\0');
  const ChildAnswer answer = in_child([&] { return large + "end"; }, 20s);
  CHECK(answer.end == ChildEnd::answered);
  CHECK(answer.text == large + "end");
  CHECK(in_child([] { return std::string(); }, 20s).end == ChildEnd::answered);
}

TEST_CASE("a child that crashes, throws or leaves is a failure and nothing more") {
  CHECK(in_child([]() -> std::string { std::abort(); }, 20s).end == ChildEnd::failed);
  CHECK(in_child([]() -> std::string { throw std::runtime_error("no"); }, 20s).end == ChildEnd::failed);
  CHECK(in_child([]() -> std::string { _exit(0); }, 20s).end == ChildEnd::failed);
}

TEST_CASE("a child whose time is over is ended") {
  const auto begin = std::chrono::steady_clock::now();
  const ChildAnswer answer = in_child(
      []() -> std::string {
        for (;;) pause();
      },
      50ms);
  CHECK(answer.end == ChildEnd::too_slow);
  CHECK(std::chrono::steady_clock::now() - begin < 10s);
}

TEST_CASE("what a child does to its memory stays there") {
  int number = 1;
  CHECK(in_child([&] { return std::to_string(++number); }, 20s).text == "2");
  CHECK(number == 1);
}

}  // namespace
}  // namespace postern::platform
