// SPDX-License-Identifier: Apache-2.0
// What differs between two entities, or two relations, that are taken for one.
#pragma once
#include <postern/model/delta.h>

namespace postern::diff {

/// The change from one entity to the other, under the id of the second; without attributes when nothing differs.
[[nodiscard]] model::EntityChange compare_entities(const model::ArchitectureGraph& before, model::EntityIndex left,
                                                   const model::ArchitectureGraph& after, model::EntityIndex right);

/// Likewise for relations.
[[nodiscard]] model::RelationChange compare_relations(const model::ArchitectureGraph& before, model::RelationIndex left,
                                                      const model::ArchitectureGraph& after, model::RelationIndex right);

}  // namespace postern::diff
