// SPDX-License-Identifier: Apache-2.0
// Builds the records of one document from a stream of values, and checks on the way what YAML and JSON have in common:
// depth, number of values, keys that are scalars and unique.
#pragma once
#include <postern/document/document.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "reporter.h"
#include "storage.h"

namespace postern::document {

/// One scalar as a reader found it.
struct Scalar {
  Kind kind;
  Style style;
  std::string_view text;  ///< lives as long as the document: part of the source, or made so with TreeBuilder::keep
  std::size_t offset;
};

/// One container while it is open.
struct OpenContainer {
  std::uint32_t record;
  std::uint32_t children = 0;  ///< keys and values counted alike
  std::uint32_t merge_keys = 0;
  bool is_mapping = false;
  std::uint32_t height = 1;    ///< levels of containers in it and of what its aliases name, itself included
  std::uint64_t expanded = 1;  ///< values when all aliases are written out; saturates
};

/// What an alias names.
struct AliasTarget {
  std::uint32_t record = 0;
  std::uint32_t height = 0;    ///< 0 for scalars
  std::uint64_t expanded = 1;  ///< as in OpenContainer
};

class TreeBuilder {
 public:
  TreeBuilder(std::shared_ptr<const Source> source, const Limits& limits, Reporter& reporter);

  /// Begins a document, with room for so many values where that is known.
  void start(std::size_t expected_values = 0);
  /// The same, for a reader that may yet find that the document is not for it: what would be reported throws NotPlain instead.
  void start_attempt();
  /// Forgets the document of start_attempt as though it had never been begun.
  void undo_attempt() noexcept;
  /// Ends it; nothing when it had an error.
  std::optional<Document> finish();
  /// Forgets what was built of the present document.
  void abandon() noexcept { m_storage.reset(); }
  /// Reports an error and leaves the present document out, but goes on reading it.
  void refuse(const char* code, std::size_t offset, std::string message, std::string hint = {});

  /// Each adds one value and returns its record. All throw Refusal when a limit is passed or a key is no scalar.
  std::uint32_t scalar(const Scalar& scalar);
  std::uint32_t open(Kind kind, Style style, std::size_t offset);
  std::uint32_t alias(const AliasTarget& target, std::size_t offset);
  /// Ends the innermost container; what it was is returned for the reader's own book-keeping.
  OpenContainer close();

  void tag(std::uint32_t record, std::string_view tag);
  /// Marks the key that was just added as a merge key.
  void mark_merge_key(std::uint32_t record);
  std::string_view keep(std::string_view text) { return m_storage->arena.keep(text); }

  [[nodiscard]] bool expects_key() const noexcept {
    return !m_open.empty() && m_open.back().is_mapping && m_open.back().children % 2 == 0;
  }
  [[nodiscard]] std::size_t depth() const noexcept { return m_open.size(); }
  [[nodiscard]] const std::vector<OpenContainer>& containers() const noexcept { return m_open; }
  [[nodiscard]] const Storage& storage() const noexcept { return *m_storage; }

 private:
  std::uint32_t add(const Record& record, std::uint64_t expanded);
  void check_duplicates(const OpenContainer& mapping);
  void check_few_keys(std::uint32_t mapping);
  void check_many_keys(std::uint32_t mapping);
  void report_duplicate(std::uint32_t first, std::uint32_t second);
  void check_expansion();
  [[noreturn]] void too_deep(std::size_t offset) const;
  /// How many values the aliases may make, by what was written so far.
  [[nodiscard]] std::uint64_t allowed_expansion() const noexcept;

  std::shared_ptr<const Source> m_source;
  const Limits& m_limits;
  Reporter& m_reporter;
  std::shared_ptr<Storage> m_storage;
  std::vector<Record> m_spare;  ///< memory that was touched before, for the next document: fresh pages are dear
  std::vector<OpenContainer> m_open;
  std::uint32_t m_nodes_left;
  std::uint64_t m_expanded = 0;
  std::uint64_t m_merge_steps = 0;
  std::uint64_t m_merged_records = 0;
  bool m_refused = false;
  bool m_is_attempt = false;
  std::uint32_t m_nodes_left_before = 0;  ///< the attempt

  friend class Merger;
};

}  // namespace postern::document
