// SPDX-License-Identifier: Apache-2.0
// Numbers the values that guards compare, so that a rule looks at its candidates only.
#include "policy/guard_index.h"

#include <numeric>
#include <optional>

namespace postern::policy {
namespace {

using cel::Value;

/// Texts and booleans in one space of keys; nothing for other values.
std::optional<std::string> key_of(const Value& value) {
  if (value.is(cel::Kind::string)) return "s" + std::string(value.as_text());
  if (value.is(cel::Kind::boolean)) return value.as_boolean() ? "t" : "f";
  return std::nullopt;
}

}  // namespace

GuardColumn::GuardColumn(std::size_t count, const std::function<Value(std::size_t)>& read) {
  m_numbers.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const std::optional<std::string> key = key_of(read(i));
    m_numbers.push_back(key ? m_values.try_emplace(*key, static_cast<std::uint32_t>(m_values.size() + 1)).first->second
                            : k_must_evaluate);
  }
}

std::vector<bool> GuardColumn::admitted(const std::vector<Value>& allowed) const {
  std::vector<bool> result(m_values.size() + 1);
  result[k_must_evaluate] = true;
  for (const Value& constant : allowed) {
    const std::optional<std::string> key = key_of(constant);
    if (!key) return {};
    if (const auto found = m_values.find(*key); found != m_values.end()) result[found->second] = true;
  }
  return result;
}

void GuardIndex::prepare(const cel::Program& program) {
  for (const cel::Guard& guard : program.guards()) {
    if (m_columns.find(guard.path) != m_columns.end()) continue;
    const auto read = [&](std::size_t subject) { return m_read(subject, guard.path); };
    m_columns.emplace(guard.path, GuardColumn(m_count, read));
  }
}

std::vector<std::uint32_t> GuardIndex::everything() const {
  std::vector<std::uint32_t> subjects(m_count);
  std::iota(subjects.begin(), subjects.end(), 0U);
  return subjects;
}

std::vector<std::uint32_t> GuardIndex::candidates(const cel::Program& program) const {
  std::vector<std::uint32_t> subjects = everything();
  for (const cel::Guard& guard : program.guards()) {
    const auto column = m_columns.find(guard.path);
    if (column == m_columns.end()) continue;
    const std::vector<bool> admitted = column->second.admitted(guard.allowed);
    if (admitted.empty()) continue;
    std::erase_if(subjects, [&](std::uint32_t subject) { return !admitted[column->second.number_at(subject)]; });
  }
  return subjects;
}

Value follow(std::span<const std::pair<std::string_view, Value>> variables, std::string_view path) {
  const auto first_dot = path.find('.');
  const std::string_view root = path.substr(0, first_dot);
  Value value = Value::absent();
  for (const auto& [name, root_value] : variables) {
    if (name == root) value = root_value;
  }
  if (first_dot == std::string_view::npos) return value;
  path.remove_prefix(first_dot + 1);
  while (value.is(cel::Kind::record)) {
    const auto dot = path.find('.');
    const cel::Record& record = value.as_record();
    const auto slot = record.type().slot_of(base::Symbol(path.substr(0, dot)));
    if (!slot) return Value::absent();
    value = record.get(*slot);
    if (dot == std::string_view::npos) return value;
    path.remove_prefix(dot + 1);
  }
  return Value::absent();
}

}  // namespace postern::policy
