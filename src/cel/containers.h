// SPDX-License-Identifier: Apache-2.0
// The lists, maps and other shared objects that an evaluation itself makes.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "cel/value.h"

namespace postern::cel {

/// Deepest nesting of lists, maps and optionals that an expression can build: keeps destruction and comparison off deep recursion.
inline constexpr std::uint32_t k_deepest_value = 200;

struct TextObject final : Shared {
  explicit TextObject(std::string value) : text(std::move(value)) {}
  std::string text;
};

struct OptionalObject final : Shared {
  explicit OptionalObject(Value value) : content(std::move(value)) {}
  Value content;
};

struct UnknownObject final : Shared {
  explicit UnknownObject(std::vector<base::Symbol> names) : paths(std::move(names)) {}
  std::vector<base::Symbol> paths;  ///< sorted, distinct
};

struct ErrorObject final : Shared {
  static constexpr std::uint32_t k_nowhere = UINT32_MAX;
  ErrorObject(std::string text, std::uint32_t where) : message(std::move(text)), offset(where) {}
  std::string message;
  std::uint32_t offset;
};

class OwnedList final : public Sequence {
 public:
  explicit OwnedList(std::vector<Value> elements);
  [[nodiscard]] std::size_t size() const override { return m_elements.size(); }
  [[nodiscard]] Value at(std::size_t index) const override { return m_elements[index]; }
  [[nodiscard]] Value view(std::size_t index) const override { return m_elements[index].borrowed(); }
  [[nodiscard]] std::uint32_t depth() const override { return m_depth; }

 private:
  std::vector<Value> m_elements;
  std::uint32_t m_depth;
};

class OwnedMap final : public Mapping {
 public:
  using Entries = std::vector<std::pair<Value, Value>>;
  explicit OwnedMap(Entries entries);
  [[nodiscard]] std::size_t size() const override { return m_entries.size(); }
  [[nodiscard]] Value key_at(std::size_t index) const override { return m_entries[index].first; }
  [[nodiscard]] Value value_at(std::size_t index) const override { return m_entries[index].second; }
  [[nodiscard]] std::optional<Value> find(const Value& key) const override;
  [[nodiscard]] std::uint32_t depth() const override { return m_depth; }
  /// Position of the first entry whose key equals an earlier one, if any.
  [[nodiscard]] std::optional<std::size_t> duplicate() const noexcept { return m_duplicate; }

 private:
  Entries m_entries;
  std::vector<std::uint32_t> m_order;  ///< entries sorted by key, for large maps only
  std::optional<std::size_t> m_duplicate;
  std::uint32_t m_depth = 1;
};

/// Boolean, integer, unsigned integer or string.
[[nodiscard]] bool is_key(const Value& value) noexcept;
/// Order of two keys (or numbers to look up): boolean < number < string; numbers by value across types.
[[nodiscard]] int compare_keys(const Value& a, const Value& b) noexcept;

}  // namespace postern::cel
