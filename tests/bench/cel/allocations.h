// SPDX-License-Identifier: Apache-2.0
// Counts what the program asks the heap for.
#pragma once
#include <cstdint>

namespace postern::bench {

/// Calls of `operator new` so far, by all threads.
[[nodiscard]] std::uint64_t allocations() noexcept;

}  // namespace postern::bench
