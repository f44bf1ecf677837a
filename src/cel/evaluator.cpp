// SPDX-License-Identifier: Apache-2.0
// The walk itself, and arithmetic.
#include "cel/evaluator.h"

#include <array>

#include "cel/arithmetic.h"
#include "cel/evaluation.h"

namespace postern::cel {

Value Evaluation::run(std::uint32_t root) {
  Value result = eval(root);
  if (m_context.exhausted()) return Value::error(ErrorCode::budget_exceeded).located(m_stopped_at);
  return result;
}

Value Evaluation::eval(std::uint32_t index) {
  const Node& node = m_code.nodes[index];
  if (!m_context.charge(1)) return stopped(node);
  if (m_trace == nullptr) return dispatch(node);
  Value value = dispatch(node);
  m_trace->record(index, value);
  return value;
}

const Value& Evaluation::operand(std::uint32_t index, Value& memory) {
  const Node& node = m_code.nodes[index];
  if (m_trace == nullptr) {
    if (quick_field(node, memory)) return memory;
    const Value* there = place_of(node);
    if (there != nullptr && m_context.charge(1)) return *there;
  }
  memory = eval(index);
  return memory;
}

Value Evaluation::stopped(const Node& node) {
  if (m_stopped_at == 0) m_stopped_at = node.offset;
  return Value::error(ErrorCode::budget_exceeded);
}

Value Evaluation::dispatch(const Node& node) {
  switch (node.op) {
    case Op::constant:
      return m_constants[node.payload];
    case Op::variable:
      return variable(node);
    case Op::local:
      return m_locals[node.payload];
    case Op::select:
      return select(node);
    case Op::test:
      return test(node);
    case Op::optional_select:
      return optional_select(node);
    case Op::conditional:
      return conditional(node);
    case Op::logical_and:
    case Op::logical_or:
    case Op::logical_not:
    case Op::equals:
    case Op::not_equals:
    case Op::less:
    case Op::less_equal:
    case Op::greater:
    case Op::greater_equal:
    case Op::in:
      return decided(node);
    case Op::negate:
      return negative(node);
    case Op::matches:
      return matches(node);
    case Op::call:
      return call(node);
    case Op::list:
    case Op::optional_list:
      return list(node);
    case Op::map:
    case Op::optional_map:
      return map(node);
    case Op::comprehension:
      return decides(node) ? decided(node) : comprehension(node);
    case Op::bind:
      return bind(node);
    default:
      return binary(node);
  }
}

Value Evaluation::variable(const Node& node) {
  if (node.payload >= m_activation.size())
    return Value::error(ErrorCode::no_such_variable, "the variable has no value").located(node.offset);
  return m_activation[node.payload].borrowed();
}

Value Evaluation::conditional(const Node& node) {
  Value other;
  const Truth condition = truth(child(node, 0), other);
  if (condition != Truth::other) return eval(child(node, condition == Truth::yes ? 1 : 2));
  return other.is_special() ? other : no_overload("?:", {&other}).located(node.offset);
}

Value Evaluation::negative(const Node& node) {
  Value memory;
  const Value& value = operand(child(node, 0), memory);
  return value.is_special() ? value : placed(node, negate(value));
}

Value Evaluation::binary(const Node& node) {
  Value left_memory;
  Value right_memory;
  const Value& left = operand(child(node, 0), left_memory);
  const Value& right = operand(child(node, 1), right_memory);
  if (left.is_special() || right.is_special()) {
    Obstacle obstacle;
    obstacle.take(left);
    obstacle.take(right);
    return obstacle.result();
  }
  return placed(node, operate(node, left, right));
}

Value Evaluation::operate(const Node& node, const Value& left, const Value& right) {
  switch (node.op) {
    case Op::add:
      return add(m_context, left, right);
    case Op::subtract:
      return subtract(left, right);
    case Op::multiply:
      return multiply(left, right);
    case Op::divide:
      return divide(left, right);
    case Op::modulo:
      return modulo(left, right);
    case Op::optional_index:
      return optional_index(left, right);
    default:
      return left.is(Kind::optional) ? optional_index(left, right) : index(left, right);
  }
}

void Trace::record(std::uint32_t node, const Value& value) {
  if (tallies != nullptr) {
    Tally& tally = (*tallies)[node];
    ++(value.is_true() ? tally.yes : value.is_false() ? tally.no : value.is_unknown() ? tally.unknown : tally.failed);
    return;
  }
  if (places.size() <= node) places.resize(node + std::size_t{1}, 0);
  if (places[node] == 0) {
    entries.emplace_back(node, value);
    places[node] = static_cast<std::uint32_t>(entries.size());
  } else {
    entries[places[node] - 1].second = value;
  }
}

Value evaluate_code(const Code& code, std::span<const Value> activation, const EvaluationLimits& limits, const void* host,
                    Trace* trace) {
  if (code.locals == 0) return Evaluation(code, code.views, activation, {}, limits.max_steps, host, trace).run(code.root);
  constexpr std::size_t k_few = 4;
  if (code.locals <= k_few) {
    std::array<Value, k_few> locals;
    return Evaluation(code, code.views, activation, locals, limits.max_steps, host, trace).run(code.root);
  }
  std::vector<Value> locals(code.locals);
  return Evaluation(code, code.views, activation, locals, limits.max_steps, host, trace).run(code.root);
}

Value evaluate_node(const Code& code, std::span<const Value> constants, std::uint32_t node, std::uint64_t steps) {
  return Evaluation(code, constants, {}, {}, steps, nullptr, nullptr).run(node);
}

}  // namespace postern::cel
