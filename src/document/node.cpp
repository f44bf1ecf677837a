// SPDX-License-Identifier: Apache-2.0
// Reading values out of the records.
#include <postern/document/node.h>

#include <algorithm>

#include "scalar_types.h"
#include "storage.h"

namespace postern::document {

const char* to_string(Kind kind) noexcept {
  constexpr const char* k_names[] = {"null", "boolean", "integer", "number", "string", "sequence", "mapping"};
  return k_names[static_cast<std::size_t>(kind)];
}

Node::Node(const Storage* storage, std::uint32_t index) noexcept : m_storage(storage), m_index(storage->resolve(index)) {}

Kind Node::kind() const noexcept { return m_storage ? m_storage->records[m_index].kind : Kind::null; }
Style Node::style() const noexcept { return m_storage ? m_storage->records[m_index].style : Style::plain; }
bool Node::was_quoted() const noexcept { return style() == Style::single_quoted || style() == Style::double_quoted; }

Node Node::operator[](std::string_view key) const noexcept {
  if (!is_mapping()) return {};
  const std::uint32_t found = m_storage->find(m_index, key);
  return found != 0 ? Node(m_storage, found) : Node();
}

Node Node::at(std::size_t index) const noexcept {
  if (!is_sequence() || index >= size()) return {};
  std::uint32_t at = m_index + 1;
  for (; index > 0; --index) at = m_storage->next(at);
  return {m_storage, at};
}

std::size_t Node::size() const noexcept { return is_mapping() || is_sequence() ? m_storage->records[m_index].size : 0; }

ItemRange Node::items() const noexcept {
  if (!is_sequence()) return {};
  return {ItemIterator(m_storage, m_index + 1), ItemIterator(m_storage, m_storage->records[m_index].end)};
}

EntryRange Node::entries() const noexcept {
  if (!is_mapping()) return {};
  const std::uint32_t end = m_storage->records[m_index].end;
  return {EntryIterator(m_storage, m_index + 1, end), EntryIterator(m_storage, end, end)};
}

std::string_view Node::text() const noexcept { return is_scalar() ? m_storage->text(m_index) : std::string_view(); }

std::optional<std::string_view> Node::as_string() const noexcept {
  return m_storage && kind() == Kind::string ? std::optional(text()) : std::nullopt;
}

std::optional<bool> Node::as_boolean() const noexcept {
  if (kind() != Kind::boolean) return std::nullopt;
  return text().front() == 't' || text().front() == 'T';
}

std::optional<std::int64_t> Node::as_integer() const noexcept {
  return kind() == Kind::integer ? integer_value(text()) : std::nullopt;
}

std::optional<double> Node::as_number() const noexcept {
  return kind() == Kind::integer || kind() == Kind::number ? number_value(text()) : std::nullopt;
}

std::string_view Node::tag() const noexcept {
  if (!m_storage || (m_storage->records[m_index].flags & k_tagged) == 0) return {};
  const auto found = std::lower_bound(m_storage->tags.begin(), m_storage->tags.end(), m_index,
                                      [](const TagRow& row, std::uint32_t index) { return row.record < index; });
  return found->tag;
}

base::Location Node::location() const {
  return m_storage ? m_storage->source->locate(m_storage->records[m_index].offset) : base::Location{};
}

ItemIterator& ItemIterator::operator++() noexcept {
  m_index = m_storage->next(m_index);
  return *this;
}

ItemIterator ItemIterator::operator++(int) noexcept {
  const ItemIterator before = *this;
  ++*this;
  return before;
}

EntryIterator::EntryIterator(const Storage* storage, std::uint32_t index, std::uint32_t end) noexcept
    : m_storage(storage), m_index(index), m_end(end) {
  skip_merge_keys();
}

Entry EntryIterator::operator*() const noexcept { return {Node(m_storage, m_index), Node(m_storage, m_storage->next(m_index))}; }

EntryIterator& EntryIterator::operator++() noexcept {
  m_index = m_storage->next(m_storage->next(m_index));
  skip_merge_keys();
  return *this;
}

EntryIterator EntryIterator::operator++(int) noexcept {
  const EntryIterator before = *this;
  ++*this;
  return before;
}

void EntryIterator::skip_merge_keys() noexcept {
  while (m_index < m_end && (m_storage->records[m_index].flags & k_merge_key) != 0) {
    m_index = m_storage->next(m_storage->next(m_index));
  }
}

}  // namespace postern::document
