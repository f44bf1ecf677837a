// SPDX-License-Identifier: Apache-2.0
// Ids of advisories as small numbers, and which of them are names of one weakness.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace postern::threatdb {

/// Keeps each text once; numbers count from 0 in the order of first use. Sets of numbers are joined and asked for their root.
class IdentifierPool {
 public:
  IdentifierPool();
  [[nodiscard]] std::uint32_t intern(std::string_view text);
  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view text) const;
  [[nodiscard]] std::string_view text(std::uint32_t number) const { return m_texts[number]; }
  [[nodiscard]] std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(m_texts.size()); }

  void unite(std::uint32_t a, std::uint32_t b);
  /// The number that stands for the set of `number`.
  [[nodiscard]] std::uint32_t root(std::uint32_t number);

 private:
  [[nodiscard]] std::size_t place_of(std::string_view text) const;
  void grow();
  std::string_view keep(std::string_view text);

  std::vector<std::string_view> m_texts;
  std::vector<std::uint32_t> m_parents;
  std::vector<std::uint32_t> m_table;  ///< number + 1, or 0; a power of two of places
  std::vector<std::unique_ptr<char[]>> m_blocks;
  char* m_next = nullptr;
  std::size_t m_left = 0;
};

/// Whether `a` is the better name of a weakness than `b`: a CVE before a GHSA before all others, then the older or smaller one.
[[nodiscard]] bool is_better_name(std::string_view a, std::string_view b) noexcept;

}  // namespace postern::threatdb
