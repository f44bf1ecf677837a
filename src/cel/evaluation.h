// SPDX-License-Identifier: Apache-2.0
// The walk over compiled code; its parts are in evaluator.cpp and the files called evaluate_*.cpp.
#pragma once
#include <span>
#include <vector>

#include "cel/containers.h"
#include "cel/evaluator.h"
#include "cel/operations.h"

namespace postern::cel {

/// Gathers what stands in the way of a strict operation: unknowns are merged and win over the first error.
class Obstacle {
 public:
  /// True when `value` is unknown or an error.
  bool take(const Value& value) {
    if (!value.is_special()) return false;
    if (value.is_unknown()) {
      m_value = m_value.is_unknown() ? merge_unknowns(m_value, value) : value;
    } else if (!m_value.is_special()) {
      m_value = value;
    }
    return true;
  }
  [[nodiscard]] bool any() const { return m_value.is_special(); }
  Value result() { return std::move(m_value); }

 private:
  Value m_value;
};

/// What a condition came to; `other` is an error, unknown or no boolean at all.
enum class Truth : std::uint8_t { no, yes, other };

/// One evaluation. Unknown wins over error in every operation that needs all its operands; && and || and the aggregates absorb both
/// (language definition, sections Logical Operators and Partial State).
class Evaluation {
 public:
  Evaluation(const Code& code, std::span<const Value> constants, std::span<const Value> activation, std::span<Value> locals,
             std::uint64_t steps, const void* host, Trace* trace)
      : m_code(code),
        m_constants(constants),
        m_activation(activation),
        m_locals(locals),
        m_context(steps, host, code.zones),
        m_trace(trace) {}
  Value run(std::uint32_t root);

 private:
  Value eval(std::uint32_t index);
  Value stopped(const Node& node);
  [[nodiscard]] std::uint32_t child(const Node& node, std::uint32_t number) const { return m_code.children[node.first + number]; }
  static Value placed(const Node& node, Value value) { return value.is_error() ? value.located(node.offset) : value; }
  Value dispatch(const Node& node);
  Value variable(const Node& node);

  // --- fields ---
  /// The field of a record or map; an error no_such_field when it is not there.
  Value field_of(const Value& target, const FieldUse& use);
  static bool is_absent(const Value& value) { return value.is_error() && value.error_code() == ErrorCode::no_such_field; }
  Value select(const Node& node);

  /// Selection that goes on in an optional: absent becomes none.
  Value optional_field(const Value& target, const FieldUse& use);
  Value optional_select(const Node& node);
  Value test(const Node& node);

  /// The value of an operand: where it is kept already (a constant, a variable, a local), else evaluated into `memory`.
  const Value& operand(std::uint32_t index, Value& memory);
  /// Where the value of a constant, variable or local is kept; nullptr for everything else.
  [[nodiscard]] const Value* place_of(const Node& node) const {
    switch (node.op) {
      case Op::constant:
        return &m_constants[node.payload];
      case Op::local:
        return &m_locals[node.payload];
      case Op::variable:
        return node.payload < m_activation.size() ? &m_activation[node.payload] : nullptr;
      default:
        return nullptr;
    }
  }
  /// Reads `variable.field` of a record that has the declared type and the field: the most frequent operand by far. False when the
  /// node is something else; nothing is charged then.
  bool quick_field(const Node& node, Value& memory) {
    if (node.op != Op::select) return false;
    const Value* target = place_of(m_code.nodes[child(node, 0)]);
    if (target == nullptr || !target->is(Kind::record)) return false;
    const FieldUse& use = m_code.fields[node.payload];
    const Record& record = target->as_record();
    if (use.type == nullptr || &record.type() != use.type) return false;
    memory = record.get(use.slot);
    return !memory.is_error() && m_context.charge(2);
  }

  // --- conditions; what is neither true nor false is left in `other`, which means nothing after an answer ---
  Truth truth(std::uint32_t index, Value& other);
  /// Whether a node is one that `decide` takes.
  static bool decides(const Node& node) noexcept;
  Truth decide(const Node& node, Value& other);
  Value decided(const Node& node);
  Truth logical(const Node& node, Truth absorbing, Value& other);
  Truth negation(const Node& node, Value& other);
  Truth comparison(const Node& node, Value& other);
  Value compared(const Node& node, const Value& left, const Value& right);
  /// `exists` and `all` over a list, whose elements are only looked at.
  Truth quantifier(const Node& node, Value& other);
  Value conditional(const Node& node);

  // --- arithmetic and indexing ---
  Value negative(const Node& node);
  Value binary(const Node& node);
  Value operate(const Node& node, const Value& left, const Value& right);

  // --- calls ---
  Value matches(const Node& node);
  static bool accepts(const Candidate& candidate, Arguments arguments);
  Value call(const Node& node);
  Value call_with(const Node& node, std::span<Value> arguments);

  // --- literals ---
  /// Appends the entry, or its content when it is optional; false when it is left out.
  static bool unwrap(bool optional, Value& value);
  Value list(const Node& node);
  Value map(const Node& node);
  Value bind(const Node& node);

  // --- comprehensions ---
  /// What a loop gathers.
  struct Gathered {
    Obstacle obstacle;
    std::vector<Value> elements;
    OwnedMap::Entries entries;
    std::size_t matches = 0;
    bool settled = false;  ///< a true for exists, a false for all
  };
  enum class Next : std::uint8_t { more, done };
  Value comprehension(const Node& node);
  Value gathered_from(const Node& node, const Value& range);

  /// One element; `key` is set for two variables only.
  Next turn(const Node& node, ComprehensionKind kind, Value key, Value element, Gathered& gathered);
  bool passes(const Node& node, Gathered& gathered);
  Next gather(const Node& node, ComprehensionKind kind, Value value, Gathered& gathered);
  static void add_entries(const Value& value, Gathered& gathered);
  static Value outcome(ComprehensionKind kind, Gathered& gathered);
  Value over_optional(const Node& node, ComprehensionKind kind, const Value& range);

  const Code& m_code;
  std::span<const Value> m_constants;
  std::span<const Value> m_activation;
  std::span<Value> m_locals;
  CallContext m_context;
  Trace* m_trace;
  std::uint32_t m_stopped_at = 0;
};

}  // namespace postern::cel
