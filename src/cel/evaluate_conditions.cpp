// SPDX-License-Identifier: Apache-2.0
// What comes to true or false: logic, comparisons and quantifiers, decided without making a value of each answer.
#include "cel/compare.h"
#include "cel/evaluation.h"

namespace postern::cel {
namespace {

constexpr Truth truth_of(bool value) { return value ? Truth::yes : Truth::no; }
constexpr Truth opposite(Truth truth) { return truth == Truth::other ? truth : truth_of(truth == Truth::no); }

/// The answer that `value` is; any other value is left in it.
Truth settle(const Value& value) { return value.is(Kind::boolean) ? truth_of(value.is_true()) : Truth::other; }

}  // namespace

Truth Evaluation::truth(std::uint32_t index, Value& other) {
  const Node& node = m_code.nodes[index];
  if (!decides(node) || m_trace != nullptr) {
    if (m_trace != nullptr || !quick_field(node, other)) other = eval(index);
    return settle(other);
  }
  if (m_context.charge(1)) return decide(node, other);
  other = stopped(node);
  return Truth::other;
}

Value Evaluation::decided(const Node& node) {
  Value other;
  const Truth answer = decide(node, other);
  return answer == Truth::other ? other : Value::boolean(answer == Truth::yes);
}

bool Evaluation::decides(const Node& node) noexcept {
  if (node.op != Op::comprehension) return node.op >= Op::logical_and && node.op <= Op::in && node.op != Op::negate;
  const auto kind = static_cast<ComprehensionKind>(node.variant);
  return (kind == ComprehensionKind::exists || kind == ComprehensionKind::all) && !node.two_variables && node.count == 2;
}

Truth Evaluation::decide(const Node& node, Value& other) {
  switch (node.op) {
    case Op::logical_and:
      return logical(node, Truth::no, other);
    case Op::logical_or:
      return logical(node, Truth::yes, other);
    case Op::logical_not:
      return negation(node, other);
    case Op::comprehension:
      return quantifier(node, other);
    default:
      return comparison(node, other);
  }
}

Truth Evaluation::logical(const Node& node, Truth absorbing, Value& other) {
  Obstacle obstacle;
  for (std::uint32_t i = 0; i < node.count; ++i) {
    const Truth answer = truth(child(node, i), other);
    if (answer == absorbing) return answer;
    if (answer != Truth::other) continue;
    if (!obstacle.take(other)) obstacle.take(no_overload(absorbing == Truth::yes ? "||" : "&&", {&other}).located(node.offset));
    if (!m_context.exhausted()) continue;
    other = stopped(node);
    return Truth::other;
  }
  if (!obstacle.any()) return opposite(absorbing);
  other = obstacle.result();
  return Truth::other;
}

Truth Evaluation::negation(const Node& node, Value& other) {
  const Truth answer = truth(child(node, 0), other);
  if (answer == Truth::other && !other.is_special()) other = no_overload("!", {&other}).located(node.offset);
  return opposite(answer);
}

Truth Evaluation::comparison(const Node& node, Value& other) {
  Value left_memory;
  Value right_memory;
  const Value& left = operand(child(node, 0), left_memory);
  const Value& right = operand(child(node, 1), right_memory);
  if (left.is(Kind::string) && right.is(Kind::string) && (node.op == Op::equals || node.op == Op::not_equals))
    return truth_of(equal_texts(m_context, left, right) == (node.op == Op::equals));
  if (left.is_special() || right.is_special()) {
    Obstacle obstacle;
    obstacle.take(left);
    obstacle.take(right);
    other = obstacle.result();
    return Truth::other;
  }
  other = placed(node, compared(node, left, right));
  const Truth answer = settle(other);
  return node.op == Op::not_equals ? opposite(answer) : answer;
}

Value Evaluation::compared(const Node& node, const Value& left, const Value& right) {
  if (node.op == Op::equals || node.op == Op::not_equals) return equals(m_context, left, right);
  if (node.op == Op::in) return contains(m_context, left, right);
  return relation(m_context, node.op, left, right);
}

Truth Evaluation::quantifier(const Node& node, Value& other) {
  Value memory;
  const Value& range = operand(child(node, 0), memory);
  if (!range.is(Kind::list)) {
    other = gathered_from(node, range);
    return settle(other);
  }
  const bool looks_for_one = static_cast<ComprehensionKind>(node.variant) == ComprehensionKind::exists;
  const Truth settling = truth_of(looks_for_one);
  Truth outcome = opposite(settling);
  Obstacle obstacle;
  const Sequence& list = range.as_list();
  Value& element = m_locals[node.payload];
  for (std::size_t i = 0, size = list.size(); i < size && m_context.charge(1); ++i) {
    element = list.view(i);
    const Truth answer = truth(child(node, 1), other);
    if (answer == settling) {
      outcome = answer;
      obstacle = {};
      break;
    }
    if (answer != Truth::other || obstacle.take(other)) continue;
    obstacle.take(no_overload("condition", {&other}).located(node.offset));
  }
  element = Value();
  if (!m_context.exhausted() && !obstacle.any()) return outcome;
  other = m_context.exhausted() ? stopped(node) : placed(node, obstacle.result());
  return Truth::other;
}

}  // namespace postern::cel
