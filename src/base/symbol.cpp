// SPDX-License-Identifier: Apache-2.0
// The table behind Symbol: sharded sets of strings that are never freed.
#include <postern/base/symbol.h>

#include <algorithm>
#include <array>
#include <deque>
#include <mutex>
#include <vector>

namespace postern::base {
namespace {

/// A set of strings, found by a hash that the caller has: open addressing with the hash beside the address, so that a look-up
/// compares texts only where the hashes agree, and growing reads no text at all.
class TextSet {
 public:
  const std::string& add(std::string_view text, std::size_t hash) {
    if (m_count * 2 >= m_slots.size()) grow();
    Slot& slot = place_of(text, hash);
    if (slot.text == nullptr) {
      slot = {hash, &m_texts.emplace_back(text)};
      ++m_count;
    }
    return *slot.text;
  }

 private:
  struct Slot {
    std::size_t hash = 0;
    const std::string* text = nullptr;  ///< nullptr: free
  };

  /// The slot that holds the text, or the free one where it belongs.
  Slot& place_of(std::string_view text, std::size_t hash) {
    std::size_t at = hash & (m_slots.size() - 1);
    while (m_slots[at].text != nullptr && (m_slots[at].hash != hash || *m_slots[at].text != text))
      at = (at + 1) & (m_slots.size() - 1);
    return m_slots[at];
  }

  void grow() {
    std::vector<Slot> old(std::max<std::size_t>(64, m_slots.size() * 2));
    old.swap(m_slots);
    for (const Slot& slot : old) {
      if (slot.text == nullptr) continue;
      std::size_t at = slot.hash & (m_slots.size() - 1);
      while (m_slots[at].text != nullptr) at = (at + 1) & (m_slots.size() - 1);
      m_slots[at] = slot;
    }
  }

  std::deque<std::string> m_texts;  ///< never moves what it holds
  std::vector<Slot> m_slots;        ///< a power of two
  std::size_t m_count = 0;
};

struct Shard {
  std::mutex mutex;
  TextSet texts;
};

const std::string& empty_text() {
  static const std::string k_empty;
  return k_empty;
}

const std::string& intern(std::string_view text) {
  if (text.empty()) return empty_text();
  // Leaked on purpose: symbols are used by objects with static lifetime.
  static auto& shards = *new std::array<Shard, 16>;
  const std::size_t hash = std::hash<std::string_view>{}(text);
  Shard& shard = shards[hash >> 60U];  // the slots use the low bits
  const std::scoped_lock lock(shard.mutex);
  return shard.texts.add(text, hash);
}

}  // namespace

Symbol::Symbol() noexcept : m_text(&empty_text()) {}
Symbol::Symbol(std::string_view text) : m_text(&intern(text)) {}

}  // namespace postern::base
