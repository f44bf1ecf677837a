// SPDX-License-Identifier: Apache-2.0
// Skips subjects for which a rule's constant guards cannot hold: a look at a column of small numbers instead of an evaluation.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cel/program.h"

namespace postern::policy {

/// A guarded path, resolved against the declarations: the variable, then the slots of the fields.
struct GuardPath {
  std::size_t variable = 0;
  std::vector<std::uint32_t> slots;
};
/// Nothing when the path leads through something that is no record.
[[nodiscard]] std::optional<GuardPath> resolve_path(std::string_view path, const cel::Environment& environment);
/// What the path leads to from the value of its variable; an error value when a record on the way is absent.
[[nodiscard]] cel::Value follow(const GuardPath& path, cel::Value value);

/// The values of one guarded path over all subjects of one kind: the number of the value, or 0 where it must be evaluated.
class GuardColumn {
 public:
  static constexpr std::uint32_t k_must_evaluate = 0;
  explicit GuardColumn(std::size_t count) { m_numbers.reserve(count); }
  /// Adds the value of the next subject. Texts and booleans are numbered; everything else must be evaluated.
  void add(const cel::Value& value);

  [[nodiscard]] std::uint32_t number_at(std::size_t subject) const { return m_numbers[subject]; }
  /// For each number, whether `allowed` has its value; nothing when a constant is neither text nor boolean.
  [[nodiscard]] std::vector<bool> admitted(const std::vector<cel::Value>& allowed) const;

 private:
  [[nodiscard]] std::optional<std::uint32_t> find(const cel::Value& value) const;
  std::map<std::string, std::uint32_t, std::less<>> m_texts;
  std::vector<std::uint32_t> m_numbers;
};

/// Columns of the subjects of one kind in one state. Columns are made before the evaluation starts and are read-only then.
class GuardIndex {
 public:
  /// The value of variable number `variable` for a subject.
  using ReadVariable = std::function<cel::Value(std::size_t subject, std::size_t variable)>;
  GuardIndex(std::size_t count, const cel::Environment& environment, ReadVariable read)
      : m_count(count), m_environment(environment), m_read(std::move(read)) {}

  /// Makes the columns that `program` can use.
  void prepare(const cel::Program& program);
  /// Subjects that `program` may be true, unknown or failing for, ascending.
  [[nodiscard]] std::vector<std::uint32_t> candidates(const cel::Program& program) const;
  /// All subjects.
  [[nodiscard]] std::vector<std::uint32_t> everything() const;

 private:
  std::size_t m_count;
  const cel::Environment& m_environment;
  ReadVariable m_read;
  std::map<std::string, GuardColumn, std::less<>> m_columns;
};

}  // namespace postern::policy
