// SPDX-License-Identifier: Apache-2.0
// What rules are judged on, one list a kind: how many there are, and the variables for each.
#pragma once
#include <postern/model/finding.h>

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "policy/state_view.h"

namespace postern::policy {

/// The variables of an expression, in the order in which cel_environment declares them.
class Activation {
 public:
  static constexpr std::size_t k_most = 4;
  void clear() noexcept { m_count = 0; }
  void append(cel::Value value) { m_values.at(m_count++) = std::move(value); }
  [[nodiscard]] std::span<const cel::Value> values() const noexcept { return std::span(m_values).first(m_count); }

 private:
  std::array<cel::Value, k_most> m_values;
  std::size_t m_count = 0;
};

/// The entities, relations or weaknesses of a state, or the changes of a delta. What it is made of must outlive it.
class Subjects {
 public:
  Subjects(model::SubjectKind kind, const StateView& state, const EnvironmentRecord& environment)
      : m_kind(kind), m_state(&state), m_environment(&environment) {}
  Subjects(const std::vector<ChangeRecord>& changes, const EnvironmentRecord& environment)
      : m_kind(model::SubjectKind::change), m_changes(&changes), m_environment(&environment) {}

  [[nodiscard]] model::SubjectKind kind() const noexcept { return m_kind; }
  [[nodiscard]] std::size_t size() const noexcept;
  [[nodiscard]] const StateView& state() const { return *m_state; }                          ///< all but changes
  [[nodiscard]] const ChangeRecord& change(std::size_t i) const { return (*m_changes)[i]; }  ///< changes
  void bind(std::size_t subject, Activation& activation) const;
  /// The value of one variable, by its slot.
  [[nodiscard]] cel::Value variable(std::size_t subject, std::size_t slot) const;
  /// The address, for messages: `NAMESPACE/NAME`, `SOURCE -> TARGET`, with `: attribute` for changes.
  [[nodiscard]] std::string name_of(std::size_t subject) const;

 private:
  model::SubjectKind m_kind;
  const StateView* m_state = nullptr;
  const std::vector<ChangeRecord>* m_changes = nullptr;
  const EnvironmentRecord* m_environment;
};

}  // namespace postern::policy
