// SPDX-License-Identifier: Apache-2.0
// Compiles the expressions of rules and says what is wrong with them, with a caret under the place.
#pragma once
#include <optional>
#include <span>
#include <string_view>

#include "policy/reading.h"
#include "policy/reference.h"

namespace postern::policy {

/// An expression that must come to one of the types `wanted` (as `Type::text` prints them).
struct ExpressionNeed {
  std::string_view key;  ///< `when`, `message`...: the innermost context
  model::SubjectKind subject;
  Purpose purpose;
  std::span<const std::string_view> wanted;
};

/// The compiled expression in `node`, or nothing after a diagnostic.
[[nodiscard]] std::optional<cel::Program> read_expression(Reading& reading, const Node& node, const ExpressionNeed& need);

}  // namespace postern::policy
