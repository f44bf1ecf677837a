// SPDX-License-Identifier: Apache-2.0
// A cheap handle on one value of a document that was read: what it is, what it holds, and where it stands in its file.
#pragma once
#include <postern/base/diagnostic.h>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string_view>

namespace postern::document {

class Storage;

/// What a value is, by the YAML 1.2 core schema or by JSON.
enum class Kind : std::uint8_t { null, boolean, integer, number, string, sequence, mapping };
[[nodiscard]] const char* to_string(Kind kind) noexcept;

/// How a value was written. JSON has `double_quoted` strings, `plain` other scalars and `flow` containers.
enum class Style : std::uint8_t { plain, single_quoted, double_quoted, literal, folded, block, flow };

class ItemRange;
class EntryRange;

/// A handle of two words, copied freely; valid as long as a copy of its Document lives. Aliases are followed and merge keys (`<<`)
/// are resolved: the tree that a Node shows has neither. The *missing* node (default-made, or the answer to a look-up that found
/// nothing) converts to false, has kind null, no text, no children and an unknown location; looking further into it is allowed.
class Node {
 public:
  Node() = default;
  /// For the reader; a position in `storage`, whose alias is followed.
  Node(const Storage* storage, std::uint32_t index) noexcept;

  /// False for the missing node only; a null value is there.
  explicit operator bool() const noexcept { return m_storage != nullptr; }
  [[nodiscard]] Kind kind() const noexcept;
  [[nodiscard]] Style style() const noexcept;
  [[nodiscard]] bool is_mapping() const noexcept { return m_storage && kind() == Kind::mapping; }
  [[nodiscard]] bool is_sequence() const noexcept { return m_storage && kind() == Kind::sequence; }
  [[nodiscard]] bool is_scalar() const noexcept { return m_storage && kind() < Kind::sequence; }
  /// True for a scalar null that is there: `null`, `~` or nothing.
  [[nodiscard]] bool is_null() const noexcept { return m_storage && kind() == Kind::null; }
  /// True when the scalar was written in quotes, so that "yes" and yes can be told apart.
  [[nodiscard]] bool was_quoted() const noexcept;

  /// The value of `key`, by the text of the key (`1` and "1" are the same key); missing when absent or when this is no mapping.
  /// Costs a scan of the keys in small mappings, a binary search in large ones.
  [[nodiscard]] Node operator[](std::string_view key) const noexcept;
  /// The item at `index` from 0; missing when there is none or when this is no sequence. Costs `index` steps: iterate over items().
  [[nodiscard]] Node at(std::size_t index) const noexcept;
  /// Items of a sequence, entries of a mapping, 0 for all else.
  [[nodiscard]] std::size_t size() const noexcept;
  /// The items of a sequence in order; empty for all else.
  [[nodiscard]] ItemRange items() const noexcept;
  /// The entries of a mapping: its own in source order, then those that merge keys brought in; empty for all else.
  [[nodiscard]] EntryRange entries() const noexcept;

  /// The text of a scalar, unescaped and exactly as written otherwise (`0x1F` stays `0x1F`); empty for all else.
  [[nodiscard]] std::string_view text() const noexcept;
  /// The text of a string; nothing for other kinds.
  [[nodiscard]] std::optional<std::string_view> as_string() const noexcept;
  [[nodiscard]] std::optional<bool> as_boolean() const noexcept;
  /// The value of an integer. An integer that does not fit into 64 signed bits is of kind `number` and gives nothing.
  [[nodiscard]] std::optional<std::int64_t> as_integer() const noexcept;
  /// The nearest double of an integer or number (also infinities and NaN of YAML); nothing when it is beyond the range of double.
  [[nodiscard]] std::optional<double> as_number() const noexcept;

  /// The tag as resolved, e.g. `!Ref` or `tag:yaml.org,2002:str`; empty when none was written.
  [[nodiscard]] std::string_view tag() const noexcept;
  /// Where the value begins. What came by alias or merge key is located at its anchor, where its text stands.
  [[nodiscard]] base::Location location() const;

  /// The same place in the same document.
  friend bool operator==(const Node&, const Node&) = default;

 private:
  const Storage* m_storage = nullptr;
  std::uint32_t m_index = 0;
};

/// One entry of a mapping. Keys are scalars: others are refused when read.
struct Entry {
  Node key;
  Node value;
};

/// Iteration over the items of a sequence, by value.
class ItemIterator {
 public:
  using value_type = Node;
  using difference_type = std::ptrdiff_t;
  using iterator_category = std::input_iterator_tag;
  ItemIterator() = default;
  ItemIterator(const Storage* storage, std::uint32_t index) noexcept : m_storage(storage), m_index(index) {}
  Node operator*() const noexcept { return {m_storage, m_index}; }
  ItemIterator& operator++() noexcept;
  ItemIterator operator++(int) noexcept;
  friend bool operator==(const ItemIterator& a, const ItemIterator& b) noexcept { return a.m_index == b.m_index; }

 private:
  const Storage* m_storage = nullptr;
  std::uint32_t m_index = 0;
};

class ItemRange {
 public:
  ItemRange() = default;
  ItemRange(ItemIterator first, ItemIterator last) noexcept : m_begin(first), m_end(last) {}
  [[nodiscard]] ItemIterator begin() const noexcept { return m_begin; }
  [[nodiscard]] ItemIterator end() const noexcept { return m_end; }

 private:
  ItemIterator m_begin;
  ItemIterator m_end;
};

/// Iteration over the entries of a mapping, by value.
class EntryIterator {
 public:
  using value_type = Entry;
  using difference_type = std::ptrdiff_t;
  using iterator_category = std::input_iterator_tag;
  EntryIterator() = default;
  EntryIterator(const Storage* storage, std::uint32_t index, std::uint32_t end) noexcept;
  Entry operator*() const noexcept;
  EntryIterator& operator++() noexcept;
  EntryIterator operator++(int) noexcept;
  friend bool operator==(const EntryIterator& a, const EntryIterator& b) noexcept { return a.m_index == b.m_index; }

 private:
  void skip_merge_keys() noexcept;
  const Storage* m_storage = nullptr;
  std::uint32_t m_index = 0;
  std::uint32_t m_end = 0;
};

class EntryRange {
 public:
  EntryRange() = default;
  EntryRange(EntryIterator first, EntryIterator last) noexcept : m_begin(first), m_end(last) {}
  [[nodiscard]] EntryIterator begin() const noexcept { return m_begin; }
  [[nodiscard]] EntryIterator end() const noexcept { return m_end; }

 private:
  EntryIterator m_begin;
  EntryIterator m_end;
};

}  // namespace postern::document
