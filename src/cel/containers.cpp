// SPDX-License-Identifier: Apache-2.0
// Lists and maps that keep their own elements; look-up by key.
#include "cel/containers.h"

#include <algorithm>
#include <numeric>

#include "cel/compare.h"

namespace postern::cel {
namespace {

constexpr std::size_t k_linear_search = 8;

int key_class(const Value& key) noexcept {
  switch (key.kind()) {
    case Kind::boolean:
      return 0;
    case Kind::integer:
    case Kind::unsigned_integer:
    case Kind::real:
      return 1;
    default:
      return 2;
  }
}

template <class T>
int three_way(const T& a, const T& b) noexcept {
  return a < b ? -1 : (b < a ? 1 : 0);
}

}  // namespace

bool is_key(const Value& value) noexcept {
  return value.is(Kind::boolean) || value.is(Kind::integer) || value.is(Kind::unsigned_integer) || value.is(Kind::string);
}

int compare_keys(const Value& a, const Value& b) noexcept {
  const int a_class = key_class(a);
  if (const int order = three_way(a_class, key_class(b)); order != 0) return order;
  if (a_class == 0) return three_way(int{a.is_true()}, int{b.is_true()});
  if (a_class == 2) return three_way(a.as_text(), b.as_text());
  const std::partial_ordering order = compare_numbers(a, b);
  return order < 0 ? -1 : (order > 0 ? 1 : 0);
}

OwnedList::OwnedList(std::vector<Value> elements) : m_elements(std::move(elements)), m_depth(0) {
  for (const Value& element : m_elements) m_depth = std::max(m_depth, element.depth());
  ++m_depth;
}

OwnedMap::OwnedMap(Entries entries) : m_entries(std::move(entries)) {
  std::uint32_t below = 0;
  for (const auto& [key, value] : m_entries) below = std::max(below, value.depth());
  m_depth = below + 1;
  if (m_entries.size() <= k_linear_search) {
    for (std::size_t i = 1; i < m_entries.size() && !m_duplicate; ++i)
      for (std::size_t j = 0; j < i; ++j)
        if (compare_keys(m_entries[i].first, m_entries[j].first) == 0) m_duplicate = i;
    return;
  }
  m_order.resize(m_entries.size());
  std::iota(m_order.begin(), m_order.end(), 0U);
  std::stable_sort(m_order.begin(), m_order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return compare_keys(m_entries[a].first, m_entries[b].first) < 0; });
  for (std::size_t i = 1; i < m_order.size() && !m_duplicate; ++i)
    if (compare_keys(m_entries[m_order[i - 1]].first, m_entries[m_order[i]].first) == 0) m_duplicate = m_order[i];
}

std::optional<Value> OwnedMap::find(const Value& key) const {
  if (!is_key(key) && !key.is(Kind::real)) return std::nullopt;
  if (key.is(Kind::real) && key.as_real() != key.as_real()) return std::nullopt;  // NaN equals nothing
  if (m_order.empty()) {
    for (const auto& [candidate, value] : m_entries)
      if (compare_keys(candidate, key) == 0) return value;
    return std::nullopt;
  }
  const auto found = std::lower_bound(m_order.begin(), m_order.end(), key, [&](std::uint32_t entry, const Value& wanted) {
    return compare_keys(m_entries[entry].first, wanted) < 0;
  });
  if (found == m_order.end() || compare_keys(m_entries[*found].first, key) != 0) return std::nullopt;
  return m_entries[*found].second;
}

}  // namespace postern::cel
