// SPDX-License-Identifier: Apache-2.0
// What an expression may refer to: variables, functions, object types.
#pragma once
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cel/function.h"
#include "cel/type.h"

namespace postern::cel {

/// The declarations an expression is compiled against. Starts with the standard library and all extensions; add the host's own.
/// Fill it first, then compile; it must outlive the programs compiled against it. Not thread-safe while being filled.
class Environment {
 public:
  struct Variable {
    std::string name;  ///< may be qualified: "net.mask"
    Type type;
  };

  Environment() = default;
  Environment(const Environment&) = delete;  // programs point at its functions
  Environment& operator=(const Environment&) = delete;

  /// Declares a variable and returns its slot in the activation: 0, 1, 2 ... in the order of declaration.
  std::size_t add_variable(std::string_view name, Type type = {});
  /// Makes an object type known; `type` must outlive the environment. Type{object(name)} refers to it.
  void add_object_type(const ObjectType& type);
  /// Adds a host function (an overload when the name exists).
  void add_function(Function function);
  /// The same from a row's text; a malformed signature is a programmer's mistake (asserted).
  void add_function(std::string_view signature, std::string_view description, std::string_view example, Call call);
  /// The namespace in which names are looked up first ("com.example").
  void set_container(std::string_view container) { m_container = container; }

  /// Named time zones for timestamp functions; must outlive the programs. Without them only UTC and fixed offsets are known.
  void set_time_zones(const TimeZones& zones) { m_zones = &zones; }

  [[nodiscard]] const TimeZones* time_zones() const noexcept { return m_zones; }
  [[nodiscard]] const std::vector<Variable>& variables() const noexcept { return m_variables; }
  [[nodiscard]] std::optional<std::size_t> slot_of(std::string_view variable) const;
  [[nodiscard]] const std::string& container() const noexcept { return m_container; }
  [[nodiscard]] const ObjectType* object_type(base::Symbol name) const;
  /// All overloads of `name`: the host's first, then the standard library's. Pointers stay valid as long as the environment.
  [[nodiscard]] std::vector<const Function*> overloads(std::string_view name) const;
  /// True when a function of that name exists.
  [[nodiscard]] bool has_function(std::string_view name) const;
  /// Names of all functions that can be called (no operators), sorted, without duplicates.
  [[nodiscard]] std::vector<std::string_view> function_names() const;
  /// The host's functions in the order in which they were added.
  [[nodiscard]] const std::deque<Function>& functions() const noexcept { return m_functions; }

 private:
  std::vector<Variable> m_variables;
  std::map<std::string, std::size_t, std::less<>> m_slots;
  std::deque<Function> m_functions;
  std::map<std::string, std::vector<const Function*>, std::less<>> m_by_name;
  std::map<base::Symbol, const ObjectType*> m_object_types;
  std::string m_container;
  const TimeZones* m_zones = nullptr;
};

/// Every function of the standard library and the extensions, in the order of their tables (for listings and for tests of
/// examples).
[[nodiscard]] const std::deque<Function>& standard_functions();

}  // namespace postern::cel
