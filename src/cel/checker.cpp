// SPDX-License-Identifier: Apache-2.0
// Types of expressions, by walking the tree (language definition, section Gradual Type Checking).
#include "cel/checker.h"

#include <algorithm>

#include "cel/checking.h"

namespace postern::cel {

CheckResult Checker::run(Expression& root) {
  visit(root);
  finish(root);
  return std::move(m_result);
}

void Checker::report(const Expression& where, std::string message, std::string hint) {
  if (m_options.checking == Checking::off || m_result.issues.size() >= m_options.limits.max_issues) return;
  m_result.issues.push_back({Position{where.offset, 1, 1}, std::move(message), std::move(hint)});
}

void Checker::fail_at_run_time(Expression& node, ErrorCode code, std::string message) {
  node.meaning = Meaning::failure;
  node.value = Value::error(code, std::move(message)).located(node.offset);
  node.type = {};
}

const Checker::Local* Checker::local(std::string_view name) const {
  const auto found =
      std::find_if(m_locals.rbegin(), m_locals.rend(), [&](const Local& candidate) { return candidate.name == name; });
  return found == m_locals.rend() ? nullptr : &*found;
}

std::uint32_t Checker::push(std::string_view name, Type type) {
  const auto slot = static_cast<std::uint32_t>(m_locals.size());
  m_locals.push_back({name, std::move(type), slot});
  m_result.locals = std::max(m_result.locals, slot + 1);
  return slot;
}

void Checker::pop(std::size_t count) { m_locals.resize(m_locals.size() - count); }

void Checker::visit(Expression& node) {
  switch (node.kind) {
    case ExpressionKind::constant:
      node.type = constant_type(node.value);
      break;
    case ExpressionKind::identifier:
      identifier(node);
      break;
    case ExpressionKind::select:
      select(node);
      break;
    case ExpressionKind::test:
      test(node);
      break;
    case ExpressionKind::call:
      call(node);
      break;
    case ExpressionKind::list:
      list(node);
      break;
    case ExpressionKind::map:
      map(node);
      break;
    case ExpressionKind::structure:
      structure(node);
      break;
    case ExpressionKind::comprehension:
      comprehension(node);
      break;
    case ExpressionKind::bind:
      bind(node);
      break;
  }
  node.type = bounded(m_types.apply(node.type));
}

Type Checker::constant_type(const Value& value) {
  switch (value.kind()) {
    case Kind::boolean:
      return TypeKind::boolean;
    case Kind::integer:
      return TypeKind::integer;
    case Kind::unsigned_integer:
      return TypeKind::unsigned_integer;
    case Kind::real:
      return TypeKind::real;
    case Kind::string:
      return TypeKind::string;
    case Kind::bytes:
      return TypeKind::bytes;
    default:
      return TypeKind::null;
  }
}

std::string Checker::shown(const Type& type) const { return m_types.finish(type).text(); }

void Checker::finish(Expression& node) {
  node.type = m_types.finish(node.type);
  for (const ExpressionPointer& operand : node.operands) finish(*operand);
}

CheckResult check(Expression& root, const Environment& environment, const CompileOptions& options) {
  return Checker(environment, options).run(root);
}

}  // namespace postern::cel
