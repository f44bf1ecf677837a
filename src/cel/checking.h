// SPDX-License-Identifier: Apache-2.0
// The walk that resolves names and deduces types; its parts are in checker.cpp and the files called check_*.cpp.
#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cel/checker.h"
#include "cel/unify.h"

namespace postern::cel {

/// The names that `name` may mean in a namespace: "com.example" and "y" give com.example.y, com.y, y.
[[nodiscard]] std::vector<std::string> qualified_candidates(std::string_view container, const std::string& name);

class Checker {
 public:
  Checker(const Environment& environment, const CompileOptions& options) : m_environment(environment), m_options(options) {}
  CheckResult run(Expression& root);

 private:
  struct Local {
    std::string_view name;
    Type type;
    std::uint32_t slot;
  };

  // --- reporting ---
  void report(const Expression& where, std::string message, std::string hint = {});
  static void fail_at_run_time(Expression& node, ErrorCode code, std::string message);

  // --- scopes ---
  [[nodiscard]] const Local* local(std::string_view name) const;
  std::uint32_t push(std::string_view name, Type type);
  void pop(std::size_t count);

  // --- the walk ---
  void visit(Expression& node);
  static Type constant_type(const Value& value);

  /// Resolves a possibly qualified name to a variable or type; false when there is none.
  bool resolve_global(Expression& node, const std::string& name, bool root_name);
  void identifier(Expression& node);

  /// "a.b.c" when `node` is nothing but names and the first is no local variable.
  [[nodiscard]] std::optional<std::string> qualified_name(const Expression& node, bool& root_name) const;
  void select(Expression& node);
  void test(Expression& node);

  /// The type of target.name; reports a field that the target's type does not have.
  Type field_type(Expression& node, Type target);
  Type object_field_type(Expression& node, const Type& target);

  // --- calls ---
  void call(Expression& node);
  void logical(Expression& node);

  /// target.f(x) may be the function f of the namespace `target`: then the receiver is dropped.
  std::vector<const Function*> namespaced_function(Expression& node);
  std::vector<const Function*> global_function(Expression& node);
  static std::vector<const Function*> of_style(std::vector<const Function*> functions, CallStyle style);
  void unknown_function(Expression& node);
  void choose_overloads(Expression& node, const std::vector<const Function*>& candidates);
  void no_overload(Expression& node, const std::vector<const Function*>& candidates, const std::vector<Type>& arguments);
  static std::string operator_text(const std::string& name);
  [[nodiscard]] std::string shown(const Type& type) const;
  void optional_select(Expression& node);

  // --- literals ---
  Type entry_type(const Expression& entry, bool optional);
  void list(Expression& node);
  void map(Expression& node);
  void check_key(const Expression& key);
  void structure(Expression& node);

  // --- comprehensions ---
  /// The types of the one or two variables that run over `range`.
  std::array<Type, 2> variable_types(const Expression& node, const Type& range);
  void comprehension(Expression& node);
  void require_boolean(const Expression& node, const Expression& operand);
  Type comprehension_type(const Expression& node, const Type& range, const std::array<Type, 2>& variables);
  void bind(Expression& node);

  /// Replaces what the parameters of types stand for, once everything is known.
  void finish(Expression& node);

  const Environment& m_environment;
  const CompileOptions& m_options;
  Substitution m_types;
  std::vector<Local> m_locals;
  CheckResult m_result;
};

}  // namespace postern::cel
