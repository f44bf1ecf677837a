// SPDX-License-Identifier: Apache-2.0
// Splits names (camelCase, snake_case, dotted, kebab) into lower-case tokens.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace postern::connection {

enum class Plural { keep, singular };

/// "billingAddress_2" -> billing, address, 2. With `singular`, plural endings are taken off ("emails" -> email).
[[nodiscard]] std::vector<std::string> name_tokens(std::string_view name, Plural plural = Plural::keep);

/// Position of `run` as adjacent tokens in `tokens`, from `from` on; npos when it is not there.
[[nodiscard]] std::size_t find_run(std::span<const std::string> tokens, std::span<const std::string> run, std::size_t from = 0);

}  // namespace postern::connection
