// SPDX-License-Identifier: Apache-2.0
// How values of attributes look to expressions.
#pragma once
#include <postern/model/attribute.h>

#include <optional>
#include <string_view>

#include "cel/value.h"

namespace postern::policy {

/// The CEL type of a definition's values: bool, int, string, list(string).
[[nodiscard]] std::string_view cel_type_of(model::ValueType type);

/// What a boolean that nobody declared means: what the platform does then (allow_privilege_escalation and
/// automount_service_account_token: true; all else: false).
[[nodiscard]] bool undeclared_boolean(const model::AttributeDefinition& definition);

/// A value as CEL sees it. Texts and lists are views: `value` must outlive the result. `path` names what is unknown.
[[nodiscard]] cel::Value to_cel(const model::AttributeValue& value, std::string_view owner, std::string_view name);

/// A row that may be missing: see `undeclared_text` for what stands for it.
[[nodiscard]] cel::Value to_cel(const model::Attribute* row, const model::AttributeDefinition& definition, std::string_view owner);

/// What stands for an attribute that is not declared, in words, for the reference.
[[nodiscard]] std::string_view undeclared_text(const model::AttributeDefinition& definition);

/// A list of texts without copying it. `texts` must outlive the value.
[[nodiscard]] cel::Value text_list(const model::TextList& texts);

/// Rows of one definition and scope as a map from key to text (booleans and numbers as their text). `rows` must outlive the value.
[[nodiscard]] cel::Value text_map(std::span<const model::Attribute> rows, base::Symbol scope, std::string_view owner);

}  // namespace postern::policy
