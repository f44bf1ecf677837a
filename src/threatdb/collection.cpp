// SPDX-License-Identifier: Apache-2.0
// The newest advisory of each id, whatever the order in which they come.
#include "threatdb/collection.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "threatdb/content_hash.h"

namespace postern::threatdb {

std::uint32_t Collection::add_head(std::string_view bytes, std::uint64_t content) {
  const HeadKey key = decode_head_key(bytes);
  const std::uint32_t id = m_pool.intern(key.id);
  if (m_head_of.size() <= id) m_head_of.resize(std::size_t{id} + 1, 0);
  std::uint32_t& present = m_head_of[id];
  if (present != 0) {
    CollectedHead& other = m_heads[present - 1];
    if (std::pair(key.modified, content) <= std::pair(other.modified, other.content)) return 0;
    other.is_alive = false;
  }
  m_heads.push_back({m_spool.append(bytes), content, key.modified, static_cast<std::uint32_t>(bytes.size()), id, true});
  present = static_cast<std::uint32_t>(m_heads.size());
  return present;
}

void Collection::add(const EncodedAdvisory& advisory) {
  const std::string_view bytes = advisory.bytes;
  const std::uint32_t head = add_head(bytes.substr(0, advisory.head_size), content_hash(bytes));
  if (head == 0) return;
  std::uint32_t start = advisory.head_size;
  for (const EncodedAdvisory::Piece& piece : advisory.affected) {
    const std::uint64_t offset = m_spool.append(bytes.substr(start, piece.end - start));
    m_packages.push_back({piece.key_hash, offset, piece.end - start, head - 1});
    start = piece.end;
  }
}

void Collection::carry_over(const Index& held) {
  std::vector<std::pair<BlockReference, std::uint32_t>> taken;  // ascending, since blocks are visited in order
  held.for_each_block(Section::records, [&](BlockReference reference, std::string_view payload) {
    const auto known = m_pool.find(decode_head_key(payload).id);
    if (known && *known < m_head_of.size() && m_head_of[*known] != 0) return;
    taken.emplace_back(reference, add_head(payload, 0) - 1);
  });
  held.for_each_block(Section::packages, [&](BlockReference, std::string_view payload) {
    Decoder in(payload);
    const std::uint64_t key_hash = content_hash(in.text());
    for (std::size_t i = in.count(); i > 0; --i) {
      const auto reference = static_cast<BlockReference>(in.number());
      (void)in.number();  // the weakness is found anew
      const std::string_view piece = in.text();
      const auto at = std::lower_bound(taken.begin(), taken.end(), std::pair(reference, std::uint32_t{0}));
      if (at == taken.end() || at->first != reference) continue;
      m_packages.push_back({key_hash, m_spool.append(piece), static_cast<std::uint32_t>(piece.size()), at->second});
    }
  });
}

}  // namespace postern::threatdb
