// SPDX-License-Identifier: Apache-2.0
// Spreads independent pieces of work over threads.
#pragma once
#include <algorithm>
#include <atomic>
#include <cstddef>
#include <future>
#include <vector>

namespace postern::app {

/// Calls `work(i)` once for each i below `count`, on up to `threads` threads, this one included. What a call throws comes out here
/// when all threads have ended; the others go on with what is left.
template <typename Work>
void for_each_index(std::size_t count, unsigned threads, const Work& work) {
  std::atomic<std::size_t> next = 0;
  const auto take_turns = [&] {
    for (std::size_t i = next++; i < count; i = next++) work(i);
  };
  std::vector<std::future<void>> others;
  for (std::size_t i = 1; i < std::min<std::size_t>(threads, count); ++i)
    others.push_back(std::async(std::launch::async, take_turns));
  take_turns();
  for (std::future<void>& other : others) other.get();
}

}  // namespace postern::app
