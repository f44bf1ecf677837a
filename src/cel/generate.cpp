// SPDX-License-Identifier: Apache-2.0
// From the checked tree to the flat code: fields and literals.
#include <algorithm>

#include "cel/generation.h"

namespace postern::cel {

std::shared_ptr<const Code> Generator::run(std::string_view source, const Expression& root, std::uint32_t locals) {
  m_code->source = source;
  m_code->locals = locals;
  m_code->zones = m_environment.time_zones();
  m_code->root = visit(root);
  m_code->result_type = root.type;
  m_code->views.reserve(m_code->constants.size());
  for (const Value& constant : m_code->constants) m_code->views.push_back(constant.borrowed());
  m_code->uses.variables.assign(m_variables.begin(), m_variables.end());
  m_code->uses.functions.assign(m_functions.begin(), m_functions.end());
  m_code->uses.fields.assign(m_fields.begin(), m_fields.end());
  collect_guards(root, m_code->guards);
  collect_comparisons(root, m_code->uses.comparisons);
  return m_code;
}

std::uint32_t Generator::visit(const Expression& source) {
  Node node;
  node.offset = source.offset;
  node.begin = source.begin;
  node.end = source.end;
  if (source.meaning == Meaning::failure) return add_constant(node, source.value);
  switch (source.kind) {
    case ExpressionKind::constant:
      return add_constant(node, source.value);
    case ExpressionKind::identifier:
      return identifier(node, source);
    case ExpressionKind::select:
      node.op = Op::select;
      return field(node, source, source.name);
    case ExpressionKind::test:
      node.op = Op::test;
      return field(node, source, source.name);
    case ExpressionKind::call:
      return call(node, source);
    case ExpressionKind::list:
      return list(node, source);
    case ExpressionKind::map:
      return map(node, source);
    case ExpressionKind::structure:
      return add_constant(node, Value::error(ErrorCode::invalid_argument));
    case ExpressionKind::comprehension:
      return comprehension(node, source);
    case ExpressionKind::bind:
      node.op = Op::bind;
      node.payload = source.slot;
      return with_operands(node, source);
  }
  return 0;
}

std::uint32_t Generator::add(const Node& node) {
  m_code->nodes.push_back(node);
  return static_cast<std::uint32_t>(m_code->nodes.size() - 1);
}

std::uint32_t Generator::add_constant(Node node, Value value) {
  node.op = Op::constant;
  node.first = node.count = 0;
  node.payload = static_cast<std::uint32_t>(m_code->constants.size());
  m_code->constants.push_back(std::move(value));
  return add(node);
}

std::vector<std::uint32_t> Generator::visit_operands(const Expression& source) {
  std::vector<std::uint32_t> operands;
  operands.reserve(source.operands.size());
  for (const ExpressionPointer& operand : source.operands) operands.push_back(visit(*operand));
  return operands;
}

std::uint32_t Generator::with(Node node, const std::vector<std::uint32_t>& operands) {
  node.first = static_cast<std::uint32_t>(m_code->children.size());
  node.count = static_cast<std::uint32_t>(operands.size());
  m_code->children.insert(m_code->children.end(), operands.begin(), operands.end());
  return add(node);
}

const Value* Generator::constant_at(std::uint32_t index) const {
  const Node& node = m_code->nodes[index];
  if (node.op != Op::constant || m_code->constants[node.payload].is_special()) return nullptr;
  return &m_code->constants[node.payload];
}

bool Generator::all_constant(const std::vector<std::uint32_t>& operands) const {
  return std::all_of(operands.begin(), operands.end(), [&](std::uint32_t operand) { return constant_at(operand) != nullptr; });
}

std::uint32_t Generator::identifier(Node node, const Expression& source) {
  if (source.meaning == Meaning::type_constant) return add_constant(node, source.value);
  node.op = source.meaning == Meaning::variable ? Op::variable : Op::local;
  node.payload = source.slot;
  if (node.op == Op::variable) m_variables.insert(source.name);
  return add(node);
}

std::uint32_t Generator::field(Node node, const Expression& source, std::string_view name) {
  FieldUse use{base::Symbol(name), nullptr, 0};
  Type target = source.operands[0]->type;
  if (target.is_optional()) target = Type(target.parameters()[0]);
  if (target.is(TypeKind::object)) {
    use.type = m_environment.object_type(target.name());
    const auto slot = use.type == nullptr ? std::nullopt : use.type->slot_of(use.name);
    if (slot) {
      use.slot = *slot;
    } else {
      use.type = nullptr;
    }
  }
  m_fields.insert(std::string(name));
  node.payload = static_cast<std::uint32_t>(m_code->fields.size());
  m_code->fields.push_back(use);
  return with(node, {visit(*source.operands[0])});
}

std::uint32_t Generator::list(Node node, const Expression& source) {
  const std::vector<std::uint32_t> operands = visit_operands(source);
  node.op = source.has_optional ? Op::optional_list : Op::list;
  remember_optional(node, source);
  return fold(with(node, operands), !source.has_optional && all_constant(operands));
}

std::uint32_t Generator::map(Node node, const Expression& source) {
  const std::vector<std::uint32_t> operands = visit_operands(source);
  node.op = source.has_optional ? Op::optional_map : Op::map;
  remember_optional(node, source);
  return fold(with(node, operands), !source.has_optional && all_constant(operands));
}

void Generator::remember_optional(Node& node, const Expression& source) {
  if (!source.has_optional) return;
  node.payload = static_cast<std::uint32_t>(m_code->optional_entries.size());
  m_code->optional_entries.push_back(source.optional_entries);
}

std::uint32_t Generator::comprehension(Node node, const Expression& source) {
  node.op = Op::comprehension;
  node.variant = static_cast<std::uint8_t>(source.comprehension);
  node.two_variables = source.names.size() == 2;
  node.payload = source.slot;
  node.second_payload = source.second_slot;
  m_functions.insert(source.name);
  return with_operands(node, source);
}

std::shared_ptr<const Code> generate(std::string_view source, const Expression& root, std::uint32_t locals,
                                     const Environment& environment, const CompileOptions& options, std::vector<Issue>& issues) {
  return Generator(environment, options, issues).run(source, root, locals);
}

}  // namespace postern::cel
