// SPDX-License-Identifier: Apache-2.0
// The places that show why a rule fired.
#pragma once
#include <span>
#include <vector>

#include "policy/pack.h"
#include "policy/state_view.h"

namespace postern::policy {

/// Places of the attributes that the rule names (`evidence`), or of the ways in for `entry`; else where the entity is declared.
[[nodiscard]] std::vector<model::Evidence> evidence_of_entity(const Rule& rule, const EntityRecord& entity);

/// Where the weak component or flaw stands, then where tools report it.
[[nodiscard]] std::vector<model::Evidence> evidence_of_weakness(const model::Weakness& weakness);

/// The relation's own evidence, or where its source is declared.
[[nodiscard]] std::vector<model::Evidence> evidence_of_relation(const RelationRecord& relation);

/// Places of the changes: in the candidate, or in the baseline for what is gone. For a change that follows from network policies:
/// the policies that came, went or changed.
[[nodiscard]] std::vector<model::Evidence> evidence_of_changes(std::span<const ChangeRecord* const> changes,
                                                               const model::Delta& delta);

}  // namespace postern::policy
