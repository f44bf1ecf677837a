// SPDX-License-Identifier: Apache-2.0
// The tree walk. Unknown wins over error in every operation that needs all its operands; && and || and the aggregates absorb both
// (language definition, sections Logical Operators and Partial State).
#include "cel/evaluator.h"

#include <array>
#include <cmath>

#include "cel/arithmetic.h"
#include "cel/compare.h"
#include "cel/containers.h"

namespace postern::cel {
namespace {

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

Value no_overload(std::string_view what, std::initializer_list<const Value*> operands) {
  std::string message = "no such overload: " + std::string(what) + " of (";
  for (const Value* operand : operands) message += (message.back() == '(' ? "" : ", ") + operand->type_name().str();
  return Value::error(ErrorCode::no_such_overload, message + ")");
}

class Evaluator {
 public:
  Evaluator(const Code& code, std::span<const Value> constants, std::span<const Value> activation, std::span<Value> locals,
            std::uint64_t steps, const void* host, Trace* trace)
      : m_code(code),
        m_constants(constants),
        m_activation(activation),
        m_locals(locals),
        m_context(steps, host, code.zones),
        m_trace(trace) {}

  Value run(std::uint32_t root) {
    Value result = eval(root);
    if (m_context.exhausted()) return Value::error(ErrorCode::budget_exceeded).located(m_stopped_at);
    return result;
  }

 private:
  Value eval(std::uint32_t index) {
    const Node& node = m_code.nodes[index];
    if (!m_context.charge(1)) return stopped(node);
    Value value = dispatch(node);
    if (m_trace != nullptr) m_trace->record(index, value);
    return value;
  }

  Value stopped(const Node& node) {
    if (m_stopped_at == 0) m_stopped_at = node.offset;
    return Value::error(ErrorCode::budget_exceeded);
  }

  [[nodiscard]] std::uint32_t child(const Node& node, std::uint32_t number) const { return m_code.children[node.first + number]; }

  static Value placed(const Node& node, Value value) { return value.is_error() ? value.located(node.offset) : value; }

