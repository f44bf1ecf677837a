// SPDX-License-Identifier: Apache-2.0
// Comprehensions: what all, exists, map, filter and their kin gather from lists and maps.
#include "cel/evaluation.h"

namespace postern::cel {

Value Evaluation::comprehension(const Node& node) {
  Value memory;
  return gathered_from(node, operand(child(node, 0), memory));
}

Value Evaluation::gathered_from(const Node& node, const Value& range) {
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

Evaluation::Next Evaluation::turn(const Node& node, ComprehensionKind kind, Value key, Value element, Gathered& gathered) {
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

bool Evaluation::passes(const Node& node, Gathered& gathered) {
  const Value value = eval(child(node, 2));
  if (gathered.obstacle.take(value)) return false;
  if (!value.is(Kind::boolean)) gathered.obstacle.take(no_overload("condition", {&value}).located(node.offset));
  return value.is_true();
}

Evaluation::Next Evaluation::gather(const Node& node, ComprehensionKind kind, Value value, Gathered& gathered) {
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

void Evaluation::add_entries(const Value& value, Gathered& gathered) {
  if (!value.is(Kind::map)) {
    gathered.obstacle.take(no_overload("transformMapEntry", {&value}));
    return;
  }
  for (std::size_t i = 0; i < value.as_map().size(); ++i)
    gathered.entries.emplace_back(value.as_map().key_at(i), value.as_map().value_at(i));
}

Value Evaluation::outcome(ComprehensionKind kind, Gathered& gathered) {
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

Value Evaluation::over_optional(const Node& node, ComprehensionKind kind, const Value& range) {
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

}  // namespace postern::cel
