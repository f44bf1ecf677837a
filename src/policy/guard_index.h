// SPDX-License-Identifier: Apache-2.0
// Skips subjects for which a rule's constant guards cannot hold: a look at a column of small numbers instead of an evaluation.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "cel/program.h"
#include "policy/field.h"

namespace postern::policy {

/// The values of one guarded path over all subjects of one kind: the number of the value, or 0 where it must be evaluated.
class GuardColumn {
 public:
  static constexpr std::uint32_t k_must_evaluate = 0;
  /// Values are read by `read` for subjects 0..count-1. Texts and booleans are numbered; everything else must be evaluated.
  GuardColumn(std::size_t count, const std::function<cel::Value(std::size_t)>& read);

  [[nodiscard]] std::uint32_t number_at(std::size_t subject) const { return m_numbers[subject]; }
  /// For each number, whether `allowed` has its value; nothing when a constant is neither text nor boolean.
  [[nodiscard]] std::vector<bool> admitted(const std::vector<cel::Value>& allowed) const;

 private:
  std::map<std::string, std::uint32_t, std::less<>> m_values;
  std::vector<std::uint32_t> m_numbers;
};

/// Columns of the subjects of one kind in one state. Columns are made before the evaluation starts and are read-only then.
class GuardIndex {
 public:
  /// Reads what `path` ("relation.kind") leads to for a subject.
  using Read = std::function<cel::Value(std::size_t subject, std::string_view path)>;
  GuardIndex(std::size_t count, Read read) : m_count(count), m_read(std::move(read)) {}

  /// Makes the columns that `program` can use.
  void prepare(const cel::Program& program);
  /// Subjects that `program` may be true, unknown or failing for, ascending.
  [[nodiscard]] std::vector<std::uint32_t> candidates(const cel::Program& program) const;
  /// All subjects.
  [[nodiscard]] std::vector<std::uint32_t> everything() const;

 private:
  std::size_t m_count;
  Read m_read;
  std::map<std::string, GuardColumn, std::less<>> m_columns;
};

/// Follows `path` through records, from the variable in front of the first dot. An error value when it leads nowhere.
[[nodiscard]] cel::Value follow(std::span<const std::pair<std::string_view, cel::Value>> variables, std::string_view path);

}  // namespace postern::policy