  Value dispatch(const Node& node) {
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

  Value variable(const Node& node) {
    if (node.payload >= m_activation.size())
      return Value::error(ErrorCode::no_such_variable, "the variable has no value").located(node.offset);
    return m_activation[node.payload].borrowed();
  }

  // --- fields ---
  /// The field of a record or map; an error no_such_field when it is not there.
  Value field_of(const Value& target, const FieldUse& use) {
    if (target.is(Kind::record)) {
      const Record& record = target.as_record();
      const ObjectType& type = record.type();
      if (&type == use.type) return record.get(use.slot);
      const auto slot = type.slot_of(use.name);
      return slot ? record.get(*slot) : Value::absent();
    }
    if (target.is(Kind::map)) {
      std::optional<Value> found = target.as_map().find(Value::string(use.name));
      return found ? std::move(*found) : Value::absent();
    }
    return Value::error(ErrorCode::no_such_overload, "a value of type " + target.type_name().str() + " has no fields");
  }

  static bool is_absent(const Value& value) { return value.is_error() && value.error_code() == ErrorCode::no_such_field; }

  Value select(const Node& node) {
    const Value target = eval(child(node, 0));
    if (target.is_special()) return target;
    const FieldUse& use = m_code.fields[node.payload];
    if (target.is(Kind::optional)) return placed(node, optional_field(target, use));
    Value value = field_of(target, use);
    if (!value.is_error()) return value;
    if (is_absent(value)) value = Value::error(ErrorCode::no_such_field, "no such field or key '" + use.name.str() + "'");
    return value.located(node.offset);
  }

  /// Selection that goes on in an optional: absent becomes none.
  Value optional_field(const Value& target, const FieldUse& use) {
    const Value* content = target.is(Kind::optional) ? target.as_optional() : &target;
    if (content == nullptr) return Value::optional_none();
    Value value = content->is(Kind::optional) ? optional_field(*content, use) : field_of(*content, use);
    if (is_absent(value)) return Value::optional_none();
    return value.is_special() || content->is(Kind::optional) ? value : Value::optional_of(std::move(value));
  }

  Value optional_select(const Node& node) {
    const Value target = eval(child(node, 0));
    if (target.is_special()) return target;
    return placed(node, optional_field(target, m_code.fields[node.payload]));
  }

  Value test(const Node& node) {
    Value target = eval(child(node, 0));
    if (target.is_special()) return target;
    while (target.is(Kind::optional)) {
      const Value* content = target.as_optional();
      if (content == nullptr) return Value::boolean(false);
      target = Value(*content);
    }
    const FieldUse& use = m_code.fields[node.payload];
    if (target.is(Kind::map)) return Value::boolean(target.as_map().find(Value::string(use.name)).has_value());
    Value value = field_of(target, use);
    if (is_absent(value)) return Value::boolean(false);
    return value.is_special() ? placed(node, std::move(value)) : Value::boolean(true);
  }

  // --- logic ---
  Value conditional(const Node& node) {
    const Value condition = eval(child(node, 0));
    if (condition.is_special()) return condition;
    if (!condition.is(Kind::boolean)) return no_overload("?:", {&condition}).located(node.offset);
    return eval(child(node, condition.is_true() ? 1 : 2));
  }

  Value logical(const Node& node, bool absorbing) {
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

  Value unary(const Node& node) {
    const Value operand = eval(child(node, 0));
    if (operand.is_special()) return operand;
    if (node.op == Op::negate) return placed(node, negate(operand));
    return operand.is(Kind::boolean) ? Value::boolean(!operand.is_true()) : no_overload("!", {&operand}).located(node.offset);
  }

  // --- binary operators ---
  Value binary(const Node& node) {
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

  Value operate(const Node& node, const Value& left, const Value& right) {
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
        return relation(node.op, left, right);
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

  Value relation(Op op, const Value& left, const Value& right) {
    const Order order = compare(m_context, left, right);
    if (!order.comparable) return no_overload("comparison", {&left, &right});
    switch (op) {
      case Op::less:
        return Value::boolean(order.order < 0);
      case Op::less_equal:
        return Value::boolean(order.order <= 0);
      case Op::greater:
        return Value::boolean(order.order > 0);
      default:
        return Value::boolean(order.order >= 0);
    }
  }

  /// A list position: an integer, or a real that is one.
  static std::optional<std::int64_t> position(const Value& key) {
    constexpr double k_beyond = 9.0e15;
    if (key.is(Kind::integer)) return key.as_integer();
    if (key.is(Kind::unsigned_integer)) {
      const std::uint64_t value = key.as_unsigned();
      return value <= static_cast<std::uint64_t>(INT64_MAX) ? static_cast<std::int64_t>(value) : INT64_MAX;
    }
    if (key.is(Kind::real) && std::trunc(key.as_real()) == key.as_real() && std::fabs(key.as_real()) < k_beyond)
      return static_cast<std::int64_t>(key.as_real());
    return std::nullopt;
  }

  static Value index(const Value& container, const Value& key) {
    if (container.is(Kind::map)) {
      std::optional<Value> found = container.as_map().find(key);
      return found ? std::move(*found) : Value::error(ErrorCode::no_such_field, "no such key " + to_text(key, 64));
    }
    if (!container.is(Kind::list)) return no_overload("[]", {&container, &key});
    const auto at = position(key);
    if (!at) return Value::error(ErrorCode::invalid_argument, "a list index must be an integer");
    const Sequence& list = container.as_list();
    if (*at < 0 || static_cast<std::uint64_t>(*at) >= list.size())
      return Value::error(ErrorCode::out_of_range, "index " + std::to_string(*at) + " is out of range");
    return list.at(static_cast<std::size_t>(*at));
  }

  static Value optional_index(const Value& container, const Value& key) {
    const Value* content = container.is(Kind::optional) ? container.as_optional() : &container;
    if (content == nullptr) return Value::optional_none();
    if (content->is(Kind::optional)) return optional_index(*content, key);
    if (!content->is(Kind::map) && !content->is(Kind::list)) return no_overload("[?]", {content, &key});
    Value value = index(*content, key);
    if (!value.is_error()) return Value::optional_of(std::move(value));
    return value.error_code() == ErrorCode::no_such_field || value.error_code() == ErrorCode::out_of_range ? Value::optional_none()
                                                                                                           : value;
  }

  // --- calls ---
  Value matches(const Node& node) {
    const Value text = eval(child(node, 0));
    if (text.is_special()) return text;
    if (!text.is(Kind::string)) return no_overload("matches", {&text}).located(node.offset);
    constexpr std::size_t k_bytes_a_step = 8;
    m_context.charge(1 + text.as_text().size() / k_bytes_a_step);
    return Value::boolean(m_code.regexes[node.payload]->finds(text.as_text()));
  }

  static bool accepts(const Candidate& candidate, Arguments arguments) {
    if (candidate.tests.size() != arguments.size()) return false;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      const Candidate::Test& test = candidate.tests[i];
      if (((test.kinds >> static_cast<unsigned>(arguments[i].kind())) & 1U) == 0) return false;
      if (!test.record.empty() && arguments[i].type_name() != test.record) return false;
    }
    return true;
  }

  Value call(const Node& node) {
    constexpr std::size_t k_few = 4;
    if (node.count > k_few) {
      std::vector<Value> many(node.count);
      return call_with(node, many);
    }
    std::array<Value, k_few> few;
    return call_with(node, std::span(few).first(node.count));
  }

  Value call_with(const Node& node, std::span<Value> arguments) {
    Obstacle obstacle;
    for (std::uint32_t i = 0; i < node.count; ++i) {
      arguments[i] = eval(child(node, i));
      obstacle.take(arguments[i]);
    }
    if (obstacle.any()) return obstacle.result();
    const CallSite& site = m_code.calls[node.payload];
    for (const Candidate& candidate : site.candidates)
      if (candidate.function->call && accepts(candidate, arguments))
        return placed(node, candidate.function->call(m_context, arguments));
    std::string message = "no such overload: " + site.name + "(";
    for (std::size_t i = 0; i < arguments.size(); ++i) message += (i == 0 ? "" : ", ") + arguments[i].type_name().str();
    return Value::error(ErrorCode::no_such_overload, message + ")").located(node.offset);
  }

  // --- literals ---
  /// Appends the entry, or its content when it is optional; false when it is left out.
  static bool unwrap(bool optional, Value& value) {
    if (!optional || value.is_special()) return true;
    if (!value.is(Kind::optional)) {
      value = no_overload("?", {&value});
      return true;
    }
    const Value* content = value.as_optional();
    if (content == nullptr) return false;
    value = Value(*content);
    return true;
  }

  Value list(const Node& node) {
    std::vector<Value> elements;
    elements.reserve(node.count);
    Obstacle obstacle;
    for (std::uint32_t i = 0; i < node.count; ++i) {
      Value element = eval(child(node, i));
      const bool optional = node.op == Op::optional_list && m_code.optional_entries[node.payload][i];
      if (!unwrap(optional, element)) continue;
      if (!obstacle.take(element)) elements.push_back(std::move(element));
    }
    return placed(node, obstacle.any() ? obstacle.result() : Value::own_list(std::move(elements)));
  }

  Value map(const Node& node) {
    OwnedMap::Entries entries;
    entries.reserve(node.count / 2);
    Obstacle obstacle;
    for (std::uint32_t i = 0; i + 1 < node.count; i += 2) {
      Value key = eval(child(node, i));
      Value value = eval(child(node, i + 1));
      const bool optional = node.op == Op::optional_map && m_code.optional_entries[node.payload][i / 2];
      if (!unwrap(optional, value)) continue;
      const bool bad_key = obstacle.take(key);
      if (!obstacle.take(value) && !bad_key) entries.emplace_back(std::move(key), std::move(value));
    }
    return placed(node, obstacle.any() ? obstacle.result() : Value::own_map(std::move(entries)));
  }

  Value bind(const Node& node) {
    const std::uint32_t values = node.count - 1;
    for (std::uint32_t i = 0; i < values; ++i) m_locals[node.payload + i] = eval(child(node, i));
    Value result = eval(child(node, values));
    for (std::uint32_t i = 0; i < values; ++i) m_locals[node.payload + i] = Value();
    return result;
  }

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

  Value comprehension(const Node& node) {
    const Value range = eval(child(node, 0));
    if (range.is_special()) return range;
    const auto kind = static_cast<ComprehensionKind>(node.variant);
    if (kind == ComprehensionKind::optional_map || kind == ComprehensionKind::optional_flat_map)
      return over_optional(node, kind, range);
    Gathered gathered;
    if (range.is(Kind::list)) {
      const Sequence& list = range.as_list();
      for (std::size_t i = 0, size = list.size(); i < size; ++i) {
        Value position =
            node.two_variables || kind == ComprehensionKind::transform_map ? Value::integer(static_cast<std::int64_t>(i)) : Value();
        if (turn(node, kind, std::move(position), list.at(i), gathered) == Next::done) break;
      }
    } else if (range.is(Kind::map)) {
      const Mapping& map = range.as_map();
      for (std::size_t i = 0, size = map.size(); i < size; ++i) {
        Value second = node.two_variables ? map.value_at(i) : Value();
        Value key = map.key_at(i);
        const Next next = node.two_variables ? turn(node, kind, std::move(key), std::move(second), gathered)
                                             : turn(node, kind, Value(), std::move(key), gathered);
        if (next == Next::done) break;
      }
    } else {
      return no_overload("comprehension", {&range}).located(node.offset);
    }
    m_locals[node.payload] = Value();
    if (node.two_variables) m_locals[node.second_payload] = Value();
    if (m_context.exhausted()) return stopped(node);
    return placed(node, outcome(kind, gathered));
  }

  /// One element; `key` is set for two variables only.
  Next turn(const Node& node, ComprehensionKind kind, Value key, Value element, Gathered& gathered) {
    if (!m_context.charge(1)) return Next::done;
    if (node.two_variables) {
      m_locals[node.payload] = std::move(key);
      m_locals[node.second_payload] = std::move(element);
    } else {
      m_locals[node.payload] = std::move(element);
    }
    if (node.count > 2 && !passes(node, gathered)) return Next::more;
    const std::uint32_t step = child(node, 1);
    Value value = eval(step);
    if (gathered.obstacle.take(value)) return m_context.exhausted() ? Next::done : Next::more;
    return gather(node, kind, std::move(value), gathered);
  }

  bool passes(const Node& node, Gathered& gathered) {
    const Value value = eval(child(node, 2));
    if (gathered.obstacle.take(value)) return false;
    if (!value.is(Kind::boolean)) gathered.obstacle.take(no_overload("condition", {&value}).located(node.offset));
    return value.is_true();
  }

  Next gather(const Node& node, ComprehensionKind kind, Value value, Gathered& gathered) {
    switch (kind) {
      case ComprehensionKind::map:
        gathered.elements.push_back(std::move(value));
        return Next::more;
      case ComprehensionKind::transform_map:
        gathered.entries.emplace_back(m_locals[node.payload], std::move(value));
        return Next::more;
      case ComprehensionKind::transform_map_entry:
        add_entries(value, gathered);
        return Next::more;
      default:
        break;
    }
    if (!value.is(Kind::boolean)) {
      gathered.obstacle.take(no_overload("condition", {&value}).located(node.offset));
      return Next::more;
    }
    if (value.is_true()) ++gathered.matches;
    if (kind == ComprehensionKind::filter && value.is_true()) gathered.elements.push_back(m_locals[node.payload]);
    const bool settled =
        (kind == ComprehensionKind::exists && value.is_true()) || (kind == ComprehensionKind::all && value.is_false());
    if (!settled) return Next::more;
    gathered.obstacle = {};
    gathered.settled = true;
    return Next::done;
  }

  static void add_entries(const Value& value, Gathered& gathered) {
    if (!value.is(Kind::map)) {
      gathered.obstacle.take(no_overload("transformMapEntry", {&value}));
      return;
    }
    for (std::size_t i = 0; i < value.as_map().size(); ++i)
      gathered.entries.emplace_back(value.as_map().key_at(i), value.as_map().value_at(i));
  }

  static Value outcome(ComprehensionKind kind, Gathered& gathered) {
    if (gathered.obstacle.any()) return gathered.obstacle.result();
    switch (kind) {
      case ComprehensionKind::all:
        return Value::boolean(!gathered.settled);
      case ComprehensionKind::exists:
        return Value::boolean(gathered.settled);
      case ComprehensionKind::exists_one:
        return Value::boolean(gathered.matches == 1);
      case ComprehensionKind::transform_map:
      case ComprehensionKind::transform_map_entry:
        return Value::own_map(std::move(gathered.entries));
      default:
        return Value::own_list(std::move(gathered.elements));
    }
  }

  Value over_optional(const Node& node, ComprehensionKind kind, const Value& range) {
    if (!range.is(Kind::optional)) return no_overload("optMap", {&range}).located(node.offset);
    const Value* content = range.as_optional();
    if (content == nullptr) return range;
    m_locals[node.payload] = *content;
    Value value = eval(child(node, 1));
    m_locals[node.payload] = Value();
    if (value.is_special()) return value;
    if (kind == ComprehensionKind::optional_map) return placed(node, Value::optional_of(std::move(value)));
    return value.is(Kind::optional) ? value : no_overload("optFlatMap", {&value}).located(node.offset);
  }

  const Code& m_code;
  std::span<const Value> m_constants;
  std::span<const Value> m_activation;
  std::span<Value> m_locals;
  CallContext m_context;
  Trace* m_trace;
  std::uint32_t m_stopped_at = 0;
};

}  // namespace

void Trace::record(std::uint32_t node, const Value& value) {
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
    return Evaluator(code, code.views, activation, locals, limits.max_steps, host, trace).run(code.root);
  }
  std::vector<Value> locals(code.locals);
  return Evaluator(code, code.views, activation, locals, limits.max_steps, host, trace).run(code.root);
}

Value evaluate_node(const Code& code, std::span<const Value> constants, std::uint32_t node, std::uint64_t steps) {
  return Evaluator(code, constants, {}, {}, steps, nullptr, nullptr).run(node);
}

}  // namespace postern::cel
