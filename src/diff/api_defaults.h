// SPDX-License-Identifier: Apache-2.0
// What the platform takes for a field that is not written: writing exactly that down changes nothing.
#pragma once
#include <postern/model/graph.h>

namespace postern::diff {

/// Whether `written` says what holds anyway for the entity `index` of `graph`, which lacks that attribute: the default of the
/// Kubernetes API, unless something else in that state (the pod, the account, a limit) says another thing for it.
[[nodiscard]] bool says_default(const model::Attribute& written, const model::ArchitectureGraph& graph, model::EntityIndex index);

}  // namespace postern::diff
