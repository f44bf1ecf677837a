// SPDX-License-Identifier: Apache-2.0
// Replaces the global allocation functions by ones that count.
#include "bench/cel/allocations.h"

#include <atomic>
#include <cstdlib>
#include <new>

namespace {
std::atomic<std::uint64_t> g_count{0};
}  // namespace

void* operator new(std::size_t size) {
  g_count.fetch_add(1, std::memory_order_relaxed);
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
// The library sorts with memory from this form and gives it back through the ordinary one.
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  g_count.fetch_add(1, std::memory_order_relaxed);
  return std::malloc(size);
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace postern::bench {

std::uint64_t allocations() noexcept { return g_count.load(std::memory_order_relaxed); }

}  // namespace postern::bench
