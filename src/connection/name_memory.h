// SPDX-License-Identifier: Apache-2.0
// Remembers what was found out about names: the same few hundred keys stand in thousands of configurations.
#pragma once
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace postern::connection {

/// Answers by name, for one thread (declare it `thread_local`). Bounded: when it is full it starts anew, and long names, which
/// hardly repeat, are not kept.
template <typename Answer>
class NameMemory {
 public:
  /// The answer of `ask(name)`, which must depend on nothing but the name. It stays until the next question.
  template <typename Ask>
  [[nodiscard]] const Answer& of(std::string_view name, Ask ask) {
    if (name.size() > k_longest) return m_last = ask(name);
    if (const auto known = m_answers.find(name); known != m_answers.end()) return known->second;
    if (m_answers.size() >= k_most) m_answers.clear();
    return m_answers.emplace(std::string(name), ask(name)).first->second;
  }

 private:
  /// Large environments have some ten thousand hosts and names; with fewer places every one of them is asked for again and again.
  static constexpr std::size_t k_most = 32768;
  static constexpr std::size_t k_longest = 128;

  struct Hash {
    using is_transparent = void;
    // Not noexcept: libstdc++ then keeps the hash beside the name, and a look-up neither hashes the names of its bucket anew nor
    // compares them (7 % of all CPU time of a gate run without).
    std::size_t operator()(std::string_view name) const { return std::hash<std::string_view>{}(name); }
  };
  std::unordered_map<std::string, Answer, Hash, std::equal_to<>> m_answers;
  Answer m_last{};  ///< for a name that is not kept
};

}  // namespace postern::connection
