// SPDX-License-Identifier: Apache-2.0
// The walk itself, logic, and operators.
#include "cel/evaluator.h"

#include <array>

#include "cel/arithmetic.h"
#include "cel/compare.h"
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
  Value value = dispatch(node);
  if (m_trace != nullptr) m_trace->record(index, value);
  return value;
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
      return logical(node, false);
    case Op::logical_or:
      return logical(node, true);
    case Op::logical_not:
    case Op::negate:
      return unary(node);
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
      return comprehension(node);
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
  const Value condition = eval(child(node, 0));
  if (condition.is_special()) return condition;
  if (!condition.is(Kind::boolean)) return no_overload("?:", {&condition}).located(node.offset);
  return eval(child(node, condition.is_true() ? 1 : 2));
}

Value Evaluation::logical(const Node& node, bool absorbing) {
  Obstacle obstacle;
  for (std::uint32_t i = 0; i < node.count; ++i) {
    Value value = eval(child(node, i));
    if (value.is(Kind::boolean)) {
      if (value.is_true() == absorbing) return value;
    } else if (!obstacle.take(value)) {
      obstacle.take(no_overload(absorbing ? "||" : "&&", {&value}).located(node.offset));
    }
    if (m_context.exhausted()) return stopped(node);
  }
  return obstacle.any() ? obstacle.result() : Value::boolean(!absorbing);
}

Value Evaluation::unary(const Node& node) {
  const Value operand = eval(child(node, 0));
  if (operand.is_special()) return operand;
  if (node.op == Op::negate) return placed(node, negate(operand));
  return operand.is(Kind::boolean) ? Value::boolean(!operand.is_true()) : no_overload("!", {&operand}).located(node.offset);
}

Value Evaluation::binary(const Node& node) {
  const Value left = eval(child(node, 0));
  const Value right = eval(child(node, 1));
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
    case Op::equals:
      return equals(m_context, left, right);
    case Op::not_equals: {
      Value same = equals(m_context, left, right);
      return same.is(Kind::boolean) ? Value::boolean(same.is_false()) : same;
    }
    case Op::less:
    case Op::less_equal:
    case Op::greater:
    case Op::greater_equal:
      return relation(m_context, node.op, left, right);
    case Op::in:
      return contains(m_context, left, right);
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
  constexpr std::size_t k_few = 8;
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
