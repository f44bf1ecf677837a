// SPDX-License-Identifier: Apache-2.0
// Lines of a source, blocks of text, look-up of keys.
#include "storage.h"

#include <algorithm>
#include <cstring>

namespace postern::document {
namespace {

constexpr std::size_t k_largest_block = 64 * 1024;

}  // namespace

Source::Source(std::string text, base::Symbol file) : m_bytes(std::move(text)), m_file(file) { m_bytes.append(k_padding, '\0'); }

void Source::find_lines() const {
  const std::string_view all = text();
  m_line_starts.push_back(0);
  std::size_t at = 0;
  std::size_t cr = std::min(all.find('\r'), all.size());
  while (at < all.size()) {
    const std::size_t newline = std::min(all.find('\n', at), all.size());
    // A carriage return alone ends a line too, the one of a pair does not.
    for (; cr < newline; cr = std::min(all.find('\r', cr + 1), all.size())) {
      if (cr + 1 < newline) m_line_starts.push_back(static_cast<std::uint32_t>(cr + 1));
    }
    at = newline + 1;
    if (newline < all.size()) m_line_starts.push_back(static_cast<std::uint32_t>(at));
  }
}

base::Location Source::locate(std::size_t offset) const {
  std::call_once(m_once, [this] { find_lines(); });
  const auto after = std::upper_bound(m_line_starts.begin(), m_line_starts.end(), static_cast<std::uint32_t>(offset));
  const auto line = static_cast<std::uint32_t>(after - m_line_starts.begin());
  return {m_file, line, static_cast<std::uint32_t>(offset) - *(after - 1) + 1};
}

std::string_view TextArena::keep(std::string_view text) {
  if (text.empty()) return {"", 0};
  if (text.size() > m_left) {
    const std::size_t size = std::max(text.size(), m_block);
    m_block = std::min(m_block * 4, k_largest_block);
    m_blocks.push_back(std::unique_ptr<char[]>(new char[size]));
    m_next = m_blocks.back().get();
    m_left = size;
  }
  char* const place = m_next;
  std::memcpy(place, text.data(), text.size());
  m_next += text.size();
  m_left -= text.size();
  return {place, text.size()};
}

std::uint32_t Storage::find(std::uint32_t index, std::string_view key) const noexcept {
  const Record& mapping = records[index];
  if (mapping.key_table != 0) {
    const auto first = sorted_keys.begin() + static_cast<std::ptrdiff_t>(mapping.key_table - 1);
    const auto last = first + mapping.size;
    const auto found = std::lower_bound(first, last, key,
                                        [this](std::uint32_t row, std::string_view wanted) { return key_less(text(row), wanted); });
    return found != last && text(*found) == key ? next(*found) : 0;
  }
  for (std::uint32_t at = index + 1; at < mapping.end; at = next(next(at))) {
    if ((records[at].flags & k_merge_key) == 0 && text(at) == key) return next(at);
  }
  return 0;
}

}  // namespace postern::document
