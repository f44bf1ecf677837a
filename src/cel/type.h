// SPDX-License-Identifier: Apache-2.0
// Types of CEL expressions, and the object types that a host declares so that wrong field names are found at load time.
#pragma once
#include <postern/base/symbol.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace postern::cel {

enum class TypeKind : std::uint8_t {
  dynamic,
  null,
  boolean,
  integer,
  unsigned_integer,
  real,
  string,
  bytes,
  timestamp,
  duration,
  list,       ///< one parameter
  map,        ///< two parameters: key, value
  type,       ///< one parameter or none
  object,     ///< a declared object type, by name
  abstract,   ///< a named type with parameters: "optional_type", "net.IP"
  parameter,  ///< a type parameter of a function's signature
};

/// A type. Small trees by value; used at compile time only.
class Type {
 public:
  Type() = default;  ///< dyn
  Type(TypeKind kind) : m_kind(kind) {}
  Type(TypeKind kind, std::vector<Type> parameters) : m_kind(kind), m_parameters(std::move(parameters)) {}
  static Type list(Type element) { return {TypeKind::list, {std::move(element)}}; }
  static Type map(Type key, Type value) { return {TypeKind::map, {std::move(key), std::move(value)}}; }
  static Type type_of(Type type) { return {TypeKind::type, {std::move(type)}}; }
  static Type object(std::string_view name);
  static Type abstract(std::string_view name, std::vector<Type> parameters = {});
  static Type optional(Type content) { return abstract("optional_type", {std::move(content)}); }
  static Type parameter(std::string_view name);

  /// Reads "int", "list(string)", "map(string, dyn)", "optional_type(A)", "Entity"; a single capital letter (or "param:T") is a
  /// type parameter; any other unknown name without parameters is an object type. Nothing on malformed text.
  [[nodiscard]] static std::optional<Type> parse(std::string_view text);

  [[nodiscard]] TypeKind kind() const noexcept { return m_kind; }
  [[nodiscard]] bool is(TypeKind kind) const noexcept { return m_kind == kind; }
  /// Of an object, abstract type or parameter.
  [[nodiscard]] base::Symbol name() const noexcept { return m_name; }
  [[nodiscard]] const std::vector<Type>& parameters() const noexcept { return m_parameters; }
  [[nodiscard]] bool is_optional() const;
  /// "list(int)": the form that `parse` reads; type parameters print as their names.
  [[nodiscard]] std::string text() const;

  friend bool operator==(const Type&, const Type&) = default;

 private:
  TypeKind m_kind = TypeKind::dynamic;
  base::Symbol m_name;
  std::vector<Type> m_parameters;
};

/// A declared object type: the fields that its records have. Immutable once built; must outlive environments and programs.
class ObjectType {
 public:
  struct Field {
    std::string name;
    Type type;
    std::string description;
  };
  ObjectType(std::string_view name, std::vector<Field> fields);

  [[nodiscard]] base::Symbol name() const noexcept { return m_name; }
  [[nodiscard]] const std::vector<Field>& fields() const noexcept { return m_fields; }
  /// The number that `Record::get` takes.
  [[nodiscard]] std::optional<std::uint32_t> slot_of(base::Symbol field) const noexcept;

 private:
  base::Symbol m_name;
  std::vector<Field> m_fields;
  std::unordered_map<base::Symbol, std::uint32_t> m_slots;  // look-up only, never iterated
};

}  // namespace postern::cel
