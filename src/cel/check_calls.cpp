// SPDX-License-Identifier: Apache-2.0
// Which functions a call may mean.
#include <postern/base/text.h>

#include <algorithm>

#include "cel/checking.h"
#include "cel/macros.h"
#include "cel/suggest.h"

namespace postern::cel {

void Checker::call(Expression& node) {
  if (node.name == "_&&_" || node.name == "_||_") return logical(node);
  std::vector<const Function*> candidates;
  if (node.member) {
    candidates = namespaced_function(node);
  } else {
    candidates = global_function(node);
  }
  for (const ExpressionPointer& operand : node.operands) visit(*operand);
  if (node.name == "_?._") return optional_select(node);
  if (candidates.empty()) return unknown_function(node);
  choose_overloads(node, candidates);
}

void Checker::logical(Expression& node) {
  node.type = TypeKind::boolean;
  for (const ExpressionPointer& operand : node.operands) {
    visit(*operand);
    if (!m_types.assignable(operand->type, TypeKind::boolean))
      report(*operand, "'" + node.name.substr(1, 2) + "' needs bool on both sides, this is " + shown(operand->type));
  }
}

std::vector<const Function*> Checker::namespaced_function(Expression& node) {
  bool root_name = false;
  if (const auto target = qualified_name(*node.operands[0], root_name)) {
    const std::string full = *target + "." + node.name;
    const auto names = root_name ? std::vector<std::string>{full} : qualified_candidates(m_environment.container(), full);
    for (const std::string& name : names) {
      if (!m_environment.has_function(name)) continue;
      node.name = name;
      node.member = false;
      node.operands.erase(node.operands.begin());
      return of_style(m_environment.overloads(name), CallStyle::global);
    }
  }
  return of_style(m_environment.overloads(node.name), CallStyle::member);
}

std::vector<const Function*> Checker::global_function(Expression& node) {
  const auto names =
      node.root_name ? std::vector<std::string>{node.name} : qualified_candidates(m_environment.container(), node.name);
  for (const std::string& name : names) {
    std::vector<const Function*> found = of_style(m_environment.overloads(name), CallStyle::global);
    if (found.empty()) continue;
    node.name = name;
    return found;
  }
  return {};
}

std::vector<const Function*> Checker::of_style(std::vector<const Function*> functions, CallStyle style) {
  std::erase_if(functions, [&](const Function* function) { return function->style != style; });
  return functions;
}

void Checker::unknown_function(Expression& node) {
  std::string hint;
  if (m_environment.has_function(node.name)) {
    const Function& other = *m_environment.overloads(node.name).front();
    hint = "it is called like this: " + other.signature();
  } else {
    std::vector<std::string_view> known = m_environment.function_names();
    for (const MacroRow& macro : macros()) known.push_back(macro.name);
    hint = suggestion(node.name, known, {});
  }
  report(node, std::string("unknown function '") + node.name + (node.member ? "' of a value" : "'"), std::move(hint));
  fail_at_run_time(node, ErrorCode::no_such_overload, "unknown function '" + node.name + "'");
}

void Checker::choose_overloads(Expression& node, const std::vector<const Function*>& candidates) {
  std::vector<Type> arguments;
  for (const ExpressionPointer& operand : node.operands) arguments.push_back(m_types.apply(operand->type));
  std::optional<Type> result;
  for (const Function* candidate : candidates) {
    if (candidate->parameters.size() != arguments.size()) continue;
    std::vector<Type> signature = candidate->parameters;
    signature.push_back(candidate->result);
    signature = m_types.instantiate(signature);
    if (!m_types.assignable(arguments, std::span(signature).first(arguments.size()))) continue;
    node.overloads.push_back(candidate);
    Type own = m_types.apply(signature.back());
    if (!result) {
      result = std::move(own);
    } else if (*result != own) {
      result = Type();
    }
  }
  if (!result) return no_overload(node, candidates, arguments);
  node.type = std::move(*result);
}

void Checker::no_overload(Expression& node, const std::vector<const Function*>& candidates, const std::vector<Type>& arguments) {
  std::vector<std::string> given;
  for (const Type& type : arguments) given.push_back(shown(type));
  std::vector<std::string> known;
  constexpr std::size_t k_shown = 4;
  for (const Function* candidate : candidates)
    if (known.size() < k_shown) known.push_back(candidate->signature());
  const bool is_operator = node.name.find('_') == 0 || node.name.find('@') == 0 || node.name == "!_" || node.name == "-_";
  report(node,
         (is_operator ? "operator " + operator_text(node.name) : "function '" + node.name + "'") + " does not take (" +
             base::join(given, ", ") + ")",
         is_operator ? std::string() : "it takes: " + base::join(known, "; "));
  node.overloads.assign(candidates.begin(), candidates.end());
  node.type = {};
}

std::string Checker::operator_text(const std::string& name) {
  if (name == "@in") return "'in'";
  std::string text;
  std::copy_if(name.begin(), name.end(), std::back_inserter(text), [](char c) { return c != '_'; });
  return "'" + text + "'";
}

}  // namespace postern::cel
