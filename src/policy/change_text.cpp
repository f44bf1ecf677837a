// SPDX-License-Identifier: Apache-2.0
// Changes in words.
#include "policy/change_text.h"

namespace postern::policy {

std::string side_text(const std::optional<model::AttributeValue>& value) { return value ? to_string(*value) : "not declared"; }

std::string summary_of(const ChangeRecord& change) {
  const model::AttributeChange* row = change.attribute_change();
  if (row == nullptr) return to_string(change.kind());
  return path_of(*row) + ": " + side_text(row->before) + " -> " + side_text(row->after);
}

}  // namespace postern::policy
