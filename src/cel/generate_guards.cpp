// SPDX-License-Identifier: Apache-2.0
// The guards of an expression: what must hold for it to be true, as far as an index can tell.
#include "cel/generation.h"

namespace postern::cel {
namespace {

/// "relation.kind" for a variable and selections from it.
std::optional<std::string> path_of(const Expression& node) {
  if (node.kind == ExpressionKind::identifier && node.meaning == Meaning::variable) return node.name;
  if (node.kind != ExpressionKind::select) return std::nullopt;
  std::optional<std::string> path = path_of(*node.operands[0]);
  if (path) *path += "." + node.name;
  return path;
}

/// `PATH == constant`.
void add_equality(const Expression& left, const Expression& right, std::vector<Guard>& guards) {
  const std::optional<std::string> path = path_of(left);
  if (path && right.kind == ExpressionKind::constant) guards.push_back({*path, {right.value}});
}

/// `PATH in [constants]`.
void add_membership(const Expression& node, std::vector<Guard>& guards) {
  const std::optional<std::string> path = path_of(*node.operands[0]);
  if (!path || node.operands[1]->has_optional) return;
  Guard guard{*path, {}};
  for (const ExpressionPointer& entry : node.operands[1]->operands) {
    if (entry->kind != ExpressionKind::constant) return;
    guard.allowed.push_back(entry->value);
  }
  guards.push_back(std::move(guard));
}

/// `PATH` or `!PATH` alone.
void add_truth(const Expression& node, bool wanted, std::vector<Guard>& guards) {
  if (const std::optional<std::string> path = path_of(node)) guards.push_back({*path, {Value::boolean(wanted)}});
}

}  // namespace

void collect_guards(const Expression& root, std::vector<Guard>& guards) {
  if (root.meaning == Meaning::failure) return;
  if (root.kind != ExpressionKind::call) return add_truth(root, true, guards);
  if (root.name == "_&&_") {
    for (const ExpressionPointer& operand : root.operands) collect_guards(*operand, guards);
  } else if (root.name == "_==_") {
    add_equality(*root.operands[0], *root.operands[1], guards);
    add_equality(*root.operands[1], *root.operands[0], guards);
  } else if (root.name == "!_") {
    add_truth(*root.operands[0], false, guards);
  } else if (root.name == "@in" && root.operands[1]->kind == ExpressionKind::list) {
    add_membership(root, guards);
  }
}

void collect_comparisons(const Expression& root, std::vector<Guard>& comparisons) {
  if (root.kind == ExpressionKind::call && (root.name == "_==_" || root.name == "_!=_")) {
    add_equality(*root.operands[0], *root.operands[1], comparisons);
    add_equality(*root.operands[1], *root.operands[0], comparisons);
  } else if (root.kind == ExpressionKind::call && root.name == "@in" && root.operands[1]->kind == ExpressionKind::list) {
    add_membership(root, comparisons);
  }
  for (const ExpressionPointer& operand : root.operands) collect_comparisons(*operand, comparisons);
}

}  // namespace postern::cel
