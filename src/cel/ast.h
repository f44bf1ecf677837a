// SPDX-License-Identifier: Apache-2.0
// The expression tree that the parser builds and the checker annotates. Macros are expanded in it; operators are calls.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "cel/type.h"
#include "cel/value.h"

namespace postern::cel {

enum class ExpressionKind : std::uint8_t {
  constant,       ///< value
  identifier,     ///< name; a leading dot means "from the root namespace"
  select,         ///< operands[0] . name
  test,           ///< has(operands[0] . name)
  call,           ///< name(operands...); with `member`, operands[0] is the receiver
  list,           ///< operands; optional_entries[i] marks `?e`
  map,            ///< operands: key, value, key, value ...; optional_entries[i] belongs to entry i
  structure,      ///< Name{field: value}: field names in `names`
  comprehension,  ///< operands: range, step[, filter]; variables in `names`
  bind,           ///< operands: initial values..., body; variables in `names`
};

enum class ComprehensionKind : std::uint8_t {
  all,
  exists,
  exists_one,
  map,                  ///< list of steps, optionally filtered
  filter,               ///< list of elements whose step is true
  transform_map,        ///< map of key to step
  transform_map_entry,  ///< map merged of steps, which are maps of one entry
  optional_map,         ///< range is an optional: optional of step
  optional_flat_map,    ///< range is an optional, and so is the step
};

struct Expression;
using ExpressionPointer = std::unique_ptr<Expression>;

/// What the checker found a name or call to mean.
enum class Meaning : std::uint8_t {
  none,
  variable,       ///< `slot` of the activation
  local,          ///< `slot` among the variables of comprehensions and binds
  type_constant,  ///< `value` is the type
  failure,        ///< known to fail at run time; `value` is the error (checking off)
};

struct Expression {
  Expression(ExpressionKind what, std::uint32_t where) : kind(what), offset(where), begin(where), end(where) {}

  ExpressionKind kind;
  ComprehensionKind comprehension = ComprehensionKind::all;
  Meaning meaning = Meaning::none;
  bool member = false;        ///< call: operands[0] is the receiver
  bool root_name = false;     ///< identifier or call: written with a leading dot
  bool has_optional = false;  ///< list, map: some entry is optional
  std::uint32_t offset;       ///< where to point at: the name, the operator
  std::uint32_t begin;        ///< source range of the whole sub-expression
  std::uint32_t end;
  std::uint32_t height = 1;
  std::uint32_t slot = 0;         ///< variable or first local
  std::uint32_t second_slot = 0;  ///< second local of a comprehension
  std::string name;
  std::vector<std::string> names;
  Value value;
  std::vector<ExpressionPointer> operands;
  std::vector<bool> optional_entries;
  Type type;                                      ///< set by the checker
  std::vector<const struct Function*> overloads;  ///< call: the candidates that may match at run time
};

}  // namespace postern::cel
