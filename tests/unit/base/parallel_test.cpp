// SPDX-License-Identifier: Apache-2.0
// Work over threads: every piece once, whoever does it, and what is thrown comes out.
#include <doctest/doctest.h>
#include <postern/base/parallel.h>

#include <algorithm>
#include <atomic>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

namespace postern::base {

TEST_CASE("each piece is done once, with any number of threads") {
  for (const unsigned threads : {0U, 1U, 2U, 5U}) {
    for (const std::size_t count : {std::size_t{0}, std::size_t{1}, std::size_t{2}, std::size_t{1000}}) {
      std::vector<std::atomic<int>> done(count);
      for_each_index(count, threads, [&](std::size_t i) { ++done[i]; });
      CHECK(std::all_of(done.begin(), done.end(), [](const std::atomic<int>& times) { return times == 1; }));
    }
  }
}

TEST_CASE("one thread does everything itself, in order") {
  std::vector<std::size_t> order;
  for_each_index(4, 1, [&](std::size_t i) { order.push_back(i); });
  CHECK(order == std::vector<std::size_t>{0, 1, 2, 3});
}

TEST_CASE("two pieces that wait for each other end: they run at the same time") {
  std::atomic<int> arrived = 0;
  const auto meet = [&] {
    ++arrived;
    while (arrived < 2) std::this_thread::yield();
  };
  run_both(2, meet, meet);
  CHECK(arrived == 2);
}

TEST_CASE("helpers stay for the next work") {
  std::set<std::thread::id> seen;
  for (int round = 0; round < 20; ++round) {
    std::vector<std::thread::id> ids(2);
    std::atomic<int> arrived = 0;
    for_each_index(2, 2, [&](std::size_t i) {
      ids[i] = std::this_thread::get_id();
      ++arrived;
      while (arrived < 2) std::this_thread::yield();
    });
    seen.insert(ids.begin(), ids.end());
  }
  CHECK(seen.size() <= 6);  // this one, and helpers of this test program: at most four were asked for at once
}

TEST_CASE("work within work ends although every helper is busy") {
  std::atomic<int> done = 0;
  for_each_index(8, 4, [&](std::size_t) { for_each_index(8, 4, [&](std::size_t) { ++done; }); });
  CHECK(done == 64);
}

TEST_CASE("what a piece throws comes out when all have ended, and the next work is done as ever") {
  for (const unsigned threads : {1U, 2U, 4U}) {
    std::atomic<int> done = 0;
    const auto work = [&](std::size_t i) {
      if (i == 3) throw std::runtime_error("piece 3");
      ++done;
    };
    CHECK_THROWS_WITH(for_each_index(10, threads, work), "piece 3");
    done = 0;
    for_each_index(10, threads, [&](std::size_t) { ++done; });
    CHECK(done == 10);
  }
}

}  // namespace postern::base
