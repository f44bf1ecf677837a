// SPDX-License-Identifier: Apache-2.0
// Numbers the values that guards compare, so that a rule looks at its candidates only.
#include "policy/guard_index.h"

#include <postern/base/text.h>

#include <algorithm>
#include <numeric>

namespace postern::policy {
namespace {

using cel::Value;

constexpr std::uint32_t k_false = 1;
constexpr std::uint32_t k_true = 2;
constexpr std::uint32_t k_first_text = 3;

}  // namespace

std::optional<GuardPath> resolve_path(std::string_view path, const cel::Environment& environment) {
  const std::vector<std::string_view> names = base::split(path, '.');
  const auto variable = environment.slot_of(names.front());
  if (!variable) return std::nullopt;
  GuardPath resolved{*variable, {}};
  cel::Type type = environment.variables()[*variable].type;
  for (std::size_t i = 1; i < names.size(); ++i) {
    const cel::ObjectType* object = type.is(cel::TypeKind::object) ? environment.object_type(type.name()) : nullptr;
    const auto slot = object == nullptr ? std::nullopt : object->slot_of(base::Symbol(names[i]));
    if (!slot) return std::nullopt;
    resolved.slots.push_back(*slot);
    type = object->fields()[*slot].type;
  }
  return resolved;
}

Value follow(const GuardPath& path, Value value) {
  for (const std::uint32_t slot : path.slots) {
    if (!value.is(cel::Kind::record)) return Value::absent();
    Value next = value.as_record().get(slot);  // before the record may go away
    value = std::move(next);
  }
  return value;
}

void GuardColumn::add(const Value& value) {
  std::optional<std::uint32_t> number = find(value);
  if (!number && value.is(cel::Kind::string)) {
    number = static_cast<std::uint32_t>(m_texts.size()) + k_first_text;
    m_texts.emplace(value.as_text(), *number);
  }
  m_numbers.push_back(number.value_or(k_must_evaluate));
}

std::optional<std::uint32_t> GuardColumn::find(const Value& value) const {
  if (value.is(cel::Kind::boolean)) return value.as_boolean() ? k_true : k_false;
  if (!value.is(cel::Kind::string)) return std::nullopt;
  const auto found = m_texts.find(value.as_text());
  return found == m_texts.end() ? std::nullopt : std::optional(found->second);
}

std::vector<bool> GuardColumn::admitted(const std::vector<Value>& allowed) const {
  std::vector<bool> result(m_texts.size() + k_first_text);
  result[k_must_evaluate] = true;
  for (const Value& constant : allowed) {
    if (!constant.is(cel::Kind::string) && !constant.is(cel::Kind::boolean)) return {};
    if (const auto number = find(constant)) result[*number] = true;
  }
  return result;
}

void GuardColumn::finish() {
  m_start.assign(m_texts.size() + k_first_text + 1, 0);
  for (const std::uint32_t number : m_numbers) ++m_start[number + 1];
  std::partial_sum(m_start.begin(), m_start.end(), m_start.begin());
  std::vector<std::uint32_t> next = m_start;
  m_subjects.resize(m_numbers.size());
  for (std::size_t subject = 0; subject < m_numbers.size(); ++subject)
    m_subjects[next[m_numbers[subject]]++] = static_cast<std::uint32_t>(subject);
}

std::vector<std::uint32_t> GuardColumn::subjects(const std::vector<bool>& admitted) const {
  std::vector<std::uint32_t> found;
  for (std::size_t number = 0; number < admitted.size(); ++number) {
    if (!admitted[number] || m_start[number] == m_start[number + 1]) continue;
    const auto middle = static_cast<std::ptrdiff_t>(found.size());
    found.insert(found.end(), m_subjects.begin() + m_start[number], m_subjects.begin() + m_start[number + 1]);
    std::inplace_merge(found.begin(), found.begin() + middle, found.end());
  }
  return found;
}

void GuardIndex::prepare(const cel::Program& program) {
  for (const cel::Guard& guard : program.guards()) {
    if (m_columns.find(guard.path) != m_columns.end()) return;
    auto path = resolve_path(guard.path, m_environment);
    if (!path) continue;
    m_columns.emplace(guard.path, Entry{std::move(*path), {}, false});
    return;
  }
}

std::vector<std::string> GuardIndex::unfilled() const {
  std::vector<std::string> paths;
  for (const auto& [path, entry] : m_columns)
    if (!entry.filled) paths.push_back(path);
  return paths;
}

void GuardIndex::fill(const std::string& path) {
  Entry& entry = m_columns.at(path);
  for (std::size_t subject = 0; subject < m_count; ++subject)
    entry.column.add(follow(entry.path, m_read(subject, entry.path.variable)));
  entry.column.finish();
  entry.filled = true;
}

std::vector<std::uint32_t> GuardIndex::everything() const {
  std::vector<std::uint32_t> subjects(m_count);
  std::iota(subjects.begin(), subjects.end(), 0U);
  return subjects;
}

std::vector<std::uint32_t> GuardIndex::candidates(const cel::Program& program) const {
  std::optional<std::vector<std::uint32_t>> found;
  for (const cel::Guard& guard : program.guards()) {
    const auto at = m_columns.find(guard.path);
    if (at == m_columns.end() || !at->second.filled) continue;
    const GuardColumn& column = at->second.column;
    const std::vector<bool> admitted = column.admitted(guard.allowed);
    if (admitted.empty()) continue;
    if (!found) {
      found = column.subjects(admitted);
    } else {
      std::erase_if(*found, [&](std::uint32_t subject) { return !admitted[column.number_at(subject)]; });
    }
  }
  return found ? std::move(*found) : everything();
}

}  // namespace postern::policy
