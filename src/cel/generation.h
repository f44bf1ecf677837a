// SPDX-License-Identifier: Apache-2.0
// The walk that translates a checked tree; its parts are in generate.cpp and the files called generate_*.cpp.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "cel/code.h"

namespace postern::cel {

/// Appends the guards of an expression (program.h) that its top-level conjunction holds.
void collect_guards(const Expression& root, std::vector<Guard>& guards);
/// Appends every comparison of a path with constants, wherever it stands.
void collect_comparisons(const Expression& root, std::vector<Guard>& comparisons);

class Generator {
 public:
  Generator(const Environment& environment, const CompileOptions& options, std::vector<Issue>& issues)
      : m_environment(environment), m_options(options), m_issues(issues), m_code(std::make_shared<Code>()) {}
  std::shared_ptr<const Code> run(std::string_view source, const Expression& root, std::uint32_t locals);

 private:
  std::uint32_t visit(const Expression& source);
  std::uint32_t add(const Node& node);
  std::uint32_t add_constant(Node node, Value value);
  std::vector<std::uint32_t> visit_operands(const Expression& source);
  std::uint32_t with(Node node, const std::vector<std::uint32_t>& operands);
  std::uint32_t with_operands(const Node& node, const Expression& source) { return with(node, visit_operands(source)); }
  [[nodiscard]] const Value* constant_at(std::uint32_t index) const;
  [[nodiscard]] bool all_constant(const std::vector<std::uint32_t>& operands) const;
  std::uint32_t identifier(Node node, const Expression& source);
  std::uint32_t field(Node node, const Expression& source, std::string_view name);
  std::uint32_t call(Node node, const Expression& source);

  /// The compiled form of a constant pattern, shared between equal ones; nothing when it is refused (an issue, or an error when
  /// run).
  std::optional<std::uint32_t> constant_pattern(const Expression& where, std::string_view pattern);
  std::uint32_t function_call(Node node, const Expression& source);

  /// Results of operators and functions are kept up to this size, so that folding a long chain cannot fill the memory.
  static bool is_small(const Value& value);

  /// Replaces a node whose operands are constants by its value, when it has one.
  std::uint32_t fold(std::uint32_t index, bool foldable);
  std::uint32_t list(Node node, const Expression& source);
  std::uint32_t map(Node node, const Expression& source);
  void remember_optional(Node& node, const Expression& source);
  std::uint32_t comprehension(Node node, const Expression& source);

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

}  // namespace postern::cel
