// SPDX-License-Identifier: Apache-2.0
// Lists of records as expressions see them.
#pragma once
#include <memory>
#include <span>
#include <utility>

#include "cel/value.h"
#include "policy/pooled.h"

namespace postern::policy {

/// Records of the state, by position: borrowed, since they live as long as the state.
template <class R>
class RecordSequence final : public cel::Sequence, public Pooled<RecordSequence<R>> {
 public:
  explicit RecordSequence(std::span<const R> records) : m_records(records) {}
  [[nodiscard]] std::size_t size() const override { return m_records.size(); }
  [[nodiscard]] cel::Value at(std::size_t index) const override { return cel::Value::record(m_records[index]); }

 private:
  std::span<const R> m_records;
};

template <class R>
[[nodiscard]] cel::Value list_of(std::span<const R> records) {
  return cel::Value::own_list(std::make_unique<RecordSequence<R>>(records));
}

/// Records of which there may be more: the last element is unknown. So `exists` is true where one is found and unknown where none
/// is, and `all` is false or unknown.
template <class R>
class OpenSequence final : public cel::Sequence, public Pooled<OpenSequence<R>> {
 public:
  OpenSequence(std::span<const R> records, base::Symbol path) : m_records(records), m_path(path) {}
  [[nodiscard]] std::size_t size() const override { return m_records.size() + 1; }
  [[nodiscard]] cel::Value at(std::size_t index) const override {
    return index < m_records.size() ? cel::Value::record(m_records[index]) : cel::Value::unknown(m_path);
  }

 private:
  std::span<const R> m_records;
  base::Symbol m_path;
};

template <class R>
[[nodiscard]] cel::Value open_list_of(std::span<const R> records, base::Symbol path) {
  if (records.empty()) return cel::Value::unknown(path);
  return cel::Value::own_list(std::make_unique<OpenSequence<R>>(records, path));
}

}  // namespace postern::policy
