// SPDX-License-Identifier: Apache-2.0
// What `postern diff` prints: the changes alone, without policy.
#pragma once
#include <postern/model/decision.h>

#include <span>
#include <string>
#include <utility>

#include "render/text.h"

namespace postern::render {

/// The changes between two states, borrowed.
struct DeltaView {
  std::span<const model::ReportedChange> changes;
  std::span<const std::pair<std::string, std::string>> renames;  ///< removed, added
};
/// The changes of a decision.
[[nodiscard]] inline DeltaView delta_of(const model::Decision& decision) { return {decision.changes, decision.renames}; }

/// {"schema_version", "counts": {...}, "changes": [...], "renames": [...]}; a change and a rename look as in a decision.
[[nodiscard]] std::string delta_json(const DeltaView& delta);
/// One line a change, grouped by subject.
[[nodiscard]] std::string delta_text(const DeltaView& delta, const TextOptions& options = {});
/// The same as tables of Markdown.
[[nodiscard]] std::string delta_markdown(const DeltaView& delta);

}  // namespace postern::render
