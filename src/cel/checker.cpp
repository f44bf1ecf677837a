// SPDX-License-Identifier: Apache-2.0
// Name resolution and type deduction (language definition, sections Name Resolution and Gradual Type Checking).
#include "cel/checker.h"

#include <postern/base/text.h>

#include <algorithm>
#include <array>

#include "cel/macros.h"
#include "cel/suggest.h"
#include "cel/unify.h"

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

/// "com.example" and "y" give com.example.y, com.y, y.
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

class Checker {
 public:
  Checker(const Environment& environment, const CompileOptions& options) : m_environment(environment), m_options(options) {}

  CheckResult run(Expression& root) {
    visit(root);
    finish(root);
    return std::move(m_result);
  }

 private:
  struct Local {
    std::string_view name;
    Type type;
    std::uint32_t slot;
  };

  // --- reporting ---
  void report(const Expression& where, std::string message, std::string hint = {}) {
    if (m_options.checking == Checking::off || m_result.issues.size() >= m_options.limits.max_issues) return;
    m_result.issues.push_back({Position{where.offset, 1, 1}, std::move(message), std::move(hint)});
  }
  static void fail_at_run_time(Expression& node, ErrorCode code, std::string message) {
    node.meaning = Meaning::failure;
    node.value = Value::error(code, std::move(message)).located(node.offset);
    node.type = {};
  }

  // --- scopes ---
  [[nodiscard]] const Local* local(std::string_view name) const {
    const auto found =
        std::find_if(m_locals.rbegin(), m_locals.rend(), [&](const Local& candidate) { return candidate.name == name; });
    return found == m_locals.rend() ? nullptr : &*found;
  }
  std::uint32_t push(std::string_view name, Type type) {
    const auto slot = static_cast<std::uint32_t>(m_locals.size());
    m_locals.push_back({name, std::move(type), slot});
    m_result.locals = std::max(m_result.locals, slot + 1);
    return slot;
  }
  void pop(std::size_t count) { m_locals.resize(m_locals.size() - count); }

