// SPDX-License-Identifier: Apache-2.0
// A table of open addressing over texts in blocks, and the forest of joined sets.
#include "threatdb/identifier_pool.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "threatdb/content_hash.h"

namespace postern::threatdb {
namespace {

constexpr std::size_t k_first_places = 1024;
constexpr std::size_t k_block_bytes = std::size_t{256} << 10U;

int rank_of(std::string_view id) noexcept {
  if (id.starts_with("CVE-")) return 0;
  return id.starts_with("GHSA-") ? 1 : 2;
}

}  // namespace

IdentifierPool::IdentifierPool() : m_table(k_first_places, 0) {}

std::size_t IdentifierPool::place_of(std::string_view text) const {
  const std::size_t mask = m_table.size() - 1;
  std::size_t at = content_hash(text) & mask;
  while (m_table[at] != 0 && m_texts[m_table[at] - 1] != text) at = (at + 1) & mask;
  return at;
}

std::uint32_t IdentifierPool::intern(std::string_view text) {
  if ((m_texts.size() + 1) * 2 > m_table.size()) grow();
  const std::size_t at = place_of(text);
  if (m_table[at] != 0) return m_table[at] - 1;
  const std::uint32_t number = size();
  m_texts.push_back(keep(text));
  m_parents.push_back(number);
  m_table[at] = number + 1;
  return number;
}

std::optional<std::uint32_t> IdentifierPool::find(std::string_view text) const {
  const std::size_t at = place_of(text);
  if (m_table[at] == 0) return {};
  return m_table[at] - 1;
}

void IdentifierPool::grow() {
  m_table.assign(m_table.size() * 2, 0);
  for (std::uint32_t i = 0; i < size(); ++i) m_table[place_of(m_texts[i])] = i + 1;
}

std::string_view IdentifierPool::keep(std::string_view text) {
  if (m_left < text.size()) {
    m_left = std::max(k_block_bytes, text.size());
    m_blocks.push_back(std::make_unique<char[]>(m_left));
    m_next = m_blocks.back().get();
  }
  char* const at = m_next;
  std::memcpy(at, text.data(), text.size());
  m_next += text.size();
  m_left -= text.size();
  return {at, text.size()};
}

void IdentifierPool::unite(std::uint32_t a, std::uint32_t b) {
  a = root(a);
  b = root(b);
  if (a != b) m_parents[std::max(a, b)] = std::min(a, b);
}

std::uint32_t IdentifierPool::root(std::uint32_t number) {
  while (m_parents[number] != number) {
    m_parents[number] = m_parents[m_parents[number]];
    number = m_parents[number];
  }
  return number;
}

bool is_better_name(std::string_view a, std::string_view b) noexcept {
  const int rank_a = rank_of(a);
  const int rank_b = rank_of(b);
  if (rank_a != rank_b) return rank_a < rank_b;
  // Numbers of CVEs have any length: of one year the shorter one is the smaller.
  constexpr std::size_t k_through_year = 9;
  const std::string_view year_a = a.substr(0, k_through_year);
  const std::string_view year_b = b.substr(0, k_through_year);
  if (rank_a == 0 && year_a == year_b && a.size() != b.size()) return a.size() < b.size();
  return a < b;
}

}  // namespace postern::threatdb
