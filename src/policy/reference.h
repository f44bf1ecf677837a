// SPDX-License-Identifier: Apache-2.0
// The language of rules as text: variables, types, functions, and the rules of packs. docs/reference is printed from it.
#pragma once
#include <span>
#include <string>

#include "cel/environment.h"
#include "policy/pack.h"

namespace postern::policy {

/// The declarations that a rule's expressions are compiled against. `condition` is for `when`; `text` is for everything that is
/// computed once a rule fired (message, why, severity, salient, root_cause): change rules have `changes` there as well.
enum class Purpose : std::uint8_t { condition, text };
[[nodiscard]] const cel::Environment& cel_environment(model::SubjectKind subject, Purpose purpose = Purpose::condition);

/// The declarations of queries (query.h): `entity`, `service` and `env`, in this order. Entities list their libraries there.
[[nodiscard]] const cel::Environment& query_environment();

/// Variables, fields and functions of the rule language, in Markdown.
[[nodiscard]] std::string reference_markdown();

/// The rules of `packs`, in Markdown: what fires, how severe, why, what to do.
[[nodiscard]] std::string rules_markdown(const PackSet& packs);

}  // namespace postern::policy
