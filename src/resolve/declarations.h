// SPDX-License-Identifier: Apache-2.0
// The first step of linking: every declared entity once, whoever declares it.
#pragma once
#include "resolve/link_index.h"

namespace postern::resolve {

/// Adds the entities that the state declares to `index`. Equal repetitions are one entity; contradicting ones are one entity with
/// the riskier value of each attribute, and a diagnostic.
void declare_entities(const model::StateView& state, LinkIndex& index, base::DiagnosticSink& diagnostics);

}  // namespace postern::resolve
