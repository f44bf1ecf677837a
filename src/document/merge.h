// SPDX-License-Identifier: Apache-2.0
// Resolves the merge key (`<<`, https://yaml.org/type/merge.html) of one mapping.
#pragma once
#include <cstdint>
#include <set>
#include <string_view>

#include "storage.h"

namespace postern::document {

class TreeBuilder;

/// Appends to a mapping, whose records are the last of the document, one alias pair for every entry that its merge key brings in.
/// The mapping's own keys win, then earlier mappings of a list.
class Merger {
 public:
  Merger(TreeBuilder& builder, std::uint32_t mapping) : m_builder(builder), m_mapping(mapping) {}
  /// Throws Refusal when the budget for expansions is spent.
  void merge();

 private:
  struct KeyLess {
    bool operator()(std::string_view a, std::string_view b) const noexcept { return key_less(a, b); }
  };
  void merge_value(std::uint32_t value);
  void merge_mapping(std::uint32_t source);
  void append_alias(std::uint32_t target, std::uint32_t offset);
  void index_keys();

  TreeBuilder& m_builder;
  std::uint32_t m_mapping;
  std::uint32_t m_added = 0;
  std::set<std::string_view, KeyLess> m_present;
};

}  // namespace postern::document
