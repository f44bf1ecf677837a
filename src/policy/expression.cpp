// SPDX-License-Identifier: Apache-2.0
// Compiles the expressions of rules.
#include "policy/expression.h"

#include <algorithm>
#include <utility>

#include "policy/codes.h"

namespace postern::policy {

std::optional<cel::Program> read_expression(Reading& reading, const Node& node, const ExpressionNeed& need) {
  const Reading::Scope scope(reading, std::string(need.key));
  const std::string text = read_text(reading, node, "an expression");
  if (text.empty()) return std::nullopt;
  cel::Compilation compilation = cel::compile(text, cel_environment(need.subject, need.purpose));
  for (cel::Issue& issue : compilation.issues) {
    const std::string hint = std::exchange(issue.hint, {});  // said once, below the caret
    reading.error(k_bad_expression, node.location(), format_issue(text, issue), hint);
  }
  if (!compilation.program) return std::nullopt;
  const std::string type = compilation.program->result_type().text();
  if (std::find(need.wanted.begin(), need.wanted.end(), type) == need.wanted.end()) {
    std::string wanted;
    for (const std::string_view name : need.wanted) wanted += (wanted.empty() ? "" : " or ") + std::string(name);
    reading.error(
        k_wrong_result, node.location(),
        "'" + std::string(need.key) + "' must come to " + wanted + ", but this expression comes to " + type + ": " + text);
    return std::nullopt;
  }
  return std::move(compilation.program);
}

}  // namespace postern::policy
