// SPDX-License-Identifier: Apache-2.0
// From the checked tree to the flat code: constants are folded, constant patterns compiled, fields and overloads prepared.
#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

#include "cel/code.h"
#include "cel/evaluator.h"

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

/// "relation.kind" for a variable and selections from it.
std::optional<std::string> path_of(const Expression& node) {
  if (node.kind == ExpressionKind::identifier && node.meaning == Meaning::variable) return node.name;
  if (node.kind != ExpressionKind::select) return std::nullopt;
  std::optional<std::string> path = path_of(*node.operands[0]);
  if (path) *path += "." + node.name;
  return path;
}

class Generator {
 public:
  Generator(const Environment& environment, const CompileOptions& options, std::vector<Issue>& issues)
      : m_environment(environment), m_options(options), m_issues(issues), m_code(std::make_shared<Code>()) {}

  std::shared_ptr<const Code> run(std::string_view source, const Expression& root, std::uint32_t locals) {
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
    collect_guards(root);
    return m_code;
  }

 private:
  std::uint32_t visit(const Expression& source) {
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

  std::uint32_t add(const Node& node) {
    m_code->nodes.push_back(node);
    return static_cast<std::uint32_t>(m_code->nodes.size() - 1);
  }
  std::uint32_t add_constant(Node node, Value value) {
    node.op = Op::constant;
    node.first = node.count = 0;
    node.payload = static_cast<std::uint32_t>(m_code->constants.size());
    m_code->constants.push_back(std::move(value));
    return add(node);
  }
  std::vector<std::uint32_t> visit_operands(const Expression& source) {
    std::vector<std::uint32_t> operands;
    operands.reserve(source.operands.size());
    for (const ExpressionPointer& operand : source.operands) operands.push_back(visit(*operand));
    return operands;
  }
  std::uint32_t with(Node node, const std::vector<std::uint32_t>& operands) {
    node.first = static_cast<std::uint32_t>(m_code->children.size());
    node.count = static_cast<std::uint32_t>(operands.size());
    m_code->children.insert(m_code->children.end(), operands.begin(), operands.end());
    return add(node);
  }
  std::uint32_t with_operands(const Node& node, const Expression& source) { return with(node, visit_operands(source)); }

  [[nodiscard]] const Value* constant_at(std::uint32_t index) const {
    const Node& node = m_code->nodes[index];
    if (node.op != Op::constant || m_code->constants[node.payload].is_special()) return nullptr;
    return &m_code->constants[node.payload];
  }
  [[nodiscard]] bool all_constant(const std::vector<std::uint32_t>& operands) const {
    return std::all_of(operands.begin(), operands.end(), [&](std::uint32_t operand) { return constant_at(operand) != nullptr; });
  }

  std::uint32_t identifier(Node node, const Expression& source) {
    if (source.meaning == Meaning::type_constant) return add_constant(node, source.value);
    node.op = source.meaning == Meaning::variable ? Op::variable : Op::local;
    node.payload = source.slot;
    if (node.op == Op::variable) m_variables.insert(source.name);
    return add(node);
  }

  std::uint32_t field(Node node, const Expression& source, std::string_view name) {
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

  std::uint32_t call(Node node, const Expression& source) {
    const auto* row = std::find_if(k_operators.begin(), k_operators.end(),
                                   [&](const OperatorRow& candidate) { return candidate.name == source.name; });
    if (row == k_operators.end()) return function_call(node, source);
    node.op = row->op;
    if (row->op == Op::optional_select) return field(node, source, source.operands[1]->value.as_text());
    std::vector<std::uint32_t> operands = visit_operands(source);
    const bool foldable = row->op >= Op::logical_not && all_constant(operands);
    return fold(with(node, operands), foldable);
  }

  /// The compiled form of a constant pattern, shared between equal ones; nothing when it is refused (an issue, or an error when
  /// run).
  std::optional<std::uint32_t> constant_pattern(const Expression& where, std::string_view pattern) {
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

  std::uint32_t function_call(Node node, const Expression& source) {
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

  /// Results of operators and functions are kept up to this size, so that folding a long chain cannot fill the memory.
  static bool is_small(const Value& value) {
    constexpr std::size_t k_bytes = 1'024;
    constexpr std::size_t k_elements = 64;
    if (value.is(Kind::string) || value.is(Kind::bytes)) return value.as_text().size() <= k_bytes;
    if (value.is(Kind::list)) return value.as_list().size() <= k_elements;
    return !value.is(Kind::map) || value.as_map().size() <= k_elements;
  }

  /// Replaces a node whose operands are constants by its value, when it has one.
  std::uint32_t fold(std::uint32_t index, bool foldable) {
    if (!foldable) return index;
    constexpr std::uint64_t k_steps = 2'000;
    const Node node = m_code->nodes[index];
    const bool is_literal = node.op == Op::list || node.op == Op::map;
    Value value = evaluate_node(*m_code, m_code->constants, index, is_literal ? k_steps + node.count : k_steps);
    if (value.is_special() || (!is_literal && !is_small(value))) return index;  // errors stay errors of the evaluation
    return add_constant(node, std::move(value));
  }

  std::uint32_t list(Node node, const Expression& source) {
    const std::vector<std::uint32_t> operands = visit_operands(source);
    node.op = source.has_optional ? Op::optional_list : Op::list;
    remember_optional(node, source);
    return fold(with(node, operands), !source.has_optional && all_constant(operands));
  }

  std::uint32_t map(Node node, const Expression& source) {
    const std::vector<std::uint32_t> operands = visit_operands(source);
    node.op = source.has_optional ? Op::optional_map : Op::map;
    remember_optional(node, source);
    return fold(with(node, operands), !source.has_optional && all_constant(operands));
  }

  void remember_optional(Node& node, const Expression& source) {
    if (!source.has_optional) return;
    node.payload = static_cast<std::uint32_t>(m_code->optional_entries.size());
    m_code->optional_entries.push_back(source.optional_entries);
  }

  std::uint32_t comprehension(Node node, const Expression& source) {
    node.op = Op::comprehension;
    node.variant = static_cast<std::uint8_t>(source.comprehension);
    node.two_variables = source.names.size() == 2;
    node.payload = source.slot;
    node.second_payload = source.second_slot;
    m_functions.insert(source.name);
    return with_operands(node, source);
  }

  // --- guards ---
  void collect_guards(const Expression& node) {
    if (node.kind != ExpressionKind::call || node.meaning == Meaning::failure) return;
    if (node.name == "_&&_") {
      for (const ExpressionPointer& operand : node.operands) collect_guards(*operand);
    } else if (node.name == "_==_") {
      equality_guard(*node.operands[0], *node.operands[1]);
      equality_guard(*node.operands[1], *node.operands[0]);
    } else if (node.name == "@in" && node.operands[1]->kind == ExpressionKind::list) {
      membership_guard(node);
    }
  }
  void equality_guard(const Expression& left, const Expression& right) {
    const std::optional<std::string> path = path_of(left);
    if (path && right.kind == ExpressionKind::constant) m_code->guards.push_back({*path, {right.value}});
  }
  void membership_guard(const Expression& node) {
    const std::optional<std::string> path = path_of(*node.operands[0]);
    if (!path) return;
    Guard guard{*path, {}};
    for (const ExpressionPointer& entry : node.operands[1]->operands) {
      if (entry->kind != ExpressionKind::constant) return;
      guard.allowed.push_back(entry->value);
    }
    if (!node.operands[1]->has_optional) m_code->guards.push_back(std::move(guard));
  }

  const Environment& m_environment;
  const CompileOptions& m_options;
  std::vector<Issue>& m_issues;
  std::shared_ptr<Code> m_code;
  static constexpr std::size_t k_most_pattern_instructions = 100'000;
  std::map<std::string, std::uint32_t, std::less<>> m_patterns;
  std::size_t m_pattern_instructions = 0;
  std::set<std::string> m_variables;
  std::set<std::string> m_functions;
  std::set<std::string> m_fields;
};

}  // namespace

std::shared_ptr<const Code> generate(std::string_view source, const Expression& root, std::uint32_t locals,
                                     const Environment& environment, const CompileOptions& options, std::vector<Issue>& issues) {
  return Generator(environment, options, issues).run(source, root, locals);
}

}  // namespace postern::cel
