// SPDX-License-Identifier: Apache-2.0
// Words in long texts. What the standard library offers tries every occurrence of a word's first letter; over all files of an
// environment that is felt.
#pragma once
#include <cstddef>
#include <cstring>
#include <string_view>

namespace postern::base {

/// Where `word` begins at or after `from`; npos without one. Bytes are compared.
[[nodiscard]] inline std::size_t find_word(std::string_view text, std::string_view word, std::size_t from = 0) noexcept {
  if (from > text.size()) return std::string_view::npos;
  const auto* found = static_cast<const char*>(::memmem(text.data() + from, text.size() - from, word.data(), word.size()));
  return found == nullptr ? std::string_view::npos : static_cast<std::size_t>(found - text.data());
}

[[nodiscard]] inline bool holds_word(std::string_view text, std::string_view word) noexcept {
  return find_word(text, word) != std::string_view::npos;
}

}  // namespace postern::base
