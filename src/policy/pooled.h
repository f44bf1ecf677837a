// SPDX-License-Identifier: Apache-2.0
// Memory for the small views that reading a list or map of a record makes: blocks are kept by each thread and used again, so that
// judging many subjects asks the heap for nothing.
#pragma once
#include <cstddef>
#include <new>
#include <vector>

namespace postern::policy {

/// Free blocks of one size, of one thread. A block may be given back by another thread than the one that took it.
template <std::size_t Size>
class BlockPool {
 public:
  BlockPool() = default;
  BlockPool(const BlockPool&) = delete;
  BlockPool& operator=(const BlockPool&) = delete;
  ~BlockPool() {
    for (void* block : m_free) ::operator delete(block);
  }

  void* take() {
    if (m_free.empty()) return ::operator new(Size);
    void* block = m_free.back();
    m_free.pop_back();
    return block;
  }
  void give(void* block) {
    if (m_free.size() < k_most) {
      m_free.push_back(block);
    } else {
      ::operator delete(block);
    }
  }
  static BlockPool& of_this_thread() {
    thread_local BlockPool pool;
    return pool;
  }

 private:
  static constexpr std::size_t k_most = 1024;
  std::vector<void*> m_free;
};

/// Base of a final class `T` whose objects come from the pool of the thread.
template <class T>
class Pooled {
 public:
  static void* operator new(std::size_t) { return BlockPool<sizeof(T)>::of_this_thread().take(); }
  static void operator delete(void* block) { BlockPool<sizeof(T)>::of_this_thread().give(block); }
};

}  // namespace postern::policy
