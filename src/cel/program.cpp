// SPDX-License-Identifier: Apache-2.0
// The front door: compile, evaluate, explain, and how issues are shown.
#include "cel/program.h"

#include <algorithm>

#include "cel/checker.h"
#include "cel/code.h"
#include "cel/evaluator.h"
#include "cel/parser.h"
#include "cel/terms.h"
#include "cel/utf8.h"

namespace postern::cel {
namespace {

/// What is worth telling: not the constants, nor the parts of the text that carry no name.
bool is_telling(const Node& node) { return node.op != Op::constant && node.end > node.begin; }

Compilation refused(std::string_view expression, std::vector<Issue> issues) {
  for (Issue& issue : issues) issue.position = position_at(expression, issue.position.offset);
  std::stable_sort(issues.begin(), issues.end(),
                   [](const Issue& a, const Issue& b) { return a.position.offset < b.position.offset; });
  return {std::nullopt, std::move(issues)};
}

}  // namespace

Position position_at(std::string_view expression, std::uint32_t offset) {
  Position position;
  position.offset = static_cast<std::uint32_t>(std::min<std::size_t>(offset, expression.size()));
  const std::string_view before = expression.substr(0, position.offset);
  position.line = 1 + static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n'));
  const std::size_t line_start = before.rfind('\n');
  position.column = position.offset - static_cast<std::uint32_t>(line_start == std::string_view::npos ? 0 : line_start + 1) + 1;
  return position;
}

std::string format_issue(std::string_view expression, const Issue& issue) {
  constexpr std::size_t k_before = 100;  // what is shown of a very long line
  constexpr std::size_t k_after = 60;
  const std::size_t offset = std::min<std::size_t>(issue.position.offset, expression.size());
  const std::size_t newline = offset == 0 ? std::string_view::npos : expression.rfind('\n', offset - 1);
  std::size_t begin = newline == std::string_view::npos ? 0 : newline + 1;
  std::size_t end = std::min(expression.find('\n', offset), expression.size());
  const auto in_character = [&](std::size_t at) {
    return at < expression.size() && (static_cast<unsigned char>(expression[at]) & 0xC0U) == 0x80U;
  };
  if (offset - begin > k_before) begin = offset - k_before;
  if (end - offset > k_after) end = offset + k_after;
  while (begin < offset && in_character(begin)) ++begin;
  while (end > offset && in_character(end)) --end;

  std::string text = std::to_string(issue.position.line) + ":" + std::to_string(issue.position.column) + ": " + issue.message;
  if (!issue.hint.empty()) text += " (" + issue.hint + ")";
  const auto shown = [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
  };  // a tab is one column, control bytes stay out
  text += "\n  | ";
  for (const char c : expression.substr(begin, end - begin)) text += shown(c);
  text += "\n  | " + std::string(count_code_points(expression.substr(begin, offset - begin)), ' ') + "^";
  return text;
}

Compilation compile(std::string_view expression, const Environment& environment, const CompileOptions& options) {
  auto parsed = parse(expression, options);
  if (auto* error = std::get_if<SyntaxError>(&parsed)) {
    std::vector<Issue> issues;
    issues.push_back({Position{error->offset, 1, 1}, std::move(error->message), std::move(error->hint)});
    return refused(expression, std::move(issues));
  }
  const ExpressionPointer root = std::get<ExpressionPointer>(std::move(parsed));
  CheckResult checked = check(*root, environment, options);
  if (!checked.issues.empty()) return refused(expression, std::move(checked.issues));
  std::vector<Issue> issues;
  std::shared_ptr<const Code> code = generate(expression, *root, checked.locals, environment, options, issues);
  if (!issues.empty()) return refused(expression, std::move(issues));
  return {Program(std::move(code)), {}};
}

Program::Program(std::shared_ptr<const Code> code) : m_code(std::move(code)) {}

Value Program::evaluate(std::span<const Value> activation, const EvaluationLimits& limits, const void* host) const {
  return evaluate_code(*m_code, activation, limits, host, nullptr);
}

Value Program::explain(std::span<const Value> activation, std::vector<Observation>& observations, const EvaluationLimits& limits,
                       const void* host) const {
  Trace trace;
  Value result = evaluate_code(*m_code, activation, limits, host, &trace);
  for (auto& [index, value] : trace.entries) {
    const Node& node = m_code->nodes[index];
    if (!is_telling(node)) continue;
    observations.push_back({position_at(m_code->source, node.offset), node.begin, node.end,
                            m_code->source.substr(node.begin, node.end - node.begin), std::move(value)});
  }
  return result;
}

Value Program::count(std::span<const Value> activation, Tallies& tallies, const EvaluationLimits& limits, const void* host) const {
  tallies.resize(m_code->nodes.size());
  Trace trace;
  trace.tallies = &tallies;
  return evaluate_code(*m_code, activation, limits, host, &trace);
}

std::vector<Term> Program::terms() const { return terms_of(*m_code); }

const Type& Program::result_type() const noexcept { return m_code->result_type; }
const Uses& Program::uses() const noexcept { return m_code->uses; }
const std::vector<Guard>& Program::guards() const noexcept { return m_code->guards; }
const std::string& Program::source() const noexcept { return m_code->source; }

}  // namespace postern::cel
