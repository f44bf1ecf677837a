// SPDX-License-Identifier: Apache-2.0
// The compact form of a compiled expression: a flat table of nodes, with names resolved to slots.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "cel/ast.h"
#include "cel/function.h"
#include "cel/program.h"
#include "cel/regex.h"

namespace postern::cel {

enum class Op : std::uint8_t {
  constant,         ///< payload: index of constants
  variable,         ///< payload: slot of the activation
  local,            ///< payload: slot of the locals
  select,           ///< payload: index of fields
  test,             ///< payload: index of fields
  optional_select,  ///< payload: index of fields
  index,
  optional_index,
  conditional,
  logical_and,
  logical_or,
  logical_not,
  negate,
  equals,
  not_equals,
  less,
  less_equal,
  greater,
  greater_equal,
  in,
  add,
  subtract,
  multiply,
  divide,
  modulo,
  matches,  ///< payload: index of regexes
  call,     ///< payload: index of calls
  list,
  optional_list,  ///< payload: index of optional_entries
  map,
  optional_map,   ///< payload: index of optional_entries
  comprehension,  ///< variant: ComprehensionKind; payload, second_payload: locals; operands: range, step[, filter]
  bind,           ///< payload: first local; operands: values..., body
};

struct Node {
  Op op = Op::constant;
  std::uint8_t variant = 0;
  bool two_variables = false;
  std::uint32_t first = 0;  ///< operands: children[first .. first + count)
  std::uint32_t count = 0;
  std::uint32_t payload = 0;
  std::uint32_t second_payload = 0;
  std::uint32_t offset = 0;  ///< place in the source
  std::uint32_t begin = 0;   ///< range in the source
  std::uint32_t end = 0;
};

/// A field that is selected: the slot is known when the record is of the type that was deduced.
struct FieldUse {
  base::Symbol name;
  const ObjectType* type = nullptr;
  std::uint32_t slot = 0;
};

/// An overload with the test of its arguments' kinds prepared.
struct Candidate {
  struct Test {
    std::uint32_t kinds = 0;  ///< bit set of Kind
    base::Symbol record;      ///< the record's type; empty: any
  };
  const Function* function = nullptr;
  std::vector<Test> tests;
};

struct CallSite {
  std::string name;
  std::vector<Candidate> candidates;
};

struct Code {
  std::string source;
  std::vector<Node> nodes;
  std::vector<std::uint32_t> children;
  std::vector<Value> constants;
  std::vector<Value> views;  ///< of the constants: copying them counts no reference
  std::vector<FieldUse> fields;
  std::vector<CallSite> calls;
  std::vector<std::shared_ptr<const Regex>> regexes;  // shared: a regex cannot be moved
  std::vector<std::vector<bool>> optional_entries;
  std::uint32_t root = 0;
  std::uint32_t locals = 0;
  const TimeZones* zones = nullptr;
  Type result_type;
  Uses uses;
  std::vector<Guard> guards;
};

/// Translates a checked tree. Issues are those that only show here (malformed constant regular expressions).
[[nodiscard]] std::shared_ptr<const Code> generate(std::string_view source, const Expression& root, std::uint32_t locals,
                                                   const Environment& environment, const CompileOptions& options,
                                                   std::vector<Issue>& issues);

}  // namespace postern::cel