  // --- the walk ---
  void visit(Expression& node) {
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

  static Type constant_type(const Value& value) {
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

  /// Resolves a possibly qualified name to a variable or type; false when there is none.
  bool resolve_global(Expression& node, const std::string& name, bool root_name) {
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

  void identifier(Expression& node) {
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

  /// "a.b.c" when `node` is nothing but names and the first is no local variable.
  [[nodiscard]] std::optional<std::string> qualified_name(const Expression& node, bool& root_name) const {
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

  void select(Expression& node) {
    bool root_name = false;
    if (const auto name = qualified_name(node, root_name); name && resolve_global(node, *name, root_name)) {
      node.operands.clear();
      return;
    }
    visit(*node.operands[0]);
    node.type = field_type(node, node.operands[0]->type);
  }

  void test(Expression& node) {
    visit(*node.operands[0]);
    field_type(node, node.operands[0]->type);
    node.type = TypeKind::boolean;
  }

  /// The type of target.name; reports a field that the target's type does not have.
  Type field_type(Expression& node, Type target) {
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

  Type object_field_type(Expression& node, const Type& target) {
    const ObjectType* object = m_environment.object_type(target.name());
    if (object == nullptr) return {};
    if (const auto slot = object->slot_of(base::Symbol(node.name))) return object->fields()[*slot].type;
    std::vector<std::string_view> known;
    for (const ObjectType::Field& field : object->fields()) known.push_back(field.name);
    report(node, "type '" + target.name().str() + "' has no field '" + node.name + "'",
           suggestion(node.name, known, "its fields are "));
    return {};
  }

  // --- calls ---
  void call(Expression& node) {
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

  void logical(Expression& node) {
    node.type = TypeKind::boolean;
    for (const ExpressionPointer& operand : node.operands) {
      visit(*operand);
      if (!m_types.assignable(operand->type, TypeKind::boolean))
        report(*operand, "'" + node.name.substr(1, 2) + "' needs bool on both sides, this is " + shown(operand->type));
    }
  }

  /// target.f(x) may be the function f of the namespace `target`: then the receiver is dropped.
  std::vector<const Function*> namespaced_function(Expression& node) {
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

  std::vector<const Function*> global_function(Expression& node) {
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

  static std::vector<const Function*> of_style(std::vector<const Function*> functions, CallStyle style) {
    std::erase_if(functions, [&](const Function* function) { return function->style != style; });
    return functions;
  }

  void unknown_function(Expression& node) {
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

  void choose_overloads(Expression& node, const std::vector<const Function*>& candidates) {
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

  void no_overload(Expression& node, const std::vector<const Function*>& candidates, const std::vector<Type>& arguments) {
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

  static std::string operator_text(const std::string& name) {
    if (name == "@in") return "'in'";
    std::string text;
    std::copy_if(name.begin(), name.end(), std::back_inserter(text), [](char c) { return c != '_'; });
    return "'" + text + "'";
  }

  [[nodiscard]] std::string shown(const Type& type) const { return m_types.finish(type).text(); }

  void optional_select(Expression& node) {
    Expression key(ExpressionKind::select, node.offset);
    key.name = node.operands[1]->value.as_text();
    const bool chained = m_types.apply(node.operands[0]->type).is_optional();
    Type type = field_type(key, node.operands[0]->type);
    node.type = chained ? std::move(type) : Type::optional(std::move(type));
  }

  // --- literals ---
  Type entry_type(const Expression& entry, bool optional) {
    Type type = m_types.apply(entry.type);
    if (!optional) return type;
    if (type.is_optional()) return type.parameters()[0];
    if (!type.is(TypeKind::dynamic)) report(entry, "an entry with '?' needs an optional value, this is " + shown(type));
    return {};
  }

  void list(Expression& node) {
    std::optional<Type> element;
    for (std::size_t i = 0; i < node.operands.size(); ++i) {
      visit(*node.operands[i]);
      element = bounded(m_types.join(element, entry_type(*node.operands[i], node.optional_entries[i])));
    }
    node.type = Type::list(element ? *element : m_types.fresh());
  }

  void map(Expression& node) {
    std::optional<Type> key;
    std::optional<Type> value;
    for (std::size_t i = 0; i + 1 < node.operands.size(); i += 2) {
      visit(*node.operands[i]);
      visit(*node.operands[i + 1]);
      check_key(*node.operands[i]);
      key = bounded(m_types.join(key, m_types.apply(node.operands[i]->type)));
      value = bounded(m_types.join(value, entry_type(*node.operands[i + 1], node.optional_entries[i / 2])));
    }
    node.type = Type::map(key ? *key : m_types.fresh(), value ? *value : m_types.fresh());
  }

  void check_key(const Expression& key) {
    switch (m_types.apply(key.type).kind()) {
      case TypeKind::dynamic:
      case TypeKind::parameter:
      case TypeKind::boolean:
      case TypeKind::integer:
      case TypeKind::unsigned_integer:
      case TypeKind::string:
        return;
      default:
        report(key, "a map's key must be bool, int, uint or string, this is " + shown(key.type));
    }
  }

  void structure(Expression& node) {
    for (const ExpressionPointer& operand : node.operands) visit(*operand);
    report(node, "unknown type '" + node.name + "': objects cannot be made in an expression", "use a map: {'field': value}");
    fail_at_run_time(node, ErrorCode::invalid_argument, "unknown type '" + node.name + "'");
  }

  // --- comprehensions ---
  /// The types of the one or two variables that run over `range`.
  std::array<Type, 2> variable_types(const Expression& node, const Type& range) {
    const bool two = node.names.size() == 2;
    switch (range.kind()) {
      case TypeKind::list:
        return two ? std::array<Type, 2>{TypeKind::integer, range.parameters()[0]} : std::array<Type, 2>{range.parameters()[0], {}};
      case TypeKind::map:
        return {range.parameters()[0], range.parameters()[1]};
      case TypeKind::parameter:
        m_types.assignable(Type(), range);
        return {};
      case TypeKind::dynamic:
        return {};
      default:
        report(*node.operands[0], "'" + node.name + "' needs a list or map, this is " + shown(range));
        return {};
    }
  }

  void comprehension(Expression& node) {
    visit(*node.operands[0]);
    const Type range = m_types.apply(node.operands[0]->type);
    const bool over_optional =
        node.comprehension == ComprehensionKind::optional_map || node.comprehension == ComprehensionKind::optional_flat_map;
    std::array<Type, 2> types;
    if (!over_optional) {
      types = variable_types(node, range);
    } else if (range.is_optional()) {
      types[0] = range.parameters()[0];
    } else if (!range.is(TypeKind::dynamic) && !range.is(TypeKind::parameter)) {
      report(*node.operands[0], "'" + node.name + "' needs an optional, this is " + shown(range));
    }
    node.slot = push(node.names[0], types[0]);
    if (node.names.size() == 2) node.second_slot = push(node.names[1], types[1]);
    if (node.operands.size() > 2) {  // the filter first, as it is written: it may settle what the variables are
      visit(*node.operands[2]);
      require_boolean(node, *node.operands[2]);
    }
    visit(*node.operands[1]);
    pop(node.names.size());
    node.type = comprehension_type(node, range, types);
  }

  void require_boolean(const Expression& node, const Expression& operand) {
    if (!m_types.assignable(operand.type, TypeKind::boolean))
      report(operand, "the condition of '" + node.name + "' must be bool, this is " + shown(operand.type));
  }

  Type comprehension_type(const Expression& node, const Type& range, const std::array<Type, 2>& variables) {
    const Expression& step = *node.operands[1];
    const Type type = m_types.apply(step.type);
    switch (node.comprehension) {
      case ComprehensionKind::all:
      case ComprehensionKind::exists:
      case ComprehensionKind::exists_one:
        require_boolean(node, step);
        return TypeKind::boolean;
      case ComprehensionKind::map:
        return Type::list(type);
      case ComprehensionKind::filter:
        require_boolean(node, step);
        return Type::list(m_types.apply(variables[0]));
      case ComprehensionKind::transform_map:
        return Type::map(range.is(TypeKind::list) ? Type(TypeKind::integer) : variables[0], type);
      case ComprehensionKind::transform_map_entry:
        if (type.is(TypeKind::map)) return type;
        if (!type.is(TypeKind::dynamic)) report(step, "'transformMapEntry' needs a map, this is " + shown(type));
        return Type::map({}, {});
      case ComprehensionKind::optional_map:
        return Type::optional(type);
      case ComprehensionKind::optional_flat_map:
        if (type.is_optional()) return type;
        if (!type.is(TypeKind::dynamic)) report(step, "'optFlatMap' needs an optional, this is " + shown(type));
        return Type::optional({});
    }
    return {};
  }

  void bind(Expression& node) {
    for (std::size_t i = 0; i < node.names.size(); ++i) {
      visit(*node.operands[i]);
      const std::uint32_t slot = push(node.names[i], node.operands[i]->type);
      if (i == 0) node.slot = slot;
    }
    visit(*node.operands.back());
    pop(node.names.size());
    node.type = node.operands.back()->type;
  }

  /// Replaces what the parameters of types stand for, once everything is known.
  void finish(Expression& node) {
    node.type = m_types.finish(node.type);
    for (const ExpressionPointer& operand : node.operands) finish(*operand);
  }

  const Environment& m_environment;
  const CompileOptions& m_options;
  Substitution m_types;
  std::vector<Local> m_locals;
  CheckResult m_result;
};

}  // namespace

CheckResult check(Expression& root, const Environment& environment, const CompileOptions& options) {
  return Checker(environment, options).run(root);
}

}  // namespace postern::cel
