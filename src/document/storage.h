// SPDX-License-Identifier: Apache-2.0
// How a document is held: one vector of small records in source order, scalar text as views into the source wherever possible.
#pragma once
#include <postern/base/diagnostic.h>
#include <postern/document/node.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace postern::document {

/// The text of one file, shared by its documents.
class Source {
 public:
  /// Bytes of zeros behind the text that fast readers may look at (simdjson asks for 64).
  static constexpr std::size_t k_padding = 64;

  Source(std::string text, base::Symbol file);
  [[nodiscard]] std::string_view text() const noexcept { return {m_bytes.data(), m_bytes.size() - k_padding}; }
  [[nodiscard]] base::Symbol file() const noexcept { return m_file; }
  /// Line and column of a byte. The table of lines is made when it is first needed, by whichever thread comes first.
  [[nodiscard]] base::Location locate(std::size_t offset) const;

 private:
  void find_lines() const;
  std::string m_bytes;
  base::Symbol m_file;
  mutable std::once_flag m_once;
  mutable std::vector<std::uint32_t> m_line_starts;
};

/// Text that is not in the source as such (unescaped, folded): blocks that never move.
class TextArena {
 public:
  /// A copy of `text` that lives as long as the arena.
  std::string_view keep(std::string_view text);

 private:
  std::deque<std::unique_ptr<char[]>> m_blocks;
  std::size_t m_block = 1024;  ///< size of the next block; grows, since most documents need little
  std::size_t m_left = 0;
  char* m_next = nullptr;
};

enum RecordFlag : std::uint8_t {
  k_alias = 1,      ///< `end` is the record that is meant
  k_merge_key = 2,  ///< this key and its value are left out of the mapping's entries: they were merged
  k_tagged = 4,     ///< a row of Storage::tags belongs to it
};

/// One value. Children follow their container directly (a mapping's: key, value, key, value ...).
struct Record {
  union {
    const char* text;         ///< scalars: not null-terminated
    std::uint64_t key_table;  ///< mappings: 1 + index of the first row in Storage::sorted_keys, 0 for small mappings
  };
  std::uint32_t size;    ///< scalars: bytes; sequences: items; mappings: entries, without merge keys
  std::uint32_t end;     ///< the record after this one and all that it contains
  std::uint32_t offset;  ///< first byte in the source
  Kind kind;
  Style style;
  std::uint8_t flags;
  std::uint8_t unused;
};
static_assert(sizeof(Record) == 24);

/// The tag of one record.
struct TagRow {
  std::uint32_t record;
  std::string_view tag;
};

/// One document.
class Storage {
 public:
  explicit Storage(std::shared_ptr<const Source> shared) : source(std::move(shared)) {}

  /// The record behind any alias.
  [[nodiscard]] std::uint32_t resolve(std::uint32_t index) const noexcept {
    return (records[index].flags & k_alias) != 0 ? records[index].end : index;
  }
  /// The record that follows `index` among its siblings.
  [[nodiscard]] std::uint32_t next(std::uint32_t index) const noexcept {
    return (records[index].flags & k_alias) != 0 ? index + 1 : records[index].end;
  }
  [[nodiscard]] std::string_view text(std::uint32_t index) const noexcept {
    const Record& record = records[resolve(index)];
    return {record.text, record.size};
  }
  /// The record of the value of `key` in the mapping `index`, 0 when there is none.
  [[nodiscard]] std::uint32_t find(std::uint32_t index, std::string_view key) const noexcept;

  std::shared_ptr<const Source> source;
  std::vector<Record> records;
  std::vector<std::uint32_t> sorted_keys;  ///< for each large mapping the records of its keys, in the order of key_less
  std::vector<TagRow> tags;                ///< ascending by record
  TextArena arena;
};

/// The order of keys in Storage::sorted_keys: cheap rather than alphabetical.
[[nodiscard]] inline bool key_less(std::string_view a, std::string_view b) noexcept {
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

}  // namespace postern::document
