// SPDX-License-Identifier: Apache-2.0
// Operators and calls as code: overloads are prepared, constants folded, constant patterns compiled.
#include <algorithm>
#include <array>

#include "cel/evaluator.h"
#include "cel/generation.h"

namespace postern::cel {
namespace {

struct OperatorRow {
  std::string_view name;
  Op op;
};
constexpr std::array k_operators = {
    OperatorRow{"_&&_", Op::logical_and},
    OperatorRow{"_||_", Op::logical_or},
    OperatorRow{"!_", Op::logical_not},
    OperatorRow{"-_", Op::negate},
    OperatorRow{"_==_", Op::equals},
    OperatorRow{"_!=_", Op::not_equals},
    OperatorRow{"_<_", Op::less},
    OperatorRow{"_<=_", Op::less_equal},
    OperatorRow{"_>_", Op::greater},
    OperatorRow{"_>=_", Op::greater_equal},
    OperatorRow{"@in", Op::in},
    OperatorRow{"_+_", Op::add},
    OperatorRow{"_-_", Op::subtract},
    OperatorRow{"_*_", Op::multiply},
    OperatorRow{"_/_", Op::divide},
    OperatorRow{"_%_", Op::modulo},
    OperatorRow{"_[_]", Op::index},
    OperatorRow{"_[?_]", Op::optional_index},
    OperatorRow{"_?:_", Op::conditional},
    OperatorRow{"_?_:_", Op::conditional},
    OperatorRow{"_?._", Op::optional_select},
};

constexpr std::uint32_t bit(Kind kind) { return 1U << static_cast<unsigned>(kind); }
constexpr std::uint32_t k_any_kind = bit(Kind::unknown) - 1;  ///< everything before unknown and error

/// Which kinds of values a parameter takes.
Candidate::Test test_of(const Type& type) {
  switch (type.kind()) {
    case TypeKind::dynamic:
    case TypeKind::parameter:
      return {k_any_kind, {}};
    case TypeKind::null:
      return {bit(Kind::null), {}};
    case TypeKind::boolean:
      return {bit(Kind::boolean), {}};
    case TypeKind::integer:
      return {bit(Kind::integer), {}};
    case TypeKind::unsigned_integer:
      return {bit(Kind::unsigned_integer), {}};
    case TypeKind::real:
      return {bit(Kind::real), {}};
    case TypeKind::string:
      return {bit(Kind::string), {}};
    case TypeKind::bytes:
      return {bit(Kind::bytes), {}};
    case TypeKind::timestamp:
      return {bit(Kind::timestamp), {}};
    case TypeKind::duration:
      return {bit(Kind::duration), {}};
    case TypeKind::list:
      return {bit(Kind::list), {}};
    case TypeKind::map:
      return {bit(Kind::map), {}};
    case TypeKind::type:
      return {bit(Kind::type), {}};
    case TypeKind::object:
      return {bit(Kind::record), type.name()};
    case TypeKind::abstract:
      return type.is_optional() ? Candidate::Test{bit(Kind::optional), {}} : Candidate::Test{bit(Kind::record), type.name()};
  }
  return {};
}

bool is_standard(const Function* function) {
  static const std::set<const Function*> k_standard = [] {
    std::set<const Function*> all;
    for (const Function& standard : standard_functions()) all.insert(&standard);
    return all;
  }();
  return k_standard.count(function) != 0;
}

}  // namespace

std::uint32_t Generator::call(Node node, const Expression& source) {
  const auto* row = std::find_if(k_operators.begin(), k_operators.end(),
                                 [&](const OperatorRow& candidate) { return candidate.name == source.name; });
  if (row == k_operators.end()) return function_call(node, source);
  node.op = row->op;
  if (row->op == Op::optional_select) return field(node, source, source.operands[1]->value.as_text());
  std::vector<std::uint32_t> operands = visit_operands(source);
  const bool foldable = row->op >= Op::logical_not && all_constant(operands);
  return fold(with(node, operands), foldable);
}

std::optional<std::uint32_t> Generator::constant_pattern(const Expression& where, std::string_view pattern) {
  const auto known = m_patterns.find(pattern);
  if (known != m_patterns.end()) return known->second;
  auto regex = Regex::compile(pattern);
  std::string trouble;
  if (auto* message = std::get_if<std::string>(&regex)) {
    trouble = std::move(*message);
  } else if (m_pattern_instructions += std::get<0>(regex)->program_size(); m_pattern_instructions > k_most_pattern_instructions) {
    trouble = "the regular expressions are too complex altogether";
  }
  if (!trouble.empty()) {
    if (m_options.checking == Checking::strict && m_issues.size() < m_options.limits.max_issues)
      m_issues.push_back({Position{where.offset, 1, 1}, std::move(trouble), "RE2 syntax: no look-around, no back-references"});
    return std::nullopt;
  }
  m_code->regexes.push_back(std::get<0>(std::move(regex)));
  const auto index = static_cast<std::uint32_t>(m_code->regexes.size() - 1);
  m_patterns.emplace(pattern, index);
  return index;
}

std::uint32_t Generator::function_call(Node node, const Expression& source) {
  m_functions.insert(source.name);
  std::vector<std::uint32_t> operands = visit_operands(source);
  const Value* pattern = source.name == "matches" && operands.size() == 2 ? constant_at(operands[1]) : nullptr;
  if (pattern != nullptr && pattern->is(Kind::string) && m_pattern_instructions <= k_most_pattern_instructions) {
    if (const auto index = constant_pattern(*source.operands[1], pattern->as_text())) {
      node.op = Op::matches;
      node.payload = *index;
      return with(node, {operands[0]});
    }
  }
  node.op = Op::call;
  node.payload = static_cast<std::uint32_t>(m_code->calls.size());
  m_code->calls.push_back({source.name, {}});
  bool pure = true;
  for (const Function* function : source.overloads) {
    Candidate candidate{function, {}};
    for (const Type& parameter : function->parameters) candidate.tests.push_back(test_of(parameter));
    m_code->calls.back().candidates.push_back(std::move(candidate));
    pure = pure && is_standard(function);
  }
  return fold(with(node, operands), pure && all_constant(operands));
}

bool Generator::is_small(const Value& value) {
  constexpr std::size_t k_bytes = 1'024;
  constexpr std::size_t k_elements = 64;
  if (value.is(Kind::string) || value.is(Kind::bytes)) return value.as_text().size() <= k_bytes;
  if (value.is(Kind::list)) return value.as_list().size() <= k_elements;
  return !value.is(Kind::map) || value.as_map().size() <= k_elements;
}

std::uint32_t Generator::fold(std::uint32_t index, bool foldable) {
  if (!foldable) return index;
  constexpr std::uint64_t k_steps = 2'000;
  const Node node = m_code->nodes[index];
  const bool is_literal = node.op == Op::list || node.op == Op::map;
  Value value = evaluate_node(*m_code, m_code->constants, index, is_literal ? k_steps + node.count : k_steps);
  if (value.is_special() || (!is_literal && !is_small(value))) return index;  // errors stay errors of the evaluation
  return add_constant(node, std::move(value));
}

}  // namespace postern::cel
