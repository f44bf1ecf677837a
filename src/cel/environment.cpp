// SPDX-License-Identifier: Apache-2.0
// Declarations of the host on top of the standard library.
#include "cel/environment.h"

#include <postern/base/error.h>

#include <algorithm>

namespace postern::cel {
namespace {

using Index = std::map<std::string, std::vector<const Function*>, std::less<>>;

const Index& standard_index() {
  static const Index k_index = [] {
    Index index;
    for (const Function& function : standard_functions()) index[function.name].push_back(&function);
    return index;
  }();
  return k_index;
}

bool is_operator(std::string_view name) {
  return name.find_first_of("_@!-") == 0 || name.find_first_of("[?") != std::string_view::npos;
}

}  // namespace

std::size_t Environment::add_variable(std::string_view name, Type type) {
  const auto [entry, added] = m_slots.emplace(name, m_variables.size());
  if (!added) {
    m_variables[entry->second].type = std::move(type);
    return entry->second;
  }
  m_variables.push_back({std::string(name), std::move(type)});
  return entry->second;
}

void Environment::add_object_type(const ObjectType& type) { m_object_types[type.name()] = &type; }

void Environment::add_function(Function function) {
  m_functions.push_back(std::move(function));
  m_by_name[m_functions.back().name].push_back(&m_functions.back());
}

void Environment::add_function(std::string_view signature, std::string_view description, std::string_view example, Call call) {
  std::optional<Function> function = parse_signature(signature);
  POSTERN_ASSERT(function.has_value());
  function->description = description;
  function->example = example;
  function->call = std::move(call);
  add_function(std::move(*function));
}

std::optional<std::size_t> Environment::slot_of(std::string_view variable) const {
  const auto found = m_slots.find(variable);
  if (found == m_slots.end()) return std::nullopt;
  return found->second;
}

const ObjectType* Environment::object_type(base::Symbol name) const {
  const auto found = m_object_types.find(name);
  return found == m_object_types.end() ? nullptr : found->second;
}

std::vector<const Function*> Environment::overloads(std::string_view name) const {
  std::vector<const Function*> found;
  if (const auto own = m_by_name.find(name); own != m_by_name.end()) found = own->second;
  if (const auto standard = standard_index().find(name); standard != standard_index().end())
    found.insert(found.end(), standard->second.begin(), standard->second.end());
  return found;
}

bool Environment::has_function(std::string_view name) const {
  return m_by_name.find(name) != m_by_name.end() || standard_index().find(name) != standard_index().end();
}

std::vector<std::string_view> Environment::function_names() const {
  std::vector<std::string_view> names;
  for (const auto& entry : m_by_name) names.push_back(entry.first);
  for (const auto& entry : standard_index())
    if (!is_operator(entry.first)) names.push_back(entry.first);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace postern::cel
