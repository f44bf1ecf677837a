// SPDX-License-Identifier: Apache-2.0
// Calls of functions, literals, and names for values.
#include <array>

#include "cel/evaluation.h"

namespace postern::cel {

Value Evaluation::matches(const Node& node) {
  Value memory;
  const Value& text = operand(child(node, 0), memory);
  if (text.is_special()) return text;
  if (!text.is(Kind::string)) return no_overload("matches", {&text}).located(node.offset);
  constexpr std::size_t k_bytes_a_step = 8;
  m_context.charge(1 + text.as_text().size() / k_bytes_a_step);
  return Value::boolean(m_code.regexes[node.payload]->finds(text.as_text()));
}

bool Evaluation::accepts(const Candidate& candidate, Arguments arguments) {
  if (candidate.tests.size() != arguments.size()) return false;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Candidate::Test& test = candidate.tests[i];
    if (((test.kinds >> static_cast<unsigned>(arguments[i].kind())) & 1U) == 0) return false;
    if (!test.record.empty() && arguments[i].type_name() != test.record) return false;
  }
  return true;
}

Value Evaluation::call(const Node& node) {
  constexpr std::size_t k_few = 4;
  if (node.count > k_few) {
    std::vector<Value> many(node.count);
    return call_with(node, many);
  }
  std::array<Value, k_few> few;
  return call_with(node, std::span(few).first(node.count));
}

Value Evaluation::call_with(const Node& node, std::span<Value> arguments) {
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

bool Evaluation::unwrap(bool optional, Value& value) {
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

Value Evaluation::list(const Node& node) {
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

Value Evaluation::map(const Node& node) {
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

Value Evaluation::bind(const Node& node) {
  const std::uint32_t values = node.count - 1;
  for (std::uint32_t i = 0; i < values; ++i) m_locals[node.payload + i] = eval(child(node, i));
  Value result = eval(child(node, values));
  for (std::uint32_t i = 0; i < values; ++i) m_locals[node.payload + i] = Value();
  return result;
}

}  // namespace postern::cel
