// SPDX-License-Identifier: Apache-2.0
// Runs of words, found in a name however many there are.
#pragma once
#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace postern::connection {

/// Runs of tokens by their first token, each with a number: a name is compared with those that may fit, however many there are.
class RunIndex {
 public:
  void add(const std::vector<std::string>& run, std::size_t number) {
    if (!run.empty()) m_runs[run.front()].emplace_back(number, run);
  }

  /// Calls `found(number, start, length)` for each run that stands in `tokens`.
  template <typename Found>
  void find_all(std::span<const std::string> tokens, Found found) const {
    for (std::size_t at = 0; at < tokens.size(); ++at) {
      const auto runs = m_runs.find(tokens[at]);
      if (runs == m_runs.end()) continue;
      for (const auto& [number, run] : runs->second) {
        if (run.size() <= tokens.size() - at &&
            std::equal(run.begin(), run.end(), tokens.begin() + static_cast<std::ptrdiff_t>(at)))
          found(number, at, run.size());
      }
    }
  }

 private:
  std::unordered_map<std::string, std::vector<std::pair<std::size_t, std::vector<std::string>>>> m_runs;
};

}  // namespace postern::connection
