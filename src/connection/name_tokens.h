// SPDX-License-Identifier: Apache-2.0
// Splits names (camelCase, snake_case, dotted, kebab) into lower-case tokens.
#pragma once
#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace postern::connection {

enum class Plural { keep, singular };

/// "billingAddress_2" -> billing, address, 2. With `singular`, plural endings are taken off ("emails" -> email).
[[nodiscard]] std::vector<std::string> name_tokens(std::string_view name, Plural plural = Plural::keep);

/// Position of `run` as adjacent tokens in `tokens`, from `from` on; npos when it is not there.
[[nodiscard]] std::size_t find_run(std::span<const std::string> tokens, std::span<const std::string> run, std::size_t from = 0);

/// Many runs of tokens, found by their first token. Built once, asked for every name of an input.
class RunSet {
 public:
  /// A run is written with '+' between its tokens ("api+key").
  void add(std::string_view run, std::size_t row);

  /// Smallest row number whose run occurs in `tokens`.
  [[nodiscard]] std::optional<std::size_t> first_row(std::span<const std::string> tokens) const;

 private:
  struct Hash {  // not noexcept: libstdc++ then keeps the hash beside each token and compares few texts
    using is_transparent = void;
    std::size_t operator()(std::string_view token) const { return std::hash<std::string_view>{}(token); }
  };
  std::unordered_map<std::string, std::vector<std::pair<std::size_t, std::vector<std::string>>>, Hash, std::equal_to<>> m_runs;
};

}  // namespace postern::connection
