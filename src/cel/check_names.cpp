// SPDX-License-Identifier: Apache-2.0
// What names and fields mean (language definition, section Name Resolution).
#include <algorithm>

#include "cel/checking.h"
#include "cel/suggest.h"

namespace postern::cel {
namespace {

/// Names that denote types as values.
constexpr std::array<std::string_view, 16> k_type_constants = {"bool",
                                                               "int",
                                                               "uint",
                                                               "double",
                                                               "string",
                                                               "bytes",
                                                               "list",
                                                               "map",
                                                               "null_type",
                                                               "type",
                                                               "google.protobuf.Timestamp",
                                                               "google.protobuf.Duration",
                                                               "optional_type",
                                                               "net.IP",
                                                               "net.CIDR",
                                                               "dyn"};

std::optional<Type> type_constant(std::string_view name, Checking checking) {
  if (std::find(k_type_constants.begin(), k_type_constants.end(), name) == k_type_constants.end()) return std::nullopt;
  if (name == "dyn") return checking == Checking::off ? std::nullopt : std::optional(Type());  // a type of the checker only
  if (name == "optional_type") return Type::optional({});
  return Type::parse(name);
}

}  // namespace

std::vector<std::string> qualified_candidates(std::string_view container, const std::string& name) {
  std::vector<std::string> candidates;
  while (!container.empty()) {
    candidates.push_back(std::string(container) + "." + name);
    const std::size_t dot = container.rfind('.');
    container = dot == std::string_view::npos ? std::string_view() : container.substr(0, dot);
  }
  candidates.push_back(name);
  return candidates;
}

bool Checker::resolve_global(Expression& node, const std::string& name, bool root_name) {
  const std::vector<std::string> candidates =
      root_name ? std::vector<std::string>{name} : qualified_candidates(m_environment.container(), name);
  for (const std::string& candidate : candidates) {
    if (const auto slot = m_environment.slot_of(candidate)) {
      node.kind = ExpressionKind::identifier;
      node.meaning = Meaning::variable;
      node.slot = static_cast<std::uint32_t>(*slot);
      node.name = candidate;
      node.type = m_environment.variables()[*slot].type;
      return true;
    }
    if (std::optional<Type> type = type_constant(candidate, m_options.checking)) {
      node.kind = ExpressionKind::identifier;
      node.meaning = Meaning::type_constant;
      node.value = Value::type(base::Symbol(candidate));
      node.type = Type::type_of(std::move(*type));
      return true;
    }
  }
  return false;
}

void Checker::identifier(Expression& node) {
  if (!node.root_name) {
    if (const Local* found = local(node.name)) {
      node.meaning = Meaning::local;
      node.slot = found->slot;
      node.type = found->type;
      return;
    }
  }
  if (resolve_global(node, node.name, node.root_name)) return;
  std::vector<std::string_view> known;
  for (const Local& candidate : m_locals) known.push_back(candidate.name);
  for (const Environment::Variable& variable : m_environment.variables()) known.push_back(variable.name);
  std::string hint = m_environment.has_function(node.name) ? "'" + node.name + "' is a function: write " + node.name + "(...)"
                                                           : suggestion(node.name, known, "the variables are ");
  report(node, "unknown variable '" + node.name + "'", std::move(hint));
  fail_at_run_time(node, ErrorCode::no_such_variable, "unknown variable '" + node.name + "'");
}

std::optional<std::string> Checker::qualified_name(const Expression& node, bool& root_name) const {
  if (node.kind == ExpressionKind::identifier) {
    root_name = node.root_name;
    if (node.meaning != Meaning::none || (!node.root_name && local(node.name) != nullptr)) return std::nullopt;
    return node.name;
  }
  if (node.kind != ExpressionKind::select) return std::nullopt;
  std::optional<std::string> name = qualified_name(*node.operands[0], root_name);
  if (name) *name += "." + node.name;
  return name;
}

void Checker::select(Expression& node) {
  bool root_name = false;
  if (const auto name = qualified_name(node, root_name); name && resolve_global(node, *name, root_name)) {
    node.operands.clear();
    return;
  }
  visit(*node.operands[0]);
  node.type = field_type(node, node.operands[0]->type);
}

void Checker::test(Expression& node) {
  visit(*node.operands[0]);
  field_type(node, node.operands[0]->type);
  node.type = TypeKind::boolean;
}

Type Checker::field_type(Expression& node, Type target) {
  target = m_types.apply(target);
  switch (target.kind()) {
    case TypeKind::dynamic:
      return {};
    case TypeKind::parameter:
      m_types.assignable(Type(), target);
      return {};
    case TypeKind::map:
      return target.parameters()[1];
    case TypeKind::object:
      return object_field_type(node, target);
    case TypeKind::abstract:
      if (target.is_optional()) {
        return Type::optional(field_type(node, target.parameters()[0]));  // a.?b.c: the selection goes on in the optional
      }
      [[fallthrough]];
    default:
      report(node, "a value of type " + target.text() + " has no fields, so '." + node.name + "' cannot be selected");
      return {};
  }
}

Type Checker::object_field_type(Expression& node, const Type& target) {
  const ObjectType* object = m_environment.object_type(target.name());
  if (object == nullptr) return {};
  if (const auto slot = object->slot_of(base::Symbol(node.name))) return object->fields()[*slot].type;
  std::vector<std::string_view> known;
  for (const ObjectType::Field& field : object->fields()) known.push_back(field.name);
  report(node, "type '" + target.name().str() + "' has no field '" + node.name + "'",
         suggestion(node.name, known, "its fields are "));
  return {};
}

void Checker::optional_select(Expression& node) {
  Expression key(ExpressionKind::select, node.offset);
  key.name = node.operands[1]->value.as_text();
  const bool chained = m_types.apply(node.operands[0]->type).is_optional();
  Type type = field_type(key, node.operands[0]->type);
  node.type = chained ? std::move(type) : Type::optional(std::move(type));
}

}  // namespace postern::cel
