// SPDX-License-Identifier: Apache-2.0
// What is doubtful about rules that load: those that cannot fire, parts that cannot decide, names that nothing has.
#pragma once
#include <postern/base/diagnostic.h>

#include "policy/pack.h"

namespace postern::policy {

/// Looks at every rule of `packs`; what is doubtful becomes a warning, what is only worth knowing a note (codes P31xx).
void lint(const PackSet& packs, base::DiagnosticSink& sink);

}  // namespace postern::policy
