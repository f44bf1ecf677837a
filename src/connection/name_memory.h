// SPDX-License-Identifier: Apache-2.0
// Remembers what was found out about names: the same few hundred keys stand in thousands of configurations.
#pragma once
#include <algorithm>
#include <cstddef>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace postern::connection {

/// Answers by name, for one thread (declare it `thread_local`). Bounded: when it is full it starts anew, and long names, which
/// hardly repeat, are not kept. Open addressing with the hash beside the place: a look-up reads one name and hashes once. (With a
/// std::unordered_map these look-ups were 8 % of all CPU time of a gate run.)
template <typename Answer>
class NameMemory {
 public:
  /// The answer of `ask(name)`, which must depend on nothing but the name. It stays until the next question.
  template <typename Ask>
  [[nodiscard]] const Answer& of(std::string_view name, Ask ask) {
    if (name.size() > k_longest) return m_last = ask(name);
    const std::size_t hash = std::hash<std::string_view>{}(name);
    if (const Known* known = find(name, hash)) return known->answer;
    if (m_known.size() >= k_most) {
      m_known.clear();
      m_slots.clear();
    }
    m_known.push_back({std::string(name), hash, ask(name)});
    if (m_known.size() * 2 > m_slots.size()) {
      grow();
    } else {
      place(m_known.back());
    }
    return m_known.back().answer;
  }

 private:
  /// Large environments have some ten thousand hosts and names; with fewer places every one of them is asked for again and again.
  static constexpr std::size_t k_most = 32768;
  static constexpr std::size_t k_longest = 128;
  static constexpr std::size_t k_first_slots = 256;

  struct Known {
    std::string name;
    std::size_t hash;
    Answer answer;
  };
  struct Slot {
    std::size_t hash = 0;
    const Known* known = nullptr;  ///< nullptr: free
  };

  [[nodiscard]] const Known* find(std::string_view name, std::size_t hash) const {
    if (m_slots.empty()) return nullptr;
    const std::size_t mask = m_slots.size() - 1;
    for (std::size_t at = hash & mask; m_slots[at].known != nullptr; at = (at + 1) & mask) {
      if (m_slots[at].hash == hash && m_slots[at].known->name == name) return m_slots[at].known;
    }
    return nullptr;
  }

  void place(const Known& known) {
    const std::size_t mask = m_slots.size() - 1;
    std::size_t at = known.hash & mask;
    while (m_slots[at].known != nullptr) at = (at + 1) & mask;
    m_slots[at] = {known.hash, &known};
  }

  void grow() {
    m_slots.assign(std::max(k_first_slots, m_slots.size() * 2), {});
    for (const Known& known : m_known) place(known);
  }

  std::deque<Known> m_known;  ///< never moves what it holds
  std::vector<Slot> m_slots;  ///< a power of two, at least twice as many as names
  Answer m_last{};            ///< for a name that is not kept
};

}  // namespace postern::connection
