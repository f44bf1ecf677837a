// SPDX-License-Identifier: Apache-2.0
// Several threads read at once, and look into one document at once.
#include <doctest/doctest.h>

#include <thread>

#include "unit/document/read.h"

namespace postern::document {

TEST_CASE("threads read different texts and ask one document for places at the same time") {
  const auto shared = read("a:\n  - b\n  - c\n");
  std::vector<std::string> places(4);
  std::vector<std::size_t> sums(4);
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < places.size(); ++i) {
      threads.emplace_back([&, i] {
        places[i] = place(shared.root()["a"].at(1));
        for (int k = 0; k < 50; ++k) sums[i] += read("x: [1, 2, &a 3, *a]\n---\ny: " + std::to_string(k) + "\n").documents.size();
        for (int k = 0; k < 50; ++k) sums[i] += read("{\"x\": [1, 2]}", Format::json).root()["x"].size();
      });
    }
  }
  CHECK(places == std::vector<std::string>(4, "3:5"));
  CHECK(sums == std::vector<std::size_t>(4, 200));
}

}  // namespace postern::document
