// SPDX-License-Identifier: Apache-2.0
// The macros of the language definition and of the extensions: one row each.
#include "cel/macros.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "cel/parser.h"

namespace postern::cel {
namespace {

using Expansion = std::variant<ExpressionPointer, SyntaxError>;

SyntaxError trouble(const Expression& where, std::string message) { return {where.offset, std::move(message), {}}; }

/// The name of a variable that a macro declares, or nothing when the argument is not a plain name.
std::optional<std::string> variable_name(const Expression& argument) {
  if (argument.kind != ExpressionKind::identifier || argument.root_name) return std::nullopt;
  return argument.name;
}

constexpr const char* k_needs_name = "a macro's variable must be a plain name";

/// range.macro(variable..., [filter,] step)
Expansion comprehension(ExpressionPointer call, ComprehensionKind kind, std::size_t variables, bool filtered) {
  auto node = std::make_unique<Expression>(ExpressionKind::comprehension, call->offset);
  node->name = call->name;
  node->comprehension = kind;
  for (std::size_t i = 1; i <= variables; ++i) {
    std::optional<std::string> name = variable_name(*call->operands[i]);
    if (!name) return trouble(*call->operands[i], k_needs_name);
    node->names.push_back(std::move(*name));
  }
  if (variables == 2 && node->names[0] == node->names[1])
    return trouble(*call->operands[2], "the two variables of '" + call->name + "' must have different names");
  node->operands.push_back(std::move(call->operands[0]));
  node->operands.push_back(std::move(call->operands.back()));
  if (filtered) node->operands.push_back(std::move(call->operands[variables + 1]));
  return node;
}

template <ComprehensionKind kind, std::size_t variables, bool filtered = false>
Expansion fold(ExpressionPointer call) {
  return comprehension(std::move(call), kind, variables, filtered);
}

Expansion has(ExpressionPointer call) {
  ExpressionPointer argument = std::move(call->operands[0]);
  const bool optional_select = argument->kind == ExpressionKind::call && argument->name == "_?._";
  if (argument->kind != ExpressionKind::select && !optional_select)
    return trouble(*argument, "the argument of 'has' must select a field: has(a.b)");
  if (optional_select) {
    argument->name = argument->operands[1]->value.as_text();
    argument->operands.pop_back();
  }
  argument->kind = ExpressionKind::test;
  return argument;
}

Expansion bind(ExpressionPointer call) {
  auto node = std::make_unique<Expression>(ExpressionKind::bind, call->offset);
  std::optional<std::string> name = variable_name(*call->operands[1]);
  if (!name) return trouble(*call->operands[1], k_needs_name);
  node->names.push_back(std::move(*name));
  node->operands.push_back(std::move(call->operands[2]));
  node->operands.push_back(std::move(call->operands[3]));
  return node;
}

std::optional<std::int64_t> small_index(const Expression& argument) {
  constexpr std::int64_t k_most = 100'000;
  if (argument.kind != ExpressionKind::constant || !argument.value.is(Kind::integer)) return std::nullopt;
  const std::int64_t index = argument.value.as_integer();
  return index >= 0 && index <= k_most ? std::optional(index) : std::nullopt;
}

Expansion block(ExpressionPointer call) {
  Expression& entries = *call->operands[1];
  if (entries.kind != ExpressionKind::list || entries.has_optional)
    return trouble(entries, "the first argument of 'cel.block' must be a list");
  auto node = std::make_unique<Expression>(ExpressionKind::bind, call->offset);
  for (ExpressionPointer& entry : entries.operands) {
    node->names.push_back("@index" + std::to_string(node->names.size()));
    node->operands.push_back(std::move(entry));
  }
  node->operands.push_back(std::move(call->operands[2]));
  return node;
}

/// A name that no source text can spell, for cel.index(0) and cel.iterVar(0, 1).
Expansion synthetic(ExpressionPointer call, std::string name) {
  for (std::size_t i = 1; i < call->operands.size(); ++i) {
    const std::optional<std::int64_t> index = small_index(*call->operands[i]);
    if (!index) return trouble(*call->operands[i], "expected a small, non-negative integer");
    name += (i > 1 ? ":" : "") + std::to_string(*index);
  }
  auto node = std::make_unique<Expression>(ExpressionKind::identifier, call->offset);
  node->name = std::move(name);
  return node;
}
Expansion index(ExpressionPointer call) { return synthetic(std::move(call), "@index"); }
Expansion iteration_variable(ExpressionPointer call) { return synthetic(std::move(call), "@it:"); }

using enum ComprehensionKind;
constexpr CallStyle k_member = CallStyle::member;
constexpr std::array k_macros = {
    MacroRow{"has", CallStyle::global, 1, has, "Whether a field or key is there.", "has({'a': 1}.a) && !has({'a': 1}.b)"},
    MacroRow{"all", k_member, 2, fold<all, 1>, "Whether a condition holds for every element or key.", "[1, 2].all(x, x > 0)"},
    MacroRow{"exists", k_member, 2, fold<exists, 1>, "Whether a condition holds for some element or key.",
             "[1, 2].exists(x, x > 1)"},
    MacroRow{"exists_one", k_member, 2, fold<exists_one, 1>, "Whether a condition holds for exactly one element or key.",
             "[1, 2].exists_one(x, x > 1)"},
    MacroRow{"existsOne", k_member, 2, fold<exists_one, 1>, "The same as exists_one.", "[1, 2].existsOne(x, x > 1)"},
    MacroRow{"map", k_member, 2, fold<map, 1>, "The list of an expression's values for each element or key.",
             "[1, 2].map(x, x * 2) == [2, 4]"},
    MacroRow{"map", k_member, 3, fold<map, 1, true>, "The same, only for elements that fulfil a condition.",
             "[1, 2].map(x, x > 1, x * 2) == [4]"},
    MacroRow{"filter", k_member, 2, fold<filter, 1>, "The list of the elements or keys that fulfil a condition.",
             "[1, 2].filter(x, x > 1) == [2]"},
    MacroRow{"all", k_member, 3, fold<all, 2>, "all() with index and element, or key and value.", "[1, 2].all(i, v, v == i + 1)"},
    MacroRow{"exists", k_member, 3, fold<exists, 2>, "exists() with index and element, or key and value.",
             "{'a': 1}.exists(k, v, k == 'a' && v == 1)"},
    MacroRow{"exists_one", k_member, 3, fold<exists_one, 2>, "exists_one() with index and element, or key and value.",
             "[7, 8].exists_one(i, v, i == 1 && v == 8)"},
    MacroRow{"existsOne", k_member, 3, fold<exists_one, 2>, "exists_one() with index and element, or key and value.",
             "[7, 8].existsOne(i, v, i == 1 && v == 8)"},
    MacroRow{"transformList", k_member, 3, fold<map, 2>, "map() with index and element, or key and value.",
             "[5, 6].transformList(i, v, i + v) == [5, 7]"},
    MacroRow{"transformList", k_member, 4, fold<map, 2, true>, "The same, only where a condition holds.",
             "[5, 6].transformList(i, v, i > 0, v) == [6]"},
    MacroRow{"transformMap", k_member, 3, fold<transform_map, 2>, "A map with the same keys (or indexes) and new values.",
             "{'a': 1}.transformMap(k, v, v + 1) == {'a': 2}"},
    MacroRow{"transformMap", k_member, 4, fold<transform_map, 2, true>, "The same, only where a condition holds.",
             "{'a': 1, 'b': 2}.transformMap(k, v, v > 1, v) == {'b': 2}"},
    MacroRow{"transformMapEntry", k_member, 3, fold<transform_map_entry, 2>, "A map made of one-entry maps.",
             "{'a': 1}.transformMapEntry(k, v, {v: k}) == {1: 'a'}"},
    MacroRow{"transformMapEntry", k_member, 4, fold<transform_map_entry, 2, true>, "The same, only where a condition holds.",
             "{'a': 1, 'b': 2}.transformMapEntry(k, v, v > 1, {v: k}) == {2: 'b'}"},
    MacroRow{"optMap", k_member, 2, fold<optional_map, 1>, "An expression of an optional's value, as an optional.",
             "optional.of(1).optMap(x, x + 1) == optional.of(2)"},
    MacroRow{"optFlatMap", k_member, 2, fold<optional_flat_map, 1>, "An optional computed from an optional's value.",
             "optional.of({'a': 1}).optFlatMap(m, m.?a) == optional.of(1)"},
    MacroRow{"cel.bind", CallStyle::global, 3, bind, "Names a value for use in an expression.", "cel.bind(x, 2, x * x) == 4"},
    MacroRow{"cel.block", CallStyle::global, 2, block, "Numbered values for use in an expression (written by optimisers).",
             "cel.block([1, cel.index(0) + 1], cel.index(1)) == 2"},
    MacroRow{"cel.index", CallStyle::global, 1, index, "A value of the enclosing cel.block.", "cel.block([1], cel.index(0)) == 1"},
    MacroRow{"cel.iterVar", CallStyle::global, 2, iteration_variable, "A comprehension's variable (written by optimisers).",
             "[1].exists(cel.iterVar(0, 0), cel.iterVar(0, 0) == 1)"},
};

bool fits(const MacroRow& row, const Expression& call) {
  if (row.style == CallStyle::member) return call.member && call.name == row.name && call.operands.size() == row.arguments + 1;
  const std::size_t dot = row.name.find('.');
  if (dot == std::string_view::npos) return !call.member && call.name == row.name && call.operands.size() == row.arguments;
  if (!call.member || call.operands.size() != row.arguments + 1 || call.name != row.name.substr(dot + 1)) return false;
  const Expression& target = *call.operands[0];
  return target.kind == ExpressionKind::identifier && target.name == row.name.substr(0, dot);
}

}  // namespace

std::span<const MacroRow> macros() { return k_macros; }

Expansion expand_macro(ExpressionPointer call) {
  const auto row =
      std::find_if(k_macros.begin(), k_macros.end(), [&](const MacroRow& candidate) { return fits(candidate, *call); });
  if (row == k_macros.end()) return call;
  return row->expand(std::move(call));
}

}  // namespace postern::cel
