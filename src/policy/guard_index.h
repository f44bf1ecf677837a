// SPDX-License-Identifier: Apache-2.0
// Skips subjects for which a rule's constant guards cannot hold: a look at a column of small numbers instead of an evaluation.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
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

/// The values of one guarded path over all subjects of one kind: the number of the value, or 0 where it must be evaluated; and for
/// each number the subjects that have it.
class GuardColumn {
 public:
  static constexpr std::uint32_t k_must_evaluate = 0;
  /// Adds the value of the next subject. Texts and booleans are numbered; everything else must be evaluated.
  void add(const cel::Value& value);
  /// Sorts the subjects by number once all are added.
  void finish();

  [[nodiscard]] std::uint32_t number_at(std::size_t subject) const { return m_numbers[subject]; }
  /// For each number, whether `allowed` has its value; nothing when a constant is neither text nor boolean.
  [[nodiscard]] std::vector<bool> admitted(const std::vector<cel::Value>& allowed) const;
  /// The subjects whose number is admitted, ascending.
  [[nodiscard]] std::vector<std::uint32_t> subjects(const std::vector<bool>& admitted) const;

 private:
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
  };
  [[nodiscard]] std::optional<std::uint32_t> find(const cel::Value& value) const;
  std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>> m_texts;  // look-up only, never iterated
  std::vector<std::uint32_t> m_numbers;
  std::vector<std::uint32_t> m_subjects;  ///< by number, then ascending
  std::vector<std::uint32_t> m_start;     ///< of each number in m_subjects
};

/// Columns of the subjects of one kind in one state. Columns are made before the evaluation starts and are read-only then.
class GuardIndex {
 public:
  /// The value of variable number `variable` for a subject.
  using ReadVariable = std::function<cel::Value(std::size_t subject, std::size_t variable)>;
  GuardIndex(std::size_t count, const cel::Environment& environment, ReadVariable read)
      : m_count(count), m_environment(environment), m_read(std::move(read)) {}

  /// Asks for the column that `program` can use best: of its first guard that can be indexed. Guards on other paths use the columns
  /// that are there because of other programs.
  void prepare(const cel::Program& program);
  /// The paths of the columns that were asked for and are not filled.
  [[nodiscard]] std::vector<std::string> unfilled() const;
  /// Reads the values of one column; safe for several columns at a time.
  void fill(const std::string& path);
  /// Subjects that `program` may be true, unknown or failing for, ascending.
  [[nodiscard]] std::vector<std::uint32_t> candidates(const cel::Program& program) const;
  /// All subjects.
  [[nodiscard]] std::vector<std::uint32_t> everything() const;

 private:
  struct Entry {
    GuardPath path;
    GuardColumn column;
    bool filled = false;
  };
  std::size_t m_count;
  const cel::Environment& m_environment;
  ReadVariable m_read;
  std::map<std::string, Entry, std::less<>> m_columns;
};

}  // namespace postern::policy
