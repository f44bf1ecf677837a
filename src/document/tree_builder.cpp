// SPDX-License-Identifier: Apache-2.0
// Building of records and the checks common to YAML and JSON.
#include "tree_builder.h"

#include <postern/base/error.h>

#include <algorithm>
#include <limits>

#include "block_line.h"
#include "code_names.h"
#include "merge.h"

namespace postern::document {
namespace {

/// Up to here every key is compared with every other; beyond, keys are sorted, and the order is kept for look-ups.
constexpr std::uint32_t k_few_keys = 16;

constexpr std::uint64_t saturating_add(std::uint64_t a, std::uint64_t b) noexcept {
  return a > std::numeric_limits<std::uint64_t>::max() - b ? std::numeric_limits<std::uint64_t>::max() : a + b;
}

}  // namespace

TreeBuilder::TreeBuilder(std::shared_ptr<const Source> source, const Limits& limits, Reporter& reporter)
    : m_source(std::move(source)), m_limits(limits), m_reporter(reporter), m_nodes_left(limits.nodes) {}

void TreeBuilder::start(std::size_t expected_values) {
  m_storage = std::make_shared<Storage>(m_source);
  m_storage->records = std::move(m_spare);
  m_storage->records.clear();
  m_storage->records.reserve(std::min<std::size_t>(expected_values, m_nodes_left));
  m_open.clear();
  m_expanded = 0;
  m_merge_steps = 0;
  m_merged_records = 0;
  m_refused = false;
  m_is_attempt = false;
}

void TreeBuilder::start_attempt() {
  start();
  m_is_attempt = true;
  m_nodes_left_before = m_nodes_left;
}

void TreeBuilder::undo_attempt() noexcept {
  m_spare = std::move(m_storage->records);
  m_storage.reset();
  m_nodes_left = m_nodes_left_before;
}

std::optional<Document> TreeBuilder::finish() {
  POSTERN_ASSERT(m_open.empty() && !m_storage->records.empty());
  check_expansion();
  const std::shared_ptr<Storage> done = std::move(m_storage);
  if (m_refused) return std::nullopt;
  std::vector<Record>& records = done->records;
  if (records.capacity() - records.size() > records.size() / 4) {
    m_spare = std::move(records);
    records.assign(m_spare.begin(), m_spare.end());
  }
  return Document(done);
}

void TreeBuilder::refuse(const char* code, std::size_t offset, std::string message, std::string hint) {
  if (m_is_attempt) throw NotPlain{};
  m_refused = true;
  m_reporter.error(code, offset, std::move(message), std::move(hint));
}

std::uint32_t TreeBuilder::add(const Record& record, std::uint64_t expanded) {
  if (m_nodes_left == 0) {
    throw Refusal{k_too_many_values, record.offset, "the file holds more than " + std::to_string(m_limits.nodes) + " values",
                  "split it or leave it out"};
  }
  --m_nodes_left;
  if (m_open.empty()) {
    m_expanded = expanded;
  } else {
    ++m_open.back().children;
    m_open.back().expanded = saturating_add(m_open.back().expanded, expanded);
  }
  m_storage->records.push_back(record);
  return static_cast<std::uint32_t>(m_storage->records.size() - 1);
}

std::uint32_t TreeBuilder::scalar(const Scalar& scalar) {
  Record record{};
  record.text = scalar.text.data();
  record.size = static_cast<std::uint32_t>(scalar.text.size());
  record.end = static_cast<std::uint32_t>(m_storage->records.size() + 1);
  record.offset = static_cast<std::uint32_t>(scalar.offset);
  record.kind = scalar.kind;
  record.style = scalar.style;
  return add(record, 1);
}

void TreeBuilder::too_deep(std::size_t offset) const {
  throw Refusal{k_too_deep, offset, "nested more than " + std::to_string(m_limits.depth) + " levels deep", "flatten the structure"};
}

std::uint32_t TreeBuilder::open(Kind kind, Style style, std::size_t offset) {
  if (expects_key()) {
    const bool is_template = offset > 0 && m_source->text().substr(offset - 1, 2) == "{{";
    throw Refusal{k_key_not_scalar, offset, std::string("a ") + to_string(kind) + " as mapping key is not supported",
                  is_template ? "this looks like a template: render it first" : "use a text as key"};
  }
  if (m_open.size() >= m_limits.depth) too_deep(offset);
  Record record{};
  record.offset = static_cast<std::uint32_t>(offset);
  record.kind = kind;
  record.style = style;
  const std::uint32_t index = add(record, 0);
  m_open.push_back({.record = index, .is_mapping = kind == Kind::mapping});
  return index;
}

std::uint32_t TreeBuilder::alias(const AliasTarget& target, std::size_t offset) {
  if (expects_key() && target.height > 0) {
    throw Refusal{k_key_not_scalar, offset, "an alias of a container as mapping key is not supported", "use a text as key"};
  }
  if (m_open.size() + target.height > m_limits.depth) too_deep(offset);
  if (!m_open.empty()) m_open.back().height = std::max(m_open.back().height, target.height + 1);
  Record record{};
  record.end = target.record;
  record.offset = static_cast<std::uint32_t>(offset);
  record.flags = k_alias;
  return add(record, target.expanded);
}

OpenContainer TreeBuilder::close() {
  OpenContainer closed = m_open.back();
  Record& record = m_storage->records[closed.record];
  record.end = static_cast<std::uint32_t>(m_storage->records.size());
  record.size = closed.is_mapping ? closed.children / 2 - closed.merge_keys : closed.children;
  if (closed.is_mapping) {
    check_duplicates(closed);
    if (closed.merge_keys > 0) Merger(*this, closed.record).merge();
  }
  m_open.pop_back();
  if (m_open.empty()) {
    m_expanded = closed.expanded;
  } else {
    OpenContainer& parent = m_open.back();
    parent.expanded = saturating_add(parent.expanded, closed.expanded);
    parent.height = std::max(parent.height, closed.height + 1);
  }
  return closed;
}

void TreeBuilder::tag(std::uint32_t record, std::string_view tag) {
  m_storage->records[record].flags |= k_tagged;
  m_storage->tags.push_back({record, keep(tag)});
}

void TreeBuilder::mark_merge_key(std::uint32_t record) {
  m_storage->records[record].flags |= k_merge_key;
  if (++m_open.back().merge_keys > 1) {
    refuse(k_duplicate_key, m_storage->records[record].offset, "the mapping has more than one merge key",
           "give one merge key a list: <<: [*first, *second]");
  }
}

void TreeBuilder::check_duplicates(const OpenContainer& mapping) {
  if (mapping.children / 2 <= k_few_keys) {
    check_few_keys(mapping.record);
  } else {
    check_many_keys(mapping.record);
  }
}

void TreeBuilder::check_few_keys(std::uint32_t mapping) {
  const Storage& storage = *m_storage;
  const std::uint32_t end = storage.records[mapping].end;
  std::uint32_t keys[k_few_keys];
  std::size_t count = 0;
  for (std::uint32_t at = mapping + 1; at < end; at = storage.next(at + 1)) {
    if ((storage.records[at].flags & k_merge_key) != 0) continue;
    for (std::size_t i = 0; i < count; ++i) {
      if (storage.text(keys[i]) == storage.text(at)) report_duplicate(keys[i], at);
    }
    keys[count++] = at;
  }
}

void TreeBuilder::check_many_keys(std::uint32_t mapping) {
  struct Key {
    std::string_view text;
    std::uint32_t record;
  };
  Storage& storage = *m_storage;
  std::vector<Key> keys;
  keys.reserve(m_open.back().children / 2);
  for (std::uint32_t at = mapping + 1; at < storage.records[mapping].end; at = storage.next(at + 1)) {
    if ((storage.records[at].flags & k_merge_key) == 0) keys.push_back({storage.text(at), at});
  }
  std::sort(keys.begin(), keys.end(), [](const Key& a, const Key& b) {
    return key_less(a.text, b.text) || (!key_less(b.text, a.text) && a.record < b.record);
  });
  storage.records[mapping].key_table = storage.sorted_keys.size() + 1;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    storage.sorted_keys.push_back(keys[i].record);
    if (i > 0 && keys[i - 1].text == keys[i].text) report_duplicate(keys[i - 1].record, keys[i].record);
  }
}

void TreeBuilder::report_duplicate(std::uint32_t first, std::uint32_t second) {
  if (m_is_attempt) throw NotPlain{};
  const auto earlier = m_source->locate(m_storage->records[first].offset);
  std::string message = "the key " + quoted(m_storage->text(second)) + " was given before, at line " + std::to_string(earlier.line);
  const std::size_t offset = m_storage->records[second].offset;
  if (m_limits.duplicate_keys == DuplicateKeys::warn) {
    m_reporter.warning(k_duplicate_key, offset, std::move(message), "remove one of the two");
  } else {
    refuse(k_duplicate_key, offset, std::move(message), "remove one of the two");
  }
}

std::uint64_t TreeBuilder::allowed_expansion() const noexcept {
  const std::uint64_t written = m_storage->records.size() - m_merged_records;
  return std::max<std::uint64_t>(m_limits.expansion_factor * written, m_limits.expansion_floor);
}

void TreeBuilder::check_expansion() {
  const std::uint64_t allowed = allowed_expansion();
  if (m_expanded <= allowed) return;
  refuse(k_alias_expansion, m_storage->records[0].offset,
         "written out, the aliases of this document give more than " + std::to_string(allowed) + " values", "write the values out");
}

}  // namespace postern::document
