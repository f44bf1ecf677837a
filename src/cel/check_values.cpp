// SPDX-License-Identifier: Apache-2.0
// Types of literals, comprehensions and bindings.
#include "cel/checking.h"

namespace postern::cel {

Type Checker::entry_type(const Expression& entry, bool optional) {
  Type type = m_types.apply(entry.type);
  if (!optional) return type;
  if (type.is_optional()) return type.parameters()[0];
  if (!type.is(TypeKind::dynamic)) report(entry, "an entry with '?' needs an optional value, this is " + shown(type));
  return {};
}

void Checker::list(Expression& node) {
  std::optional<Type> element;
  for (std::size_t i = 0; i < node.operands.size(); ++i) {
    visit(*node.operands[i]);
    element = bounded(m_types.join(element, entry_type(*node.operands[i], node.optional_entries[i])));
  }
  node.type = Type::list(element ? *element : m_types.fresh());
}

void Checker::map(Expression& node) {
  std::optional<Type> key;
  std::optional<Type> value;
  for (std::size_t i = 0; i + 1 < node.operands.size(); i += 2) {
    visit(*node.operands[i]);
    visit(*node.operands[i + 1]);
    check_key(*node.operands[i]);
    key = bounded(m_types.join(key, m_types.apply(node.operands[i]->type)));
    value = bounded(m_types.join(value, entry_type(*node.operands[i + 1], node.optional_entries[i / 2])));
  }
  node.type = Type::map(key ? *key : m_types.fresh(), value ? *value : m_types.fresh());
}

void Checker::check_key(const Expression& key) {
  switch (m_types.apply(key.type).kind()) {
    case TypeKind::dynamic:
    case TypeKind::parameter:
    case TypeKind::boolean:
    case TypeKind::integer:
    case TypeKind::unsigned_integer:
    case TypeKind::string:
      return;
    default:
      report(key, "a map's key must be bool, int, uint or string, this is " + shown(key.type));
  }
}

void Checker::structure(Expression& node) {
  for (const ExpressionPointer& operand : node.operands) visit(*operand);
  report(node, "unknown type '" + node.name + "': objects cannot be made in an expression", "use a map: {'field': value}");
  fail_at_run_time(node, ErrorCode::invalid_argument, "unknown type '" + node.name + "'");
}

std::array<Type, 2> Checker::variable_types(const Expression& node, const Type& range) {
  const bool two = node.names.size() == 2;
  switch (range.kind()) {
    case TypeKind::list:
      return two ? std::array<Type, 2>{TypeKind::integer, range.parameters()[0]} : std::array<Type, 2>{range.parameters()[0], {}};
    case TypeKind::map:
      return {range.parameters()[0], range.parameters()[1]};
    case TypeKind::parameter:
      m_types.assignable(Type(), range);
      return {};
    case TypeKind::dynamic:
      return {};
    default:
      report(*node.operands[0], "'" + node.name + "' needs a list or map, this is " + shown(range));
      return {};
  }
}

void Checker::comprehension(Expression& node) {
  visit(*node.operands[0]);
  const Type range = m_types.apply(node.operands[0]->type);
  const bool over_optional =
      node.comprehension == ComprehensionKind::optional_map || node.comprehension == ComprehensionKind::optional_flat_map;
  std::array<Type, 2> types;
  if (!over_optional) {
    types = variable_types(node, range);
  } else if (range.is_optional()) {
    types[0] = range.parameters()[0];
  } else if (!range.is(TypeKind::dynamic) && !range.is(TypeKind::parameter)) {
    report(*node.operands[0], "'" + node.name + "' needs an optional, this is " + shown(range));
  }
  node.slot = push(node.names[0], types[0]);
  if (node.names.size() == 2) node.second_slot = push(node.names[1], types[1]);
  if (node.operands.size() > 2) {  // the filter first, as it is written: it may settle what the variables are
    visit(*node.operands[2]);
    require_boolean(node, *node.operands[2]);
  }
  visit(*node.operands[1]);
  pop(node.names.size());
  node.type = comprehension_type(node, range, types);
}

void Checker::require_boolean(const Expression& node, const Expression& operand) {
  if (!m_types.assignable(operand.type, TypeKind::boolean))
    report(operand, "the condition of '" + node.name + "' must be bool, this is " + shown(operand.type));
}

Type Checker::comprehension_type(const Expression& node, const Type& range, const std::array<Type, 2>& variables) {
  const Expression& step = *node.operands[1];
  const Type type = m_types.apply(step.type);
  switch (node.comprehension) {
    case ComprehensionKind::all:
    case ComprehensionKind::exists:
    case ComprehensionKind::exists_one:
      require_boolean(node, step);
      return TypeKind::boolean;
    case ComprehensionKind::map:
      return Type::list(type);
    case ComprehensionKind::filter:
      require_boolean(node, step);
      return Type::list(m_types.apply(variables[0]));
    case ComprehensionKind::transform_map:
      return Type::map(range.is(TypeKind::list) ? Type(TypeKind::integer) : variables[0], type);
    case ComprehensionKind::transform_map_entry:
      if (type.is(TypeKind::map)) return type;
      if (!type.is(TypeKind::dynamic)) report(step, "'transformMapEntry' needs a map, this is " + shown(type));
      return Type::map({}, {});
    case ComprehensionKind::optional_map:
      return Type::optional(type);
    case ComprehensionKind::optional_flat_map:
      if (type.is_optional()) return type;
      if (!type.is(TypeKind::dynamic)) report(step, "'optFlatMap' needs an optional, this is " + shown(type));
      return Type::optional({});
  }
  return {};
}

void Checker::bind(Expression& node) {
  for (std::size_t i = 0; i < node.names.size(); ++i) {
    visit(*node.operands[i]);
    const std::uint32_t slot = push(node.names[i], node.operands[i]->type);
    if (i == 0) node.slot = slot;
  }
  visit(*node.operands.back());
  pop(node.names.size());
  node.type = node.operands.back()->type;
}

}  // namespace postern::cel
