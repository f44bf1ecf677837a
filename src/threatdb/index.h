// SPDX-License-Identifier: Apache-2.0
// An index file that was opened: blocks and tables, each checked before it is believed.
#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "platform/mapped_file.h"
#include "threatdb/index_format.h"

namespace postern::threatdb {

/// Safe to read from several threads. Whatever is wrong with the file throws SourceError that names it: opening checks the header,
/// where each section lies and what the file says about itself; a table is checked in full, each of its references included, when
/// it is first used; a block when it is read.
class Index {
 public:
  /// Throws SourceError when the file is missing, damaged, or of another format.
  explicit Index(std::string path);
  /// Over bytes in memory, for tests: `bytes` outlives the index and is aligned to eight bytes.
  Index(std::string_view bytes, std::string path);

  [[nodiscard]] const std::string& path() const noexcept { return m_path; }
  /// SHA-256 of the content, as the header says. verify() compares.
  [[nodiscard]] std::string_view digest() const noexcept { return {header().digest, sizeof header().digest}; }
  [[nodiscard]] std::uint64_t file_size() const noexcept { return m_bytes.size(); }
  /// Reads the whole file: the digest, each table, each block's frame.
  void verify() const;

  /// The payload of a block.
  [[nodiscard]] std::string_view block(Section section, BlockReference reference) const;
  /// The blocks of a section, in order.
  void for_each_block(Section section, const std::function<void(BlockReference, std::string_view payload)>& visit) const;

  /// The payload of the first block that `slots` has for `hash` and `matches` accepts.
  template <typename Matches>
  [[nodiscard]] std::optional<std::string_view> find(Section slots, Section blocks, std::uint64_t hash,
                                                     const Matches& matches) const {
    const std::span<const Slot> table = slots_of(slots, blocks);
    if (table.empty()) return {};
    const std::size_t mask = table.size() - 1;
    for (std::size_t at = hash & mask, steps = 0; steps < table.size(); at = (at + 1) & mask, ++steps) {
      const Slot& slot = table[at];
      if (slot.reference == 0) return {};
      if (slot.tag != static_cast<std::uint32_t>(hash >> 32U)) continue;
      const std::string_view payload = block(blocks, slot.reference - 1);
      if (matches(payload)) return payload;
    }
    return {};
  }

  [[nodiscard]] const ProbabilityRow* find_probability(std::uint64_t key) const;
  /// All rows of the table, empty places included.
  [[nodiscard]] std::span<const ProbabilityRow> probabilities() const;

  [[noreturn]] void damaged(std::string_view what) const;

 private:
  [[nodiscard]] const Header& header() const noexcept { return *reinterpret_cast<const Header*>(m_bytes.data()); }
  [[nodiscard]] std::string_view section(Section section) const noexcept;
  [[nodiscard]] std::span<const Slot> slots_of(Section slots, Section blocks) const;
  void check_header() const;
  void check_table(Section table) const;
  void check_slots(Section slots, Section blocks) const;

  platform::MappedFile m_file;
  std::string_view m_bytes;
  std::string m_path;
  mutable std::array<std::once_flag, k_section_count> m_checked;
};

}  // namespace postern::threatdb
