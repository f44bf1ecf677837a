// SPDX-License-Identifier: Apache-2.0
// Spreads independent pieces of work over threads that stay for the next work.
#pragma once
#include <cstddef>
#include <functional>

namespace postern::base {

/// Calls `work(i)` once for each i below `count`, on up to `threads` threads, this one included. Pieces are begun in ascending
/// order, and no result may depend on who does which. What a call throws comes out here when all have ended; others than the one
/// that threw go on with what is left. May be called from within `work`: who is free helps, and the caller needs nobody.
///
/// The helpers stay until the process ends: what threads remember for themselves (see connection/name_memory.h) is found out once
/// and not anew for each stage.
void for_each_index(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& work);

/// Calls both, at the same time when `threads` is more than one, in this order when it is one.
void run_both(unsigned threads, const std::function<void()>& first, const std::function<void()>& second);

}  // namespace postern::base
